namespace Evergreen.Application.Imports;

/// <summary>Trims what looks empty: ASCII blanks, no-break and other Unicode spaces, a stray byte order mark.</summary>
internal static class Blanks
{
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8)
    {
        while (LengthAtStart(utf8) is var length and > 0) utf8 = utf8[length..];
        while (LengthAtEnd(utf8) is var length and > 0) utf8 = utf8[..^length];
        return utf8;
    }

    private static int LengthAtStart(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..] => 1,
        [0xC2, 0xA0, ..] => 2,
        [> 0xE0, ..] when text.Length >= 3 && IsWideBlank(text[0], text[1], text[2]) => 3,
        _ => 0,
    };

    private static int LengthAtEnd(ReadOnlySpan<byte> text) => text switch
    {
        [.., (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'] => 1,
        [.., 0xC2, 0xA0] => 2,
        [.., > 0x7F] when text.Length >= 3 && IsWideBlank(text[^3], text[^2], text[^1]) => 3,
        _ => 0,
    };

    private static bool IsWideBlank(byte a, byte b, byte c) => (a, b, c) switch
    {
        (0xE2, 0x80, >= 0x80 and <= 0x8B) => true, // U+2000 to U+200B
        (0xE2, 0x80, 0xAF) => true, // U+202F narrow no-break space
        (0xE3, 0x80, 0x80) => true, // U+3000 ideographic space
        (0xEF, 0xBB, 0xBF) => true, // U+FEFF byte order mark
        _ => false,
    };
}
