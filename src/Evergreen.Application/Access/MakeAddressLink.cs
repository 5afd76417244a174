using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Makes the link by which someone shows that the mail address of their account is theirs. It opens nothing: its owner is signed in beside it. A link before it that was not used ends.</summary>
public sealed class MakeAddressLink(Books books)
{
    public sealed record Request(int UserId, string From);

    /// <returns>For the mail to that address. Refused where it is confirmed already, or where too many were asked for.</returns>
    public Outcome<AnswerMailLinks.Made> Run(Request request) => books.Write<AnswerMailLinks.Made>(dryRun: false, db =>
    {
        var (now, from) = (books.Now, Entry.Cut(request.From, 64));
        if (db.SignIns.SingleOrDefault(user => user.Id == request.UserId && user.DisabledAt == null) is not { } user) return Refusals.PersonUnknown();
        if (user.EmailConfirmed) return Refusals.MailConfirmed();
        var asked = Patience.Try(db, $"address link {user.Id}", from, now);
        if (asked.IsRefused) return asked.Refusal!;
        db.Set<MailLink>().Where(link => link.UserId == user.Id && link.Kind == MailLinkKind.Address && link.UsedAt == null).ExecuteUpdate(set => set.SetProperty(link => link.UsedAt, now));
        var code = SecretCode.Carried();
        db.Add(new MailLink { UserId = user.Id, Kind = MailLinkKind.Address, CodeDigest = SecretCode.Digest(code), Stamp = user.SecurityStamp ?? "", MadeAt = now });
        var coOp = db.RoleGrants.Where(grant => grant.UserId == user.Id && grant.WithdrawnAt == null && grant.CoOpId != null).OrderBy(grant => grant.Id).Select(grant => grant.CoOpId).FirstOrDefault() ?? db.CoOps.OrderBy(coOp => coOp.Id).Select(coOp => coOp.Id).First();
        Entry.Record(db, now, Entry.Subject(user.Id), "access.mail-link", Entry.Subject(user.Id), from, "to confirm the address", coOp);
        return new AnswerMailLinks.Made(MailLinkKind.Address, user.Id, user.UserName!, user.DisplayName, coOp, code);
    });
}
