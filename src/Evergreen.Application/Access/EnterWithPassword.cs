using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Checks a mail address and a password. It opens no door yet: where a second factor is set up, that is asked for next.</summary>
public sealed class EnterWithPassword(Books books, AccessMode mode)
{
    /// <param name="From">The network address.</param>
    public sealed record Request(string Mail, string Password, string From);

    /// <param name="Authenticator">An authenticator or recovery code must follow.</param>
    /// <param name="Passkey">A passkey may follow instead.</param>
    public sealed record Result(int UserId, bool Authenticator, bool Passkey)
    {
        public bool SecondFactorAsked => Authenticator || Passkey;
    }

    /// <returns>Refused in the same words and after the same work whether the address, the password or the account is wrong.</returns>
    public Outcome<Result> Run(Request request)
    {
        var name = SignIn.Normal(request.Mail);
        var from = Entry.Cut(request.From, 64);
        var attempt = books.Write(dryRun: false, db => Patience.Try(db, name, from, books.Now));
        if (attempt.IsRefused) return Failed(null, from, attempt.Refusal!);
        var user = books.Read(db => db.SignIns.SingleOrDefault(user => user.NormalizedUserName == name));
        var password = request.Password.Length <= PasswordRules.Longest ? request.Password : "";
        // The hash is worked out outside any transaction: it takes a tenth of a second on purpose.
        if (!PasswordHash.Matches(user?.PasswordHash, password) || !user!.IsAdmitted(mode)) return Failed(user, from, Refusals.NotEntered());
        return books.Write<Result>(dryRun: false, db =>
        {
            Patience.Succeeded(db, attempt.Value);
            return new Result(user.Id, user.AuthenticatorSince is not null, db.Passkeys.Any(passkey => passkey.UserId == user.Id));
        });
    }

    private Outcome<Result> Failed(SignIn? user, string from, Refusal refusal)
    {
        var kept = books.Write<bool>(dryRun: false, db =>
        {
            Entry.Record(db, books.Now, Audit.Actors.Stranger, "access.sign-in-failed", user is null ? "sign-in unknown" : Entry.Subject(user.Id), from, refusal.Code);
            return true;
        });
        return kept.Refusal ?? refusal;
    }
}
