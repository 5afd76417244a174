using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Takes one's own authenticator and its recovery codes out of use, after the password was given again. Other sessions end.</summary>
public sealed class RemoveAuthenticator(Books books)
{
    public sealed record Request(int UserId, string Password, int? SessionId, string From);

    public Outcome<bool> Run(Request request)
    {
        var user = books.Read(db => db.SignIns.SingleOrDefault(user => user.Id == request.UserId));
        if (user?.AuthenticatorSealed is null) return Refusals.NoAuthenticator();
        if (PresentPassword.Wrong(books, user, request.Password, request.From) is { } wrong) return wrong;
        return books.Write<bool>(dryRun: false, db =>
        {
            var kept = db.SignIns.Single(other => other.Id == user.Id);
            Clear(db, kept);
            Entry.Record(db, books.Now, Entry.Subject(kept.Id), "access.authenticator", Entry.Subject(kept.Id), request.From, "removed");
            EndSessions.All(db, kept, books.Now, request.SessionId, Entry.Subject(kept.Id), request.From, "authenticator removed");
            return true;
        });
    }

    internal static void Clear(EvergreenDb db, SignIn user)
    {
        user.AuthenticatorSealed = null;
        user.AuthenticatorSince = null;
        user.TwoFactorEnabled = false;
        user.SecurityStamp = SecretCode.Carried();
        db.RecoveryCodes.Where(code => code.UserId == user.Id).ExecuteDelete();
    }
}
