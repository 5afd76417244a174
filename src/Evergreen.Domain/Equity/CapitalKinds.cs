namespace Evergreen.Domain.Equity;

/// <summary>The kinds of a member's capital, as a board names those that it pays back.</summary>
[Flags]
public enum CapitalKinds
{
    None = 0,

    /// <summary>Qualified notices: the member had the income when they were issued, so paying them back is none. 1.1388-1(a)(2)(iii).</summary>
    Qualified = 1,

    /// <summary>Nonqualified notices: income to the member when they are paid back. 26 USC 1385(c); box 5 of Form 1099-PATR.</summary>
    Nonqualified = 2,
    Preferred = 4,
    Shares = 8,

    /// <summary>Interest that was credited to the member's account.</summary>
    Interest = 16,

    /// <summary>What was kept of dividends, and has a vintage.</summary>
    Notices = Qualified | Nonqualified,
    All = Notices | Preferred | Shares | Interest,
}
