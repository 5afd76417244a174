using System.Globalization;
using System.Text;
using Evergreen.Domain.Payments;

namespace Evergreen.Domain.Tax;

/// <summary>Names and addresses in the letters that the IRS takes: A to Z, digits, blanks and a few signs.</summary>
public static class IrisText
{
    /// <remarks>A point, a comma and every other sign become a blank, so that none of them begins a formula.</remarks>
    private const string Signs = "&'-#()";

    /// <param name="IsChanged">Whether a letter or a sign is another than was given; points, commas and the case of letters do not count.</param>
    /// <param name="Unwritable">Letters that have no plain one, which are in none of the text: it cannot be filed like this.</param>
    public sealed record Written(string Text, bool IsChanged, IReadOnlyList<string> Unwritable);

    public static Written Of(string text)
    {
        var (plain, unwritable, changed, last) = (new StringBuilder(text.Length), new List<string>(), false, '\0');
        // By runes first, because half a letter cannot be normalised.
        foreach (var rune in string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            var letter = rune.IsBmp ? (char)rune.Value : '\uFFFF';
            var capital = char.ToUpperInvariant(letter);
            if (char.IsAsciiLetterUpper(capital) || char.IsAsciiDigit(capital) || Signs.Contains(capital, StringComparison.Ordinal)) plain.Append(capital);
            else if (letter is '.' or ',' || char.IsWhiteSpace(letter)) plain.Append(' ');
            else
            {
                changed = true;
                if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark) continue;
                if (letter is '\u2018' or '\u2019' or '\u02BC' or '\u00B4' or '`') plain.Append('\'');
                else if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.DashPunctuation) plain.Append('-');
                else if (BankText.Sound(letter, last) is { } sound) plain.Append(sound);
                else if (char.IsPunctuation(letter) || char.IsSymbol(letter) || char.IsControl(letter)) plain.Append(' ');
                else unwritable.Add(rune.ToString());
            }
            last = capital;
        }
        var written = string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        // A spreadsheet takes what begins with a hyphen for a formula, apostrophes before it or not.
        var start = written.AsSpan().IndexOfAnyExcept("-' ");
        var begins = start < 0 ? "" : start > 0 && written[start - 1] == '\'' ? written[(start - 1)..] : written[start..];
        return new Written(begins, changed || begins.Length != written.Length, unwritable);
    }

    /// <summary>In two parts, the first as many whole words as there is room for; a word that is longer is cut there.</summary>
    public static (string First, string Second) Part(string text, int width)
    {
        if (text.Length <= width) return (text, "");
        var blank = text.LastIndexOf(' ', width);
        return blank > 0 ? (text[..blank], text[(blank + 1)..]) : (text[..width], text[width..]);
    }
}
