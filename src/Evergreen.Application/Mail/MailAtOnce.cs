using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Mail;

/// <summary>Hands one mail over while its sender waits, and keeps nothing of its words: for a code that nobody but the addressee may know, and for a test of the way out.</summary>
public sealed class MailAtOnce(Books books, MailRoute route)
{
    /// <param name="Verb">The act in the audit, e.g. <c>access.invite-mail</c>.</param>
    /// <param name="Subject">What it is about in the audit, e.g. <c>invitation 12</c>.</param>
    public sealed record Request(int? CoOpId, string Verb, string Subject, string ToAddress, string ToName, MailLetter Letter, string By);

    /// <summary>The moment at which the mail was taken. It is not tried again: whoever sent it sees the problem.</summary>
    public Outcome<DateTime> Run(Request request)
    {
        var now = books.Now;
        if (QueueMail.Unusable(new QueueMail.Request(request.Subject, request.CoOpId, null, request.ToAddress, request.ToName, request.Letter, request.By)) is { } unusable) return unusable;
        // A form that is sent twice is known by its first transaction, and that must be before the mail is out.
        books.Write<bool>(false, _ => true);
        var handed = route.Carry(SendMail.Compose(route, $"{request.Verb} {request.Subject} {now:O}", now, request.ToName, request.ToAddress, request.Letter));
        books.Write<int>(false, db =>
        {
            // Whose address it is says the subject; the trail is never changed, and an address must be able to go.
            AuditTrail.Add(db, request.CoOpId, now, request.By, request.Verb, request.Subject, handed.Problem is { } problem ? problem.Replace(request.ToAddress, "(the address)", StringComparison.OrdinalIgnoreCase) : "taken");
            return 1;
        });
        return handed.Handover == Handover.Taken ? now : Refusals.NotTaken(handed.Problem!);
    }
}
