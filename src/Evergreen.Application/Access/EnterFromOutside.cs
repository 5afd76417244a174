using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.AspNetCore.Identity;

namespace Evergreen.Application.Access;

/// <summary>Lets in someone whom another authority vouches for. It says who they are; what they may do stands here alone.</summary>
public sealed class EnterFromOutside(Books books, AccessMode mode)
{
    /// <param name="Issuer">The authority, as it names itself in what it signed.</param>
    /// <param name="Subject">The person's key there, which never changes.</param>
    /// <param name="Mail">Used once, to find the account; afterwards issuer and subject name it.</param>
    /// <param name="SecondFactor">Whether the authority asked for a second factor, by the values that count here.</param>
    /// <param name="Only">Nobody signs in here by other means: a second factor that is kept here still is not asked for.</param>
    public sealed record Request(string Issuer, string Subject, string? Mail, bool MailVerified, bool SecondFactor, string From, bool Only = false);

    /// <param name="Authenticator">An authenticator or recovery code must follow: what protects the account here is not passed by from outside while it can be shown.</param>
    /// <param name="Passkey">A passkey may follow instead.</param>
    public sealed record Result(int UserId, Proof Proof, bool Authenticator, bool Passkey)
    {
        public bool SecondFactorAsked => Authenticator || Passkey;
    }

    public Outcome<Result> Run(Request request)
    {
        if (!OutsidePerson.IsKept(request.Issuer, request.Subject)) return Refusals.OutsideUnknown();
        return books.Write<Result>(dryRun: false, db =>
        {
            var logins = db.Set<IdentityUserLogin<int>>();
            if (logins.SingleOrDefault(login => login.LoginProvider == request.Issuer && login.ProviderKey == request.Subject) is { } known)
                return db.SignIns.Single(user => user.Id == known.UserId) is var found && found.IsAdmitted(mode) ? Entered(db, found, request) : Refusals.OutsideUnknown();
            if (string.IsNullOrWhiteSpace(request.Mail)) return Refusals.OutsideUnknown();
            // An address that the authority has not checked may be anybody's.
            if (!request.MailVerified) return Refusals.OutsideMailUnverified();
            var name = SignIn.Normal(request.Mail);
            var user = db.SignIns.SingleOrDefault(user => user.NormalizedUserName == name);
            if (user is null || !user.IsAdmitted(mode)) return Refusals.OutsideUnknown();
            // Typed by its owner and never confirmed, the address may be the visitor's and the account somebody else's.
            if (!user.EmailConfirmed && !db.RoleGrants.Any(grant => grant.UserId == user.Id && grant.WithdrawnAt == null && grant.Role != Role.Member)) return Refusals.OutsideMailOpen();
            return OutsidePerson.Tie(db, user, request.Issuer, request.Subject, books.Now, request.From) is { } refused ? refused : Entered(db, user, request);
        });
    }

    private static Result Entered(EvergreenDb db, SignIn user, Request request)
    {
        if (request.SecondFactor || request.Only) return new Result(user.Id, request.SecondFactor ? Proof.SecondFactor : Proof.Outside, false, false);
        return new Result(user.Id, Proof.Outside, user.AuthenticatorSince is not null, db.Passkeys.Any(passkey => passkey.UserId == user.Id));
    }
}
