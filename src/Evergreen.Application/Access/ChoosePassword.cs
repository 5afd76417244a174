using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Lets someone who forgot the password choose another, by a link that was mailed. Every session ends, nobody is signed in by it, and the second factor stays as it is.</summary>
public sealed class ChoosePassword(Books books, AccessMode mode)
{
    public sealed record Request(string Code, string Password, string From);

    /// <summary>Whose password it is; for the page, which does not use the link up.</summary>
    /// <returns>The mail address.</returns>
    public Outcome<string> Find(string code) => books.Read(db => EnterWithMailLink.Standing(db, code, MailLinkKind.NewPassword, books.Now, mode) is var (_, user) ? user.UserName! : (Outcome<string>)Refusals.MailLinkSpent());

    public Outcome<int> Run(Request request)
    {
        var (user, about) = books.Read(db => (EnterWithMailLink.Standing(db, request.Code, MailLinkKind.NewPassword, books.Now, mode)?.User, db.CoOps.OrderBy(coOp => coOp.Id).Select(coOp => coOp.Name).Take(20).ToList()));
        if (user is null) return Refusals.MailLinkSpent();
        if (PasswordRules.Check(request.Password, [user.UserName, user.DisplayName, .. about]) is { } refused) return refused;
        var hash = PasswordHash.Of(request.Password);
        return books.Write<int>(dryRun: false, db =>
        {
            if (EnterWithMailLink.Standing(db, request.Code, MailLinkKind.NewPassword, books.Now, mode) is not var (link, owner)) return Refusals.MailLinkSpent();
            link.UsedAt = books.Now;
            owner.PasswordHash = hash;
            // Other links that are on their way carry the old stamp, and end with it.
            owner.SecurityStamp = SecretCode.Carried();
            Entry.Record(db, books.Now, Entry.Subject(owner.Id), "access.password", Entry.Subject(owner.Id), request.From, "chosen anew by a link in a mail");
            EndSessions.All(db, owner, books.Now, null, Entry.Subject(owner.Id), request.From, "password changed");
            return owner.Id;
        });
    }
}
