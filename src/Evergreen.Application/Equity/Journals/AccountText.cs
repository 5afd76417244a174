using System.Buffers;
using System.Text;

namespace Evergreen.Application.Equity.Journals;

/// <summary>Writes any text in the characters that a program allows in the name of an account, one to one: no two texts become the same name.</summary>
/// <remarks>Letters and digits stay, and so does a space or a stroke between two of them, where the program knows it. All else becomes two hyphens, its code point in hexadecimal digits, and a hyphen: <c>4/A</c> is <c>4--2F-A</c>. A single hyphen never begins one of these.</remarks>
internal static class AccountText
{
    /// <summary>The end of Cyrillic. Beyond it the programs' tables of letters differ from release to release.</summary>
    private const int EndOfLetters = 0x530;

    /// <summary>What stays in names wherever a colon alone parts them.</summary>
    private const string Strokes = " -._'&/";

    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static string Of(string text) => Of(text, Strokes, Strokes);

    /// <param name="between">Characters that stay where a letter or digit stands on both sides, and <paramref name="written"/>, in the same order, what is written for each.</param>
    public static string Of(string text, string between, string written)
    {
        if (text.AsSpan().IndexOfAnyExcept(Plain) < 0) return text;
        var runes = text.EnumerateRunes().ToArray();
        var name = new StringBuilder(text.Length + 16);
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            if (IsPlain(rune)) name.Append(rune.ToString());
            else if (i > 0 && i < runes.Length - 1 && IsPlain(runes[i - 1]) && IsPlain(runes[i + 1]) && rune.IsBmp && between.IndexOf((char)rune.Value, StringComparison.Ordinal) is >= 0 and var at) name.Append(written[at]);
            else name.Append($"--{rune.Value:X}-");
        }
        return name.ToString();
    }

    private static bool IsPlain(Rune rune) => rune.Value < EndOfLetters && Rune.IsLetterOrDigit(rune);
}
