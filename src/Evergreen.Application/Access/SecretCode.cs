using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Evergreen.Application.Access;

/// <summary>Codes that are given out once and kept only as digests.</summary>
public static class SecretCode
{
    // Without I, L, O and U, which are misread or spell words.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A code to be typed by hand: groups of five, five bits of chance a character.</summary>
    public static string Typed(int characters) =>
        string.Join('-', RandomNumberGenerator.GetString(Letters, characters).Chunk(5).Select(group => new string(group)));

    /// <summary>A code that only programs carry: 256 bits.</summary>
    public static string Carried() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The code as it was meant: hyphens, spaces and case do not count, and O, I and L are read as the digits they look like.</summary>
    public static string AsMeant(string typed) =>
        string.Concat(typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c }));

    /// <returns>SHA-256 in 64 lower-case hexadecimal digits: enough for codes of 100 bits and more, which nobody can try out.</returns>
    public static string Digest(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    public static string DigestTyped(string typed) => Digest(AsMeant(typed));
}
