using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Mail;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Mail;

/// <summary>A person decides that a mail which failed is sent once more.</summary>
public sealed class SendAgain(Books books)
{
    public sealed record Request(int MailId, int? CoOpId, string By);

    public Outcome<int> Run(Request request) => books.Write(false, db => Within(db, books.Now, request));

    /// <summary>Within the transaction of another verb.</summary>
    internal static Outcome<int> Within(EvergreenDb db, DateTime now, Request request)
    {
        var mails = db.Mails.Where(mail => mail.Id == request.MailId && mail.CoOpId == request.CoOpId);
        if (!mails.Any()) return Refusals.Unknown(request.MailId);
        if (mails.Where(mail => mail.State == MailState.Failed).ExecuteUpdate(set => set.SetProperty(mail => mail.State, MailState.Queued).SetProperty(mail => mail.DueAt, now)
            .SetProperty(mail => mail.Problem, (string?)null)) == 0) return Refusals.NotFailed(request.MailId);
        AuditTrail.Add(db, request.CoOpId, now, request.By, "mail.again", $"mail {request.MailId}");
        return request.MailId;
    }
}
