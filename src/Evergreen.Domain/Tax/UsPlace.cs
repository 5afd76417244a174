namespace Evergreen.Domain.Tax;

/// <summary>Addresses and telephone numbers of the United States in the form in which they are filed.</summary>
public static class UsPlace
{
    /// <summary>The postal service's codes, with the armed forces and the freely associated states.</summary>
    private static readonly Dictionary<string, string> States = Pairs(
        "AL=ALABAMA|AK=ALASKA|AZ=ARIZONA|AR=ARKANSAS|CA=CALIFORNIA|CO=COLORADO|CT=CONNECTICUT|DE=DELAWARE|DC=DISTRICT OF COLUMBIA|FL=FLORIDA|GA=GEORGIA|HI=HAWAII|ID=IDAHO|IL=ILLINOIS|IN=INDIANA|IA=IOWA|KS=KANSAS|" +
        "KY=KENTUCKY|LA=LOUISIANA|ME=MAINE|MD=MARYLAND|MA=MASSACHUSETTS|MI=MICHIGAN|MN=MINNESOTA|MS=MISSISSIPPI|MO=MISSOURI|MT=MONTANA|NE=NEBRASKA|NV=NEVADA|NH=NEW HAMPSHIRE|NJ=NEW JERSEY|NM=NEW MEXICO|NY=NEW YORK|" +
        "NC=NORTH CAROLINA|ND=NORTH DAKOTA|OH=OHIO|OK=OKLAHOMA|OR=OREGON|PA=PENNSYLVANIA|RI=RHODE ISLAND|SC=SOUTH CAROLINA|SD=SOUTH DAKOTA|TN=TENNESSEE|TX=TEXAS|UT=UTAH|VT=VERMONT|VA=VIRGINIA|WA=WASHINGTON|WV=WEST VIRGINIA|" +
        "WI=WISCONSIN|WY=WYOMING|AS=AMERICAN SAMOA|GU=GUAM|MP=NORTHERN MARIANA ISLANDS|PR=PUERTO RICO|VI=VIRGIN ISLANDS|FM=MICRONESIA|MH=MARSHALL ISLANDS|PW=PALAU|AA=ARMED FORCES AMERICAS|AE=ARMED FORCES EUROPE|AP=ARMED FORCES PACIFIC");

    private static readonly HashSet<string> Codes = [.. States.Values];
    private static readonly HashSet<string> Countries = ["US", "USA", "UNITED STATES", "UNITED STATES OF AMERICA"];

    public readonly record struct Town(string City, string State, string Zip);

    /// <param name="text">A code or the state's name.</param>
    /// <returns>The code; null where there is no such state.</returns>
    public static string? State(string? text)
    {
        var capitals = (text ?? "").Trim().TrimEnd('.').ToUpperInvariant();
        return Codes.Contains(capitals) ? capitals : States.GetValueOrDefault(capitals);
    }

    /// <returns>Five or nine digits; null where it is no ZIP code.</returns>
    public static string? Zip(string? text)
    {
        var trimmed = (text ?? "").Trim();
        var digits = trimmed.Length == 10 && trimmed[5] is '-' or ' ' ? trimmed.Remove(5, 1) : trimmed;
        return digits.Length is 5 or 9 && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    /// <returns>Ten digits; null where it is no number of North America.</returns>
    public static string? Phone(string text)
    {
        if (text.Any(sign => !char.IsAsciiDigit(sign) && sign is not (' ' or '-' or '.' or '(' or ')' or '/' or '+' or '\u00A0'))) return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length == 11 && digits[0] == '1') digits = digits[1..];
        return digits.Length == 10 && digits[0] is >= '2' ? digits : null;
    }

    public static bool IsHere(string line) => Countries.Contains(line.Replace(".", "", StringComparison.Ordinal).Trim().ToUpperInvariant());

    /// <summary>The last line of an address, such as <c>Galesburg, IL 61401</c>.</summary>
    public static bool TryTown(string line, out Town town)
    {
        town = default;
        var words = line.Replace(',', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || Zip(words[^1]) is not { } zip) return false;
        // The longest name first: West Virginia is not Virginia.
        for (var take = Math.Min(3, words.Length - 2); take >= 1; take--)
        {
            if (State(string.Join(' ', words[^(take + 1)..^1])) is not { } state) continue;
            town = new Town(string.Join(' ', words[..^(take + 1)]), state, zip);
            return true;
        }
        return false;
    }

    private static Dictionary<string, string> Pairs(string list) => list.Split('|').ToDictionary(pair => pair[3..], pair => pair[..2], StringComparer.Ordinal);
}
