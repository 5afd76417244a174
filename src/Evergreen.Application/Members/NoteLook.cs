using Evergreen.Application.Audit;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Members;

/// <summary>Writes down that somebody of the office, or a program, was shown a member's record or a list of all: once for each of them, member and day, so that the member can see who looked.</summary>
public sealed class NoteLook(Books books)
{
    internal const string Verb = "members.look", OfAll = "members.register-read";

    public void Run(int coOpId, string member, string by) => Note(coOpId, Verb, $"member {member}", by);

    /// <summary>A file or an answer with every member in it.</summary>
    public void Everybody(int coOpId, string by) => Note(coOpId, OfAll, "register", by);

    private void Note(int coOpId, string verb, string subject, string by)
    {
        var day = books.Now.Date;
        if (books.Read(db => Noted(db, coOpId, verb, subject, by, day))) return;
        books.Write<bool>(dryRun: false, db =>
        {
            if (Noted(db, coOpId, verb, subject, by, day)) return false;
            AuditTrail.Add(db, coOpId, books.Now, by, verb, subject);
            return true;
        });
    }

    private static bool Noted(EvergreenDb db, int coOpId, string verb, string subject, string by, DateTime day) =>
        db.AuditRecords.Any(record => record.CoOpId == coOpId && record.Subject == subject && record.At >= day && record.Verb == verb && record.By == by);
}
