using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Tax;

/// <summary>The forms of a calendar year were handed to the members, or those of them that have changed since. Never changed.</summary>
public sealed class TaxFormRelease
{
    public required int CoOpId { get; init; }
    public required int CalendarYear { get; init; }

    /// <summary>1, 2, 3 … within the co-op and year: from the second on, corrections and forms that came late.</summary>
    public required int Number { get; init; }

    /// <summary>The co-op's own number as the forms show it: <c>12-3456789</c>.</summary>
    public required string PayerTaxId { get; init; }

    /// <summary>The day that stands on the forms.</summary>
    public required DateOnly On { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }
}

/// <summary>One record's form in one release. The newest of a year is the one that holds; it may be all zero, where nothing was to be reported after all.</summary>
public sealed class TaxForm
{
    public required int CoOpId { get; init; }
    public required int CalendarYear { get; init; }
    public required int MemberId { get; init; }
    public required int Number { get; init; }

    /// <summary>Box 1.</summary>
    public required long DividendsCents { get; init; }

    /// <summary>Box 4.</summary>
    public required long WithheldCents { get; init; }

    /// <summary>Box 5.</summary>
    public required long RedeemedCents { get; init; }

    public PatronageBoxes Boxes => new(new Money(DividendsCents), new Money(WithheldCents), new Money(RedeemedCents));
}

/// <summary>A member of whom nothing is reported, such as a corporation. While the row is there it holds; who set it and took it away is in the audit.</summary>
public sealed class ExemptRecipient
{
    public required int MemberId { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }
}
