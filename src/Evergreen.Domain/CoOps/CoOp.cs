using Evergreen.Domain.Periods;

namespace Evergreen.Domain.CoOps;

/// <summary>The law under which a co-op distributes its surplus.</summary>
public enum TaxRegime
{
    /// <summary>United States: corporation operating on a cooperative basis, 26 USC 1381(a)(2).</summary>
    SubchapterT = 1,

    /// <summary>United Kingdom: society registered under the 2014 Act.</summary>
    UkRegisteredSociety = 2,
}

/// <summary>Which date of a pay period puts its hours into a fiscal year: one choice for a co-op, fixed before the year starts.</summary>
public enum HoursDating
{
    PeriodEnd = 1,
    PaidOn = 2,
}

/// <summary>One co-operative: its members, its books, its rules. Each has its own ledger in one currency.</summary>
public sealed class CoOp
{
    public int Id { get; init; }

    /// <summary>Short name used on the command line and in addresses: lower-case letters, digits and hyphens.</summary>
    public required string Code { get; init; }
    public required string Name { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>ISO 4217, a currency with two decimals.</summary>
    public required string Currency { get; init; }

    /// <summary>Month with whose last day fiscal years end, 1 to 12.</summary>
    public required int FiscalYearEndMonth { get; init; }
    public required TaxRegime Regime { get; init; }
    public HoursDating HoursDatedBy { get; init; } = HoursDating.PeriodEnd;
    public required DateTime CreatedAt { get; init; }

    /// <summary>The zone in which its days begin, such as <c>America/Chicago</c> (IANA); null for that of the machine.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Tag of the language in which members are spoken to who have none of their own, such as <c>es</c>; null for English. With the country it makes the locale.</summary>
    public string? Language { get; set; }

    /// <summary>A sample, put here at the set-up: with it the site is a demo for ever.</summary>
    public bool IsSample { get; set; }

    /// <summary>Lines of the postal address, separated by line feeds.</summary>
    public string Address { get; set; } = "";
    public string ContactName { get; set; } = "";
    public string ContactEmail { get; set; } = "";
    public string ContactPhone { get; set; } = "";

    /// <summary>Six hexadecimal digits after a number sign.</summary>
    public string BrandColour { get; set; } = "#1F5F4A";

    /// <summary>The logo as it was given: a PNG, or an SVG of plain shapes.</summary>
    public byte[]? LogoPng { get; set; }

    /// <summary>When and how retained amounts are redeemed, in the co-op's own words; printed on each statement.</summary>
    public string RedemptionSentence { get; set; } = "";

    /// <summary>For how many years after the end of a fiscal year its records of persons are kept.</summary>
    public int RetentionYears { get; set; } = DefaultRetentionYears;

    /// <remarks>Longer than the six years that UK companies law and HMRC ask for, and than the IRS's usual periods of limitation.</remarks>
    public const int DefaultRetentionYears = 7;

    /// <summary>Whether members may sign in by a link that is mailed to them, in place of the password.</summary>
    public bool SignInByMail { get; set; }

    /// <summary>For how many days a member's own change of bank details waits before a payment may use it.</summary>
    public int BankHoldDays { get; set; } = DefaultBankHoldDays;

    /// <remarks>A week: long enough for a letter or a mail to be read, short enough not to miss a payment.</remarks>
    public const int DefaultBankHoldDays = 7;

    /// <summary>What one person may hold of its withdrawable shares by the society's own rules, in cents; null where they say nothing and the law's limit is all there is.</summary>
    public long? WithdrawableLimitCents { get; set; }

    public FiscalYear Year(int year) => FiscalYear.Named(year, FiscalYearEndMonth);
    public FiscalYear YearOf(DateOnly date) => FiscalYear.Containing(date, FiscalYearEndMonth);
}
