using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

/// <summary>Ends the mails that tell a member of a statement or tax form, as whoever got one asked by its link: from today on they come on paper.</summary>
/// <remarks>All other mail answers something that the member did, or guards the account; it cannot be stopped.</remarks>
public sealed class StopNotices(Books books)
{
    /// <param name="MailId">Null where the link was none of ours.</param>
    public sealed record Request(int? MailId);

    /// <param name="AlreadyStopped">The member takes paper already.</param>
    public sealed record Result(string CoOpName, bool AlreadyStopped);

    public Outcome<Result> Run(Request request)
    {
        var found = books.Read(db => db.Mails.Where(mail => mail.Id == request.MailId && mail.MemberId != null && (mail.Key.StartsWith(NotifyStatements.KeyBegins) || mail.Key.StartsWith(ReleaseTaxForms.KeyBegins)))
            .Join(db.Members, mail => mail.MemberId, member => member.Id, (mail, member) => member)
            .Join(db.CoOps, member => member.CoOpId, coOp => coOp.Id, (member, coOp) => new { member.Number, CoOp = coOp }).SingleOrDefault());
        if (found is null) return Refusals.NoticeUnknown();
        var chosen = new RecordDeliveryChoice(books).Run(new(found.CoOp.Code, found.Number, DeliveryWay.Paper, books.Today(found.CoOp), $"member {found.Number}, by the link in mail {request.MailId}"));
        return chosen.IsRefused ? chosen.Refusal! : new Result(found.CoOp.Name, chosen.Value.AlreadyThere);
    }

    /// <summary>Whether a mail is one that can be stopped.</summary>
    public static bool Ends(MailMessage mail) => mail.MemberId is not null && (mail.Key.StartsWith(NotifyStatements.KeyBegins, StringComparison.Ordinal) || mail.Key.StartsWith(ReleaseTaxForms.KeyBegins, StringComparison.Ordinal));
}
