using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Notes that someone wants a link by mail. Whether the address is known is not looked at here, so that neither the answer nor its time can tell; <see cref="AnswerMailLinks"/> does the rest.</summary>
public sealed class AskForMailLink(Books books)
{
    /// <summary>Characters.</summary>
    public const int LongestMail = 256, LongestReturn = 400;

    /// <param name="ReturnUrl">A page of this site; the caller has checked that it is one.</param>
    public sealed record Request(MailLinkKind Kind, string Mail, string From, string? ReturnUrl = null);

    /// <returns>Refused only where too many were asked for, and for an unknown address just as for a known one.</returns>
    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var (now, from) = (books.Now, Entry.Cut(request.From, 64));
        var mail = request.Mail.Trim();
        var asked = Patience.Try(db, $"mail link {SignIn.Normal(mail)}", from, now);
        if (asked.IsRefused) return asked.Refusal!;
        db.Add(new MailLinkRequest { Kind = request.Kind, Mail = Entry.Cut(mail, LongestMail), AskedAt = now, From = from, ReturnUrl = request.ReturnUrl is { Length: <= LongestReturn } page ? page : null });
        return true;
    });
}
