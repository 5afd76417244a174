using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Mail;

namespace Evergreen.Application.Members;

/// <summary>What was mailed to a member, the newest first, and whether a mail server took it.</summary>
public sealed class MemberMails(Books books)
{
    public const int PageSize = 50;

    /// <param name="Record">Number of the record it was written to; another one than the member's own where that was merged into it.</param>
    public sealed record Row(int Id, string Subject, string ToAddress, DateTime QueuedAt, MailState State, DateTime? SentAt, DateTime DueAt, string? Problem, string By, string Record);

    /// <param name="Count">Mails on all pages.</param>
    /// <param name="Next">Pass it on to read further; null at the end.</param>
    public sealed record Page(string Number, string Name, IReadOnlyList<Row> Rows, int Count, int? Next);

    public Outcome<Page> Run(string? coOpCode, string number, int? after = null) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindMember.Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        var member = found.Value.Member;
        var ids = MemberIdentities.Of(db, member.Id);
        var records = MemberIdentities.Numbers(db, ids);
        var all = db.Mails.Where(mail => mail.MemberId != null && ids.Contains(mail.MemberId.Value));
        var mails = all.Where(mail => after == null || mail.Id < after).OrderByDescending(mail => mail.Id)
            .Select(mail => new { mail.Id, mail.Subject, mail.ToAddress, mail.QueuedAt, mail.State, mail.SentAt, mail.DueAt, mail.Problem, mail.By, Record = mail.MemberId!.Value }).Take(PageSize + 1).ToList()
            .ConvertAll(mail => new Row(mail.Id, mail.Subject, mail.ToAddress, mail.QueuedAt, mail.State, mail.SentAt, mail.DueAt, mail.Problem, mail.By, records[mail.Record]));
        return mails.Count > PageSize ? new Page(member.Number, member.Name, mails[..PageSize], all.Count(), mails[PageSize - 1].Id) : new Page(member.Number, member.Name, mails, all.Count(), null);
    });
}
