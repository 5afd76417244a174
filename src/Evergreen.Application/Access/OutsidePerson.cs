using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.AspNetCore.Identity;

namespace Evergreen.Application.Access;

/// <summary>Someone whom another authority vouches for.</summary>
/// <param name="Issuer">The authority, as it names itself in what it signed.</param>
/// <param name="Subject">The person's key there, which never changes.</param>
/// <param name="Mail">The person's address, which the authority has checked.</param>
public sealed record OutsidePerson(string Issuer, string Subject, string Mail)
{
    private const int Longest = 128;

    internal static bool IsKept(string issuer, string subject) => issuer.Length is > 0 and <= Longest && subject.Length is > 0 and <= Longest;

    /// <summary>From here on issuer and subject name the account.</summary>
    /// <returns>What stands against it: one account there is one here, and a second one with the same address would be another person.</returns>
    internal static Refusal? Tie(EvergreenDb db, SignIn user, string issuer, string subject, DateTime now, string from)
    {
        var logins = db.Set<IdentityUserLogin<int>>();
        if (!IsKept(issuer, subject) || logins.Any(login => login.LoginProvider == issuer && (login.ProviderKey == subject || login.UserId == user.Id))) return Refusals.OutsideUnknown();
        logins.Add(new IdentityUserLogin<int> { LoginProvider = issuer, ProviderKey = subject, UserId = user.Id });
        Entry.Record(db, now, Entry.Subject(user.Id), "access.outside-link", Entry.Subject(user.Id), Entry.Cut(from, 64), Entry.Cut(issuer, Longest));
        return null;
    }

    /// <summary>The same for an account that was made just now for this person, whose address is known to be theirs.</summary>
    internal Refusal? Join(EvergreenDb db, SignIn made, DateTime now, string from)
    {
        made.EmailConfirmed = true;
        return Tie(db, made, Issuer, Subject, now, from);
    }
}
