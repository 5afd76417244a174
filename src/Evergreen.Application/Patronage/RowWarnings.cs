using System.Globalization;
using Evergreen.Application.Imports;

namespace Evergreen.Application.Patronage;

/// <summary>What a person should look at in a row that goes in.</summary>
internal static class RowWarnings
{
    public static Fault Straddles(int first, int counted) => new("period-straddles-year-end",
        $"a pay period within one fiscal year; this one begins in {first.ToString(CultureInfo.InvariantCulture)}",
        $"Nothing needs to be done if that is right: the whole row counts in {counted.ToString(CultureInfo.InvariantCulture)}.");

    public static Fault PossiblyTwice(string other) => new("possibly-twice", $"a row that no other row repeats; '{other}' says the same of the same member and day", "Nothing needs to be done if both happened.");
}
