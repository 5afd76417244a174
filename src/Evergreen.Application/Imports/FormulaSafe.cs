using System.Buffers;
using System.Text;

namespace Evergreen.Application.Imports;

/// <summary>Text that a spreadsheet shows as text and never runs as a formula, in a form that reads back exactly.</summary>
/// <remarks>
/// The rule: any number of apostrophes (none included) followed by <c>= + - @</c> (also in their full width), tab, CR or LF gets one more apostrophe in front, and reading takes one
/// away from one or more apostrophes followed by such a sign. All other text, <c>'t Hooft</c> included, stays as it is both ways.
/// </remarks>
public static class FormulaSafe
{
    public static string Write(string text) => IsRisky(text, apostrophes: 0) ? "'" + text : text;

    /// <summary>As <see cref="Write"/>, but a plain number such as <c>-12.50</c> stays a number.</summary>
    public static string WriteField(string text) => IsPlainNumber(text) ? text : Write(text);

    public static string Read(string text) => IsRisky(text, apostrophes: 1) ? text[1..] : text;

    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || utf8[0] != '\'') return utf8;
        var sign = utf8.IndexOfAnyExcept((byte)'\'');
        return sign > 0 && IsSign(utf8[sign] < 0x80 ? (char)utf8[sign] : Rune.DecodeFromUtf8(utf8[sign..], out var rune, out _) == OperationStatus.Done && rune.IsBmp ? (char)rune.Value : default) ? utf8[1..] : utf8;
    }

    private static bool IsRisky(string text, int apostrophes)
    {
        var sign = text.AsSpan().IndexOfAnyExcept('\'');
        return sign >= apostrophes && IsSign(text[sign]);
    }

    private static bool IsSign(char c) => c is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';

    private static bool IsPlainNumber(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        var point = digits.IndexOf('.');
        return digits.Length > 0 && point != 0 && point != digits.Length - 1
            && digits.IndexOfAnyExcept("0123456789.") < 0 && digits.Count('.') <= 1;
    }
}
