using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Evergreen.Application.Access;

/// <summary>Identity's password hash, PBKDF2 with HMAC-SHA-512 and a salt of its own, at the number of rounds advised today.</summary>
/// <remarks>OWASP Password Storage Cheat Sheet: 210,000 for HMAC-SHA-512.</remarks>
public static class PasswordHash
{
    public const int Rounds = 210_000;

    private static readonly PasswordHasher<SignIn> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private static readonly SignIn Anyone = new() { DisplayName = "", CreatedAt = DateTime.UnixEpoch };

    // Compared with where there is no account, so that an answer takes as long and tells nothing.
    private static readonly Lazy<string> NoAccount = new(() => Of(SecretCode.Carried()));

    public static string Of(string password) => Hasher.HashPassword(Anyone, password.Normalize());

    /// <param name="hash">Null where there is no account: the same work is done, and the answer is no.</param>
    public static bool Matches(string? hash, string password) =>
        Hasher.VerifyHashedPassword(Anyone, hash ?? NoAccount.Value, password.Normalize()) != PasswordVerificationResult.Failed && hash is not null;
}
