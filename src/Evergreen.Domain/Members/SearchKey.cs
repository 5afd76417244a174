using System.Globalization;
using System.Text;

namespace Evergreen.Domain.Members;

/// <summary>The form in which texts are compared when someone searches: small letters without accents.</summary>
public static class SearchKey
{
    /// <summary>In characters; longer keys are cut off.</summary>
    public const int Longest = 400;

    /// <summary>The parts in one text, a line feed between them; the first part stands first, so that keys order by it.</summary>
    public static string Of(params ReadOnlySpan<string?> parts)
    {
        var key = new StringBuilder();
        foreach (var part in parts)
        {
            if (part is null) continue;
            if (key.Length > 0) key.Append('\n');
            key.Append(Fold(part));
        }
        return key.Length <= Longest ? key.ToString() : key.ToString(0, Longest);
    }

    /// <summary>The words of what someone typed, each to be found somewhere in a key; eight at most.</summary>
    public static IReadOnlyList<string> Words(string typed) => [.. Fold(typed).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(8)];

    public static string Fold(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var letters = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) letters.Append(char.ToLowerInvariant(c));
        return letters.ToString().Normalize(NormalizationForm.FormC);
    }
}
