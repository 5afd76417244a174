using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Answers who asked for a link: makes one where the account may have it, and tells its code to whoever mails it. Works beside the requests.</summary>
public sealed class AnswerMailLinks(Books books, AccessMode mode)
{
    /// <summary>More links than that an hour are not made for one account: nobody's mailbox is flooded.</summary>
    public const int MostAnHour = 5;

    /// <summary>After that a request is not answered any more: its sender has given up.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(30);

    /// <param name="Code">For the link; told this once.</param>
    /// <param name="CoOpId">Whose mail it is: the first co-op of which the account's owner is a member.</param>
    public sealed record Made(MailLinkKind Kind, int UserId, string Mail, string DisplayName, int CoOpId, string Code);

    /// <summary>The next one that gets a link; the requests before it, of those who get none, are answered by silence.</summary>
    /// <returns>Null when nobody waits.</returns>
    public Made? Next()
    {
        while (books.Read(db => db.Set<MailLinkRequest>().OrderBy(request => request.Id).Select(request => (int?)request.Id).FirstOrDefault()) is { } next)
        {
            var answered = books.Write(dryRun: false, db => Answer(db, next));
            if (!answered.IsRefused && answered.Value is { } made) return made;
        }
        return null;
    }

    private Outcome<Made?> Answer(EvergreenDb db, int id)
    {
        var (now, request) = (books.Now, db.Set<MailLinkRequest>().SingleOrDefault(request => request.Id == id));
        if (request is null) return (Made?)null;
        db.Remove(request);
        if (now - request.AskedAt > Stale) return (Made?)null;
        var name = SignIn.Normal(request.Mail);
        var user = db.SignIns.SingleOrDefault(user => user.NormalizedUserName == name);
        var hour = now - TimeSpan.FromHours(1);
        var coOp = user is null || !user.IsAdmitted(mode) ? null : ForWhom(db, user, request.Kind);
        if (user is null || coOp is null || db.Set<MailLink>().Count(link => link.UserId == user.Id && link.MadeAt > hour) >= MostAnHour)
        {
            Entry.Record(db, now, Audit.Actors.Stranger, "access.mail-link", user is null ? "sign-in unknown" : Entry.Subject(user.Id), request.From, "none sent");
            return (Made?)null;
        }
        var code = SecretCode.Carried();
        db.Add(new MailLink { UserId = user.Id, Kind = request.Kind, CodeDigest = SecretCode.Digest(code), Stamp = user.SecurityStamp ?? "", MadeAt = now, ReturnUrl = request.ReturnUrl });
        Entry.Record(db, now, Audit.Actors.Stranger, "access.mail-link", Entry.Subject(user.Id), request.From, request.Kind == MailLinkKind.SignIn ? "to sign in" : "for a new password", coOp);
        return new Made(request.Kind, user.Id, user.UserName!, user.DisplayName, coOp.Value, code);
    }

    /// <summary>
    /// Whether the account may be opened by mail: its address was shown to be its owner's, it is of a member who has no part in any office, since whoever reads a mailbox must not come to other people's money; and to sign in, each of the
    /// member's co-ops must allow it.
    /// </summary>
    /// <returns>The first co-op; null where it may not.</returns>
    internal static int? ForWhom(EvergreenDb db, SignIn user, MailLinkKind kind)
    {
        // Typed wrong, the address is a stranger's, who must not be led in.
        if (!user.EmailConfirmed) return null;
        var grants = db.RoleGrants.AsNoTracking().Where(grant => grant.UserId == user.Id && grant.WithdrawnAt == null).OrderBy(grant => grant.Id).ToList();
        if (grants.Count == 0 || grants.Exists(grant => grant.Role != Role.Member || grant.CoOpId is null)) return null;
        var ids = grants.ConvertAll(grant => grant.CoOpId!.Value);
        if (kind == MailLinkKind.SignIn && db.CoOps.Any(coOp => ids.Contains(coOp.Id) && !coOp.SignInByMail)) return null;
        return ids[0];
    }
}
