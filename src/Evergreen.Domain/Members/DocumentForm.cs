using System.Text;

namespace Evergreen.Domain.Members;

/// <summary>What a file is by its first bytes, whatever its name says.</summary>
public static class DocumentForm
{
    /// <returns>The media type of a PDF, PNG, JPEG or plain text in UTF-8; null for anything else, an empty file included.</returns>
    public static string? MediaTypeOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("%PDF-"u8)) return "application/pdf";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return "image/png";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "image/jpeg";
        return IsPlainText(bytes) ? "text/plain" : null;
    }

    private static bool IsPlainText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || !System.Text.Unicode.Utf8.IsValid(bytes)) return false;
        foreach (var b in bytes)
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f')) return false;
        // A page that a browser would run is not plain text, whatever it is called.
        return !Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 512)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('<');
    }
}
