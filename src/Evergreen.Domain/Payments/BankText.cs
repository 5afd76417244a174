using System.Globalization;
using System.Text;

namespace Evergreen.Domain.Payments;

/// <summary>Names in the letters that a bank's file may hold: A to Z, digits and a few signs.</summary>
public static class BankText
{
    /// <summary>Signs that every bank takes.</summary>
    private const string Signs = " .&/-',()";

    /// <summary>Letters that do not fall apart into a plain one and an accent. Cyrillic and Greek by sound, as in a passport.</summary>
    private static readonly Dictionary<char, string> Letters = Pairs(
        "ß=SS Æ=AE Œ=OE Ø=O Ł=L Đ=D Ð=D Þ=TH Ħ=H Ŧ=T ı=I " +
        "А=A Б=B В=V Г=G Ґ=G Д=D Е=E Є=IE Ж=ZH З=Z И=I І=I Ї=I Й=I К=K Л=L М=M Н=N О=O П=P Р=R С=S Т=T У=U Ф=F Х=KH Ц=TS Ч=CH Ш=SH Щ=SHCH Ъ= Ы=Y Ь= Э=E Ю=IU Я=IA Ђ=DJ Ј=J Љ=LJ Њ=NJ Ћ=C Џ=DZ " +
        "Α=A Β=V Γ=G Δ=D Ε=E Ζ=Z Η=I Θ=TH Ι=I Κ=K Λ=L Μ=M Ν=N Ξ=X Ο=O Π=P Ρ=R Σ=S ς=S Τ=T Υ=Y Φ=F Χ=CH Ψ=PS Ω=O");

    /// <summary>In capitals and without accents; what has no such letter is left out, and blanks that come together are one.</summary>
    /// <returns>Possibly empty, where no letter of the name is known.</returns>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        var last = '\0';
        // By runes, because half a letter cannot be normalised.
        foreach (var letter in string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark) continue;
            var capital = char.ToUpperInvariant(letter);
            if (char.IsAsciiLetterUpper(capital) || char.IsAsciiDigit(capital) || Signs.Contains(capital, StringComparison.Ordinal)) plain.Append(capital);
            else if (Sound(letter, last) is { } sound) plain.Append(sound);
            else if (char.IsWhiteSpace(letter) || char.IsPunctuation(letter)) plain.Append(' ');
            last = capital;
        }
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A letter that is none of A to Z by its sound, in capitals.</summary>
    /// <param name="last">The capital before it: the Greek ου is one sound.</param>
    /// <returns>Null where it is not known.</returns>
    internal static string? Sound(char letter, char last)
    {
        var capital = char.ToUpperInvariant(letter);
        return capital == 'Υ' && last == 'Ο' ? "U" : Letters.GetValueOrDefault(capital) ?? Letters.GetValueOrDefault(letter);
    }

    /// <summary>Plain, cut or filled with blanks to the width.</summary>
    public static string Fit(string text, int width) => Left(Plain(text), width);

    /// <summary>Cut or filled with blanks to the width, as it is.</summary>
    public static string Left(string text, int width) => (text.Length > width ? text[..width] : text).PadRight(width);

    private static Dictionary<char, string> Pairs(string list) => list.Split(' ').ToDictionary(pair => pair[0], pair => pair[2..]);
}
