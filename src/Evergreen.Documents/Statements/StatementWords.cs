using System.Globalization;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Statements;

namespace Evergreen.Documents.Statements;

/// <summary>The words of a statement in one country: the same facts are a patronage dividend here and a divi there.</summary>
internal sealed record StatementWords
{
    public required string Language { get; init; }
    public required string Title { get; init; }
    public required string Dividend { get; init; }
    public required string DateForm { get; init; }
    public required string FiscalYear { get; init; }
    public required string Kept { get; init; }
    public required string KeptKey { get; init; }
    public required IReadOnlyDictionary<StakeKind, string> Kinds { get; init; }

    public string Date(DateOnly date) => date.ToString(DateForm, CultureInfo.InvariantCulture);

    public static StatementWords Of(StatementCountry country) => country == StatementCountry.UnitedKingdom ? UnitedKingdom : UnitedStates;

    /// <summary>An amount with its currency: a symbol where one is known to every member, else the ISO code.</summary>
    public static string Amount(Money amount, string currency)
    {
        var symbol = currency switch { "USD" => "$", "GBP" => "\u00A3", "EUR" => "\u20AC", _ => currency + " " };
        return $"{(amount.IsNegative ? "\u2212" : "")}{symbol}{amount.Abs().ToGroupedString()}";
    }

    private static readonly StatementWords UnitedStates = new()
    {
        Language = "en-US",
        Title = "Member statement and notice of allocation",
        Dividend = "dividend",
        DateForm = "MMMM d, yyyy",
        FiscalYear = "Fiscal year",
        Kept = "Kept in your account",
        KeptKey = "Dividends kept",
        Kinds = new Dictionary<StakeKind, string>
        {
            [StakeKind.MembershipShare] = "Membership share",
            [StakeKind.PreferredShare] = "Preferred shares",
            [StakeKind.QualifiedNotice] = "Qualified notice",
            [StakeKind.NonqualifiedNotice] = "Nonqualified notice",
            [StakeKind.Interest] = "Interest",
        },
    };

    private static readonly StatementWords UnitedKingdom = new()
    {
        Language = "en-GB",
        Title = "Member statement",
        Dividend = "divi",
        DateForm = "d MMMM yyyy",
        FiscalYear = "Society\u2019s year",
        Kept = "Added to your shares",
        KeptKey = "Divi kept",
        Kinds = new Dictionary<StakeKind, string>
        {
            [StakeKind.MembershipShare] = "Membership share",
            [StakeKind.PreferredShare] = "Withdrawable shares",
            [StakeKind.QualifiedNotice] = "Divi kept",
            [StakeKind.NonqualifiedNotice] = "Divi kept",
            [StakeKind.Interest] = "Share interest",
        },
    };
}
