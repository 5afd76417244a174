using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Evergreen.Domain.Webhooks;

/// <summary>Signs what is sent, and checks what was received.</summary>
/// <remarks>The Standard Webhooks specification 1.0: HMAC-SHA256 over <c>id.timestamp.body</c>, under a secret that is written <c>whsec_</c> and base64.</remarks>
public static class WebhookSignature
{
    public const string SecretPrefix = "whsec_";

    /// <summary>In bytes; the specification asks for 24 to 64.</summary>
    public const int SecretBytes = 32;

    /// <summary>How far, either way, a receiver lets the time of sending be from its own clock.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <returns>The header <c>webhook-signature</c>: <c>v1,</c> and base64, once for each secret, the newest first.</returns>
    /// <exception cref="FormatException">A secret is not in its form.</exception>
    public static string Of(string messageId, long unixSeconds, string body, params IReadOnlyList<string> secrets) =>
        string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(Digest(messageId, unixSeconds, body, secret))));

    /// <returns>Whether one of the signatures in the header is right, and the message is not older or younger than <see cref="Tolerance"/>.</returns>
    public static bool Fits(string header, string messageId, long unixSeconds, string body, string secret, DateTimeOffset now)
    {
        if (Math.Abs(now.ToUnixTimeSeconds() - unixSeconds) > (long)Tolerance.TotalSeconds) return false;
        var expected = Digest(messageId, unixSeconds, body, secret);
        return header.Split(' ').Where(part => part.StartsWith("v1,", StringComparison.Ordinal)).Any(part => CryptographicOperations.FixedTimeEquals(Decoded(part[3..]), expected));
    }

    private static byte[] Digest(string messageId, long unixSeconds, string body, string secret)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal)) throw new FormatException("A webhook's secret begins with whsec_.");
        return HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{messageId}.{unixSeconds}.{body}")));
    }

    private static byte[] Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }
}
