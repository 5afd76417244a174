using System.Numerics;

namespace Evergreen.Domain.Members;

/// <summary>The forms and check digits of numbers by which banks and tax offices know a member.</summary>
public static class BankNumber
{
    /// <summary>Nine digits whose sum weighted 3, 7, 1 is a multiple of ten.</summary>
    /// <remarks>ABA routing transit number.</remarks>
    public static bool IsAchRouting(string text)
    {
        if (!IsDigits(text, 9)) return false;
        var sum = 0;
        for (var i = 0; i < 9; i++) sum += (text[i] - '0') * (i % 3) switch { 0 => 3, 1 => 7, _ => 1 };
        return sum % 10 == 0 && sum > 0;
    }

    /// <summary>One to seventeen printable characters without blanks.</summary>
    public static bool IsAchAccount(string text) => text.Length is >= 1 and <= 17 && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>Six digits, with or without hyphens.</summary>
    public static bool IsSortCode(string text) => IsDigits(Plain(text), 6);
    public static bool IsBacsAccount(string text) => IsDigits(text, 8);

    /// <summary>15 to 34 letters and digits, country first, whose remainder by 97 is one.</summary>
    /// <remarks>ISO 13616; ISO 7064 MOD 97-10.</remarks>
    public static bool IsIban(string text)
    {
        text = Plain(text);
        if (text.Length is < 15 or > 34 || !text.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiLetterUpper(text[0]) || !char.IsAsciiLetterUpper(text[1]) || text.Any(char.IsAsciiLetterLower)) return false;
        if (!char.IsAsciiDigit(text[2]) || !char.IsAsciiDigit(text[3])) return false;
        var remainder = BigInteger.Zero;
        foreach (var c in text[4..] + text[..4])
            remainder = char.IsAsciiDigit(c) ? (remainder * 10 + (c - '0')) % 97 : (remainder * 100 + (c - 'A' + 10)) % 97;
        return remainder.IsOne;
    }

    /// <summary>Eight or eleven letters and digits.</summary>
    public static bool IsBic(string text) => text.Length is 8 or 11 && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) && text[..6].All(char.IsAsciiLetterUpper);

    /// <summary>Nine digits, with or without hyphens: a social security, employer or individual taxpayer number.</summary>
    public static bool IsTaxId(string text) => IsDigits(text.Replace("-", "", StringComparison.Ordinal), 9);

    /// <summary>Without the blanks and hyphens that people write for reading.</summary>
    public static string Plain(string text) => text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static bool IsDigits(string text, int count) => text.Length == count && text.All(char.IsAsciiDigit);
}
