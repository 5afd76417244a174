using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>Who of the office, and which program, looked at a member's record, newest first: the pages and the lists of all, by day; the numbers shown in full and the documents, each time.</summary>
public sealed class WhoLooked(Books books)
{
    private const int Most = 500;

    /// <param name="Verb"><c>members.look</c>, <c>members.register-read</c>, <c>secrets.read</c> or <c>members.document-read</c>.</param>
    /// <param name="Person">The name by which the office knows the person, or of the program.</param>
    /// <param name="Detail">Which number, and the reason that was given.</param>
    public sealed record Look(DateTime At, string Verb, string Person, string? Detail);

    public Outcome<IReadOnlyList<Look>> Run(string? coOpCode, string number) => books.Read<Outcome<IReadOnlyList<Look>>>(db =>
    {
        var found = FindMember.Run(db, coOpCode, number);
        return found.IsRefused ? found.Refusal! : Of(db, found.Value.CoOp.Id, found.Value.Member.Id);
    });

    /// <summary>The same within another reading.</summary>
    internal static List<Look> Of(EvergreenDb db, int coOpId, int memberId)
    {
        string[] verbs = [NoteLook.Verb, "secrets.read", "members.document-read"];
        var subjects = MemberIdentities.Numbers(db, MemberIdentities.Of(db, memberId)).Values.Select(known => $"member {known}").ToArray();
        // What was handed out before there was a record held nothing of it.
        var since = db.StatusChanges.Where(change => change.MemberId == memberId).Min(change => (DateTime?)change.RecordedAt);
        var records = db.AuditRecords.Where(record => record.CoOpId == coOpId && ((subjects.Contains(record.Subject) && verbs.Contains(record.Verb))
                || (record.At >= since && ((record.Subject == "register" && record.Verb == NoteLook.OfAll) || (record.Subject == "export of the register" && record.Verb == "secrets.read"))))).OrderByDescending(record => record.Id).Take(Most).ToList();
        var mails = records.Select(record => record.By).Distinct().ToArray();
        var names = db.SignIns.Where(user => mails.Contains(user.UserName!)).Select(user => new { user.UserName, user.DisplayName }).ToDictionary(user => user.UserName!, user => user.DisplayName);
        return records.ConvertAll(record => new Look(record.At, record.Verb, names.GetValueOrDefault(record.By, record.By), record.Verb == "secrets.read" ? record.Detail : null));
    }
}
