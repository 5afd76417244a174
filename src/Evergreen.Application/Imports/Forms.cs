namespace Evergreen.Application.Imports;

/// <summary>The order in which a source writes the parts of a date. It holds for the whole file; nothing is guessed field by field.</summary>
public enum DateOrder
{
    /// <summary>2026-06-30</summary>
    YearFirst,

    /// <summary>6/30/2026</summary>
    MonthFirst,

    /// <summary>30/6/2026, 30.6.2026</summary>
    DayFirst,
}

/// <param name="Zone">The store's time zone; needed only where time stamps carry an offset.</param>
/// <param name="Strict"><c>YYYY-MM-DD</c> and nothing else.</param>
public sealed record DateForm(DateOrder Order, TimeZoneInfo? Zone = null, bool Strict = false)
{
    public static readonly DateForm Canonical = new(DateOrder.YearFirst, Strict: true);
}

/// <summary>How a source writes numbers. What is not named here is an error, never repaired.</summary>
/// <param name="Thousands">Removed only between well-formed groups of three.</param>
/// <param name="Symbol">The one currency symbol that is removed, before or after the sign or behind the number.</param>
/// <param name="Parentheses"><c>(3.00)</c> is negative.</param>
/// <param name="TrailingMinus"><c>3.00-</c> is negative.</param>
/// <param name="Reversed">The source's sign is the opposite of ours.</param>
public sealed record NumberForm(char Decimal = '.', char? Thousands = null, string? Symbol = null, bool Parentheses = false, bool TrailingMinus = false, bool Reversed = false)
{
    public static readonly NumberForm Canonical = new();
}
