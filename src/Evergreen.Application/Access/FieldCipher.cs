using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Evergreen.Application.Access;

/// <summary>Where a secret stands. It is part of what is authenticated: a value moved to another row or column cannot be read there.</summary>
/// <param name="Row">What names the row for ever, known before the database numbers it: for a member the co-op's id and the member number.</param>
public sealed record FieldPlace(string Table, string Column, params string[] Row);

/// <summary>Seals tax and bank numbers: AES-256-GCM under a data key per column, derived from the master key that is named in the value.</summary>
/// <remarks>
/// A sealed value is <c>v1.{key id}.{base64url of nonce, ciphertext and tag}</c>. Reading fails closed: whatever is not exactly what was sealed, here and under a
/// key that is at hand, throws.
/// </remarks>
public sealed class FieldCipher(KeyRing ring)
{
    private const int NonceBytes = 12, TagBytes = 16;
    private const string Version = "v1";

    public string Seal(FieldPlace place, string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var box = new byte[NonceBytes + text.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(DataKey(ring.Current, place), TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), text, box.AsSpan(NonceBytes, text.Length), box.AsSpan(NonceBytes + text.Length), Associated(place, ring.Current));
        return $"{Version}.{ring.Current}.{Base64Url.EncodeToString(box)}";
    }

    /// <summary>Whether the key that the value names is at hand. That it opens the value is shown by opening it only.</summary>
    public bool HoldsKeyOf(string sealedValue) => sealedValue.Split('.') is [Version, var key, _] && ring.Keys.ContainsKey(key);

    /// <exception cref="CryptographicException">The value was changed, moved or not sealed by us, or its key is not at hand. The message holds none of it.</exception>
    public string Open(FieldPlace place, string sealedValue)
    {
        var parts = sealedValue.Split('.');
        if (parts is not [Version, var key, var body]) throw new CryptographicException($"The secret in {place.Table}.{place.Column} is not in a form that is known.");
        if (!ring.Keys.ContainsKey(key)) throw new CryptographicException($"The key '{key}' of a secret in {place.Table}.{place.Column} is not at hand.");
        byte[] box;
        try
        {
            box = Base64Url.DecodeFromChars(body);
        }
        catch (FormatException e)
        {
            throw new CryptographicException($"The secret in {place.Table}.{place.Column} is damaged.", e);
        }
        // Base64 leaves bits over at the end, which must not make two forms of one value.
        if (box.Length < NonceBytes + TagBytes || Base64Url.EncodeToString(box) != body) throw new CryptographicException($"The secret in {place.Table}.{place.Column} is damaged.");
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(DataKey(key, place), TagBytes);
        aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), plain, Associated(place, key));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>A keyed digest by which equal values are found without being read. Of the oldest key, so that it stays when keys change.</summary>
    /// <returns>32 lower-case hexadecimal digits.</returns>
    public string Digest(string purpose, string plain)
    {
        var oldest = ring.Keys.Keys.Order(StringComparer.Ordinal).First();
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.Keys[oldest], KeyRing.KeyBytes, info: Encoding.UTF8.GetBytes($"evergreen-digest-1|{purpose}"));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(plain)).AsSpan(0, 16));
    }

    private byte[] DataKey(string id, FieldPlace place) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.Keys[id], KeyRing.KeyBytes, info: Encoding.UTF8.GetBytes($"evergreen-field-1|{place.Table}|{place.Column}"));

    /// <summary>Table, column, row and key id, each with its length before it, so that no two places read alike.</summary>
    private static byte[] Associated(FieldPlace place, string key)
    {
        using var data = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in (string[])[Version, place.Table, place.Column, .. place.Row, key])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            data.Write(length);
            data.Write(bytes);
        }
        return data.ToArray();
    }
}
