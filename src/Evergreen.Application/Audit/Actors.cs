using System.Globalization;

namespace Evergreen.Application.Audit;

/// <summary>How the books name those who act: members and accounts by their numbers, which name nobody once the person is erased.</summary>
public static class Actors
{
    /// <summary>Between an account and the app that acts for it.</summary>
    public const string By = " by ";

    /// <summary>Someone who showed nobody's password yet.</summary>
    public const string Stranger = "(not signed in)";

    /// <summary>What is shown in place of a network address that was erased.</summary>
    public const string Gone = "an erased address";

    private const string AccountBegins = "sign-in ";

    public static string Account(int userId) => string.Create(CultureInfo.InvariantCulture, $"{AccountBegins}{userId}");

    public static string Member(string number) => $"member {number}";

    /// <returns>The account's number; null where the name is no account's.</returns>
    public static int? AccountIn(string name)
    {
        if (!name.StartsWith(AccountBegins, StringComparison.Ordinal)) return null;
        var end = name.IndexOf(' ', AccountBegins.Length);
        var number = name.AsSpan(AccountBegins.Length, (end < 0 ? name.Length : end) - AccountBegins.Length);
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && name.StartsWith(Account(id), StringComparison.Ordinal) ? id : null;
    }
}
