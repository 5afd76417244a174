using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Patronage;

/// <summary>What patronage is measured in.</summary>
public enum Measure
{
    /// <summary>Cents, net of returns and discounts.</summary>
    Purchases = 1,

    /// <summary>Hundredths of an hour.</summary>
    Hours = 2,

    /// <summary>Cents.</summary>
    Wages = 3,

    /// <summary>Hundredths of the co-op's unit: litres, kilograms, crates.</summary>
    Volume = 4,
}

/// <summary>What a row itself says of its eligibility.</summary>
public enum RowEligibility
{
    /// <summary>The department's rule decides.</summary>
    ByDepartment = 0,
    Eligible = 1,
    NotEligible = 2,
}

/// <summary>A department of the shop or a kind of hours: what rules of eligibility speak of.</summary>
public sealed class PatronageCategory
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required Measure Measure { get; init; }
    public required string Code { get; init; }

    /// <summary>What people call it; empty where its code says enough.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the office has written down about it, for example why it does not count.</summary>
    public string Note { get; set; } = "";
}

/// <summary>One receipt, or one receipt and department.</summary>
public sealed class Purchase
{
    public required int SourceId { get; init; }

    /// <summary>The till's receipt id; unique within the source.</summary>
    public required string SourceRef { get; init; }
    public required int CoOpId { get; init; }

    /// <summary>Null for non-member business.</summary>
    public int? MemberId { get; init; }

    /// <summary>Local date of the store.</summary>
    public required DateOnly On { get; init; }
    public required long AmountCents { get; init; }

    /// <summary>Hundredths of a unit delivered or taken, where the co-op measures volume.</summary>
    public long? VolumeHundredths { get; init; }

    /// <summary>Zero where the row names no department.</summary>
    public required int CategoryId { get; init; }
    public required RowEligibility Eligibility { get; init; }
    public string? Store { get; init; }
    public required int ImportId { get; init; }
    public required long Row { get; init; }
    public Money Amount => new(AmountCents);
}

/// <summary>Hours of a member on a day or in a pay period.</summary>
public sealed class HoursWorked
{
    public required int SourceId { get; init; }
    public required string SourceRef { get; init; }
    public required int CoOpId { get; init; }

    /// <summary>Null for non-member labour.</summary>
    public int? MemberId { get; init; }

    /// <summary>The date that puts the hours into a fiscal year: the day worked, or the end of the pay period, or the check date.</summary>
    public required DateOnly On { get; init; }
    public DateOnly? PeriodStart { get; init; }
    public DateOnly? PeriodEnd { get; init; }
    public DateOnly? PaidOn { get; init; }
    public required long HoursHundredths { get; init; }
    public long? WagesCents { get; init; }
    public required int CategoryId { get; init; }
    public required int ImportId { get; init; }
    public required long Row { get; init; }
    public Hours Hours => new(HoursHundredths);
}

/// <summary>The sum of a member's rows of one year, measure, category and eligibility, kept at import so that a run follows members and not rows.</summary>
/// <remarks>A cache: <c>evergreen check</c> rebuilds it from the rows and compares.</remarks>
public sealed class PatronageTotal
{
    public required int CoOpId { get; init; }
    public required int FiscalYear { get; init; }

    /// <summary>Zero stands for non-member business.</summary>
    public required int MemberId { get; init; }
    public required Measure Measure { get; init; }
    public required int CategoryId { get; init; }
    public required RowEligibility Eligibility { get; init; }

    /// <summary>Cents or hundredths, as the measure says.</summary>
    public required long Quantity { get; set; }
    public required long Rows { get; set; }
}
