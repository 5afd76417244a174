using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Makes the secret for an authenticator. It is not asked for until a first code shows that it arrived; see <see cref="ConfirmAuthenticator"/>.</summary>
public sealed class MakeAuthenticator(Books books, SealingKeys keys)
{
    public sealed record Request(int UserId, string Issuer);

    /// <param name="Spelled">The secret for typing by hand, in groups of four.</param>
    /// <param name="Address">What the QR code says.</param>
    public sealed record Result(string Spelled, string Address);

    /// <returns>The same secret again until it is confirmed, so that its button may be pressed twice.</returns>
    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        var user = db.SignIns.SingleOrDefault(user => user.Id == request.UserId);
        if (user is null) return Refusals.PersonUnknown();
        if (user.AuthenticatorSince is not null) return Refusals.AuthenticatorThere();
        var cipher = keys.Cipher(db, DateOnly.FromDateTime(books.Now));
        if (cipher.IsRefused) return cipher.Refusal!;
        var secret = user.AuthenticatorSealed is null ? TimeCode.NewSecret() : Open(cipher.Value, user);
        if (user.AuthenticatorSealed is null)
        {
            user.AuthenticatorSealed = cipher.Value.Seal(Place(user.Id), Convert.ToHexString(secret));
            AuditTrail.Add(db, null, books.Now, Entry.Subject(user.Id), "access.authenticator", Entry.Subject(user.Id), "key made");
        }
        return Shown(request, user, secret);
    });

    /// <summary>The secret that waits for its first code; null where none was made. Looking makes none.</summary>
    public Outcome<Result?> Waiting(Request request) => books.Read<Outcome<Result?>>(db =>
    {
        var user = db.SignIns.SingleOrDefault(user => user.Id == request.UserId);
        if (user is null) return Refusals.PersonUnknown();
        if (user.AuthenticatorSince is not null) return Refusals.AuthenticatorThere();
        if (user.AuthenticatorSealed is null) return (Result?)null;
        var cipher = keys.Cipher(db, DateOnly.FromDateTime(books.Now));
        return cipher.IsRefused ? cipher.Refusal! : Shown(request, user, Open(cipher.Value, user));
    });

    private static Result Shown(Request request, SignIn user, byte[] secret) =>
        new(string.Join(' ', TimeCode.Spelled(secret).Chunk(4).Select(group => new string(group))), TimeCode.Address(request.Issuer, user.UserName!, secret));

    internal static byte[] Open(FieldCipher cipher, SignIn user) => Convert.FromHexString(cipher.Open(Place(user.Id), user.AuthenticatorSealed!));

    private static FieldPlace Place(int userId) => new("SignIns", "Authenticator", userId.ToString(CultureInfo.InvariantCulture));
}
