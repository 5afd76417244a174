using System.Text;

namespace Evergreen.Application.Imports;

/// <summary>Compares texts by code point, and lets them be looked up by their UTF-8 bytes as they stand in a file, without making a string of each.</summary>
internal sealed class Utf8Keys : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    public static readonly Utf8Keys Comparer = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string text)
    {
        Span<byte> utf8 = text.Length <= 100 ? stackalloc byte[300] : new byte[text.Length * 3];
        return GetHashCode(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    public int GetHashCode(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        return hash.ToHashCode();
    }

    public bool Equals(ReadOnlySpan<byte> utf8, string text)
    {
        if (utf8.Length == text.Length) return Ascii.Equals(utf8, text);
        Span<byte> other = text.Length <= 100 ? stackalloc byte[300] : new byte[text.Length * 3];
        return utf8.SequenceEqual(other[..Encoding.UTF8.GetBytes(text, other)]);
    }

    public string Create(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
