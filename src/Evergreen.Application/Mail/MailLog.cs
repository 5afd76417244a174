using Evergreen.Application.Storage;
using Evergreen.Domain.Mail;

namespace Evergreen.Application.Mail;

/// <summary>What was mailed to a member, newest first, and whether it arrived with the mail server.</summary>
public sealed class MailLog(Books books)
{
    public sealed record Row(int Id, string Subject, string ToAddress, DateTime QueuedAt, MailState State, DateTime? SentAt, int Tries, string? Problem, string By);

    public IReadOnlyList<Row> Run(int memberId) => books.Read(db => db.Mails.Where(mail => mail.MemberId == memberId).OrderByDescending(mail => mail.Id)
        .Select(mail => new Row(mail.Id, mail.Subject, mail.ToAddress, mail.QueuedAt, mail.State, mail.SentAt, mail.Tries, mail.Problem, mail.By)).ToList());
}
