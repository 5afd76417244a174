using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Evergreen.Application.Access;

/// <summary>Identity's password hash, PBKDF2 with HMAC-SHA-512 and a salt of its own, at the number of rounds advised today.</summary>
/// <remarks>OWASP Password Storage Cheat Sheet: 210,000 for HMAC-SHA-512.</remarks>
public static class PasswordHash
{
    public const int Rounds = 210_000;

    private static readonly SignIn Anyone = new() { DisplayName = "", CreatedAt = DateTime.UnixEpoch };
    private static Hashing hashing = new(Rounds);

    private sealed class Hashing(int rounds)
    {
        public PasswordHasher<SignIn> Hasher { get; } = new(Options.Create(new PasswordHasherOptions { IterationCount = rounds }));

        /// <summary>Compared with where there is no account, so that an answer takes as long and tells nothing.</summary>
        public Lazy<string> NoAccount { get; } = new(() => Of(SecretCode.Carried()));
    }

    public static string Of(string password) => hashing.Hasher.HashPassword(Anyone, password.Normalize());

    /// <summary>For tests, which sign in thousands of times: from here on this process hashes with so many rounds. Nothing in the program asks for it.</summary>
    internal static void HashWith(int rounds) => hashing = new(rounds);

    /// <param name="hash">Null where there is no account: the same work is done, and the answer is no.</param>
    public static bool Matches(string? hash, string password) =>
        hashing.Hasher.VerifyHashedPassword(Anyone, hash ?? hashing.NoAccount.Value, password.Normalize()) != PasswordVerificationResult.Failed && hash is not null;
}
