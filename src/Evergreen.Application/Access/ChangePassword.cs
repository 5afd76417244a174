using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Changes one's own password. Every other session ends.</summary>
public sealed class ChangePassword(Books books)
{
    /// <param name="SessionId">The session that goes on.</param>
    public sealed record Request(int UserId, string Password, string NewPassword, int? SessionId, string From);

    public Outcome<bool> Run(Request request)
    {
        var (user, about) = books.Read(db => (db.SignIns.SingleOrDefault(user => user.Id == request.UserId), db.CoOps.OrderBy(coOp => coOp.Id).Select(coOp => coOp.Name).Take(20).ToList()));
        if (user is null) return Refusals.PersonUnknown();
        if (PresentPassword.Wrong(books, user, request.Password, request.From) is { } wrong) return wrong;
        if (PasswordRules.Check(request.NewPassword, [user.UserName, user.DisplayName, .. about]) is { } refused) return refused;
        var hash = PasswordHash.Of(request.NewPassword);
        return books.Write<bool>(dryRun: false, db =>
        {
            var kept = db.SignIns.Single(other => other.Id == user.Id);
            // Changed meanwhile: what was checked above is no longer the password.
            if (kept.PasswordHash != user.PasswordHash) return Refusals.PasswordWrong();
            kept.PasswordHash = hash;
            kept.SecurityStamp = SecretCode.Carried();
            Entry.Record(db, books.Now, Entry.Subject(kept.Id), "access.password", Entry.Subject(kept.Id), request.From, "changed");
            EndSessions.All(db, kept, books.Now, request.SessionId, Entry.Subject(kept.Id), request.From, "password changed");
            return true;
        });
    }
}
