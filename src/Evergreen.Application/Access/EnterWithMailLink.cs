using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Takes a link that was mailed, once, in place of the password. It opens no door yet: where a second factor is set up, that is asked for next, as after a password.</summary>
public sealed class EnterWithMailLink(Books books, AccessMode mode)
{
    public sealed record Request(string Code, string From);

    /// <param name="ReturnUrl">The page that was asked for before.</param>
    public sealed record Result(EnterWithPassword.Result Entered, string? ReturnUrl);

    public Outcome<Result> Run(Request request)
    {
        var taken = books.Write(dryRun: false, db => Take(db, request));
        if (taken.IsRefused)
            books.Write<bool>(dryRun: false, db =>
            {
                Entry.Record(db, books.Now, Audit.Actors.Stranger, "access.sign-in-failed", "sign-in unknown", Entry.Cut(request.From, 64), taken.Refusal!.Code);
                return true;
            });
        return taken;
    }

    private Outcome<Result> Take(EvergreenDb db, Request request)
    {
        if (Standing(db, request.Code, MailLinkKind.SignIn, books.Now, mode) is not var (link, user)) return Refusals.MailLinkSpent();
        link.UsedAt = books.Now;
        return new Result(new EnterWithPassword.Result(user.Id, user.AuthenticatorSince is not null, db.Passkeys.Any(passkey => passkey.UserId == user.Id)), link.ReturnUrl);
    }

    /// <summary>The link of a code, with its owner; null where it is not known, used, too old, or where what it rested on has changed since.</summary>
    internal static (MailLink Link, SignIn User)? Standing(EvergreenDb db, string code, MailLinkKind kind, DateTime now, AccessMode mode)
    {
        var digest = SecretCode.Digest(code);
        var link = db.Set<MailLink>().SingleOrDefault(link => link.CodeDigest == digest && link.Kind == kind);
        if (link is null || !link.StandsAt(now)) return null;
        var user = db.SignIns.Single(user => user.Id == link.UserId);
        return user.IsAdmitted(mode) && user.SecurityStamp == link.Stamp && AnswerMailLinks.ForWhom(db, user, kind) is not null ? (link, user) : null;
    }
}
