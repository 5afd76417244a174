using Evergreen.Application.Audit;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Members;

/// <summary>Writes down that somebody of the office opened a member's pages: once for each person, member and day, so that the member can see who looked.</summary>
public sealed class NoteLook(Books books)
{
    internal const string Verb = "members.look";

    public void Run(int coOpId, string member, string by)
    {
        var subject = $"member {member}";
        var day = books.Now.Date;
        if (books.Read(db => Noted(db, coOpId, subject, by, day))) return;
        books.Write<bool>(dryRun: false, db =>
        {
            if (Noted(db, coOpId, subject, by, day)) return false;
            AuditTrail.Add(db, coOpId, books.Now, by, Verb, subject);
            return true;
        });
    }

    private static bool Noted(EvergreenDb db, int coOpId, string subject, string by, DateTime day) =>
        db.AuditRecords.Any(record => record.CoOpId == coOpId && record.Subject == subject && record.At >= day && record.Verb == Verb && record.By == by);
}
