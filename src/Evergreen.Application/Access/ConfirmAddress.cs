using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>The link that went to an account's address was opened by whoever is signed in to it: the address is its owner's, and links to sign in or for a new password may go there from now on.</summary>
public sealed class ConfirmAddress(Books books)
{
    public sealed record Request(int UserId, string Code, string From);

    /// <returns>The address. A link that was sent to another account's address confirms nothing here, and is not used up.</returns>
    public Outcome<string> Run(Request request) => books.Write<string>(dryRun: false, db =>
    {
        var digest = SecretCode.Digest(request.Code);
        var link = db.Set<MailLink>().SingleOrDefault(link => link.CodeDigest == digest && link.Kind == MailLinkKind.Address && link.UserId == request.UserId);
        if (link is null || !link.StandsAt(books.Now)) return Refusals.MailLinkSpent();
        var user = db.SignIns.Single(user => user.Id == link.UserId);
        link.UsedAt = books.Now;
        user.EmailConfirmed = true;
        Entry.Record(db, books.Now, Entry.Subject(user.Id), "access.mail-confirmed", Entry.Subject(user.Id), Entry.Cut(request.From, 64));
        return user.UserName!;
    });
}
