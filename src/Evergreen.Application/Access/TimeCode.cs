using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Evergreen.Application.Access;

/// <summary>The six digits of an authenticator, which change every half minute.</summary>
/// <remarks>RFC 6238 with HMAC-SHA-1, as every authenticator app reads it; the steps are half minutes since 1970.</remarks>
public static class TimeCode
{
    public const int SecretBytes = 20;
    private const int StepSeconds = 30, Digits = 6, Modulus = 1_000_000;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTime now) => (now - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond / StepSeconds;

    /// <returns>The digits of one step, leading zeros kept.</returns>
    public static string At(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(secret, counter);
        var offset = hash[^1] & 0xF;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset, 4)) & 0x7FFFFFFF;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code was typed: this one, the one before or the one after, for clocks that are a little off; none at or before the last one taken.</summary>
    /// <returns>Null when the code is wrong or was used before.</returns>
    public static long? Match(byte[] secret, string typed, DateTime now, long lastTaken)
    {
        var code = Encoding.ASCII.GetBytes(string.Concat(typed.Where(char.IsAsciiDigit)));
        if (code.Length != Digits) return null;
        long? match = null;
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(secret, step)), code) && step > lastTaken) match = step;
        return match;
    }

    /// <summary>The secret as authenticators take it by hand.</summary>
    public static string Spelled(byte[] secret)
    {
        var text = new StringBuilder();
        int held = 0, bits = 0;
        foreach (var b in secret)
        {
            held = (held << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Base32[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }
        if (bits > 0) text.Append(Base32[(held << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>What the QR code says.</summary>
    public static string Address(string issuer, string account, byte[] secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={Spelled(secret)}&issuer={Uri.EscapeDataString(issuer)}&digits={Digits}&period={StepSeconds}";
}
