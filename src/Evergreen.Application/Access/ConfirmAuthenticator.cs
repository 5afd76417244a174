using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Takes an authenticator into use with its first right code, and hands out the recovery codes. Other sessions end; this one should go on as entered with a second factor.</summary>
public sealed class ConfirmAuthenticator(Books books, SealingKeys keys)
{
    /// <param name="SessionId">The session that goes on.</param>
    public sealed record Request(int UserId, string Code, int? SessionId, string From);

    /// <returns>The recovery codes, shown this once.</returns>
    public Outcome<List<string>> Run(Request request) => books.Write(dryRun: false, db => Confirm(db, request));

    private Outcome<List<string>> Confirm(EvergreenDb db, Request request)
    {
        var user = db.SignIns.SingleOrDefault(user => user.Id == request.UserId);
        if (user is null) return Refusals.PersonUnknown();
        if (user.AuthenticatorSince is not null) return Refusals.AuthenticatorThere();
        if (user.AuthenticatorSealed is null) return Refusals.NoAuthenticator();
        var cipher = keys.Cipher(db, DateOnly.FromDateTime(books.Now));
        if (cipher.IsRefused) return cipher.Refusal!;
        if (TimeCode.Match(MakeAuthenticator.Open(cipher.Value, user), request.Code, books.Now, user.AuthenticatorStep) is not { } step) return Refusals.CodeWrong();
        user.AuthenticatorSince = books.Now;
        user.AuthenticatorStep = step;
        user.SecurityStamp = SecretCode.Carried();
        user.TwoFactorEnabled = true;
        Entry.Record(db, books.Now, Entry.Subject(user.Id), "access.authenticator", Entry.Subject(user.Id), request.From, "set up");
        EndSessions.All(db, user, books.Now, request.SessionId, Entry.Subject(user.Id), request.From, "authenticator set up");
        return MakeRecoveryCodes.Fresh(db, cipher.Value, user.Id, books.Now);
    }
}
