using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Which passwords are taken: long enough, and not the first that anyone would try. Nothing is asked about capitals, digits or signs.</summary>
public static class PasswordRules
{
    /// <summary>Characters.</summary>
    public const int Shortest = 8, Advised = 15, Longest = 128;

    /// <param name="about">What an acquaintance would try: the person's name and address, the co-op's name.</param>
    /// <returns>Null when the password can be used.</returns>
    public static Refusal? Check(string? password, params IEnumerable<string?> about)
    {
        var length = new System.Globalization.StringInfo(password ?? "").LengthInTextElements;
        if (length < Shortest) return Refusals.PasswordShort(Shortest, Advised);
        if (password!.Length > Longest) return Refusals.PasswordLong(Longest);
        var words = about.OfType<string>().SelectMany(text => text.Split([' ', '@', '.', '-', '_', ','], StringSplitOptions.RemoveEmptyEntries).Append(text.Replace(" ", "", StringComparison.Ordinal)));
        if (CommonPasswords.IsOneOf(password, words.Where(word => word.Length >= 3))) return Refusals.PasswordPersonal();
        return CommonPasswords.IsCommon(password) ? Refusals.PasswordCommon() : null;
    }
}
