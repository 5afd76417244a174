using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Tax;

/// <summary>The files for the IRS were made of a calendar year's released forms. What is in them is not kept: made again from the same forms they have the same bytes.</summary>
public sealed class TaxFiling
{
    public required int CoOpId { get; init; }
    public required int CalendarYear { get; init; }

    /// <summary>1, 2, 3 … within the co-op and year. Until one was sent, the newest takes the place of those before.</summary>
    public required int Number { get; init; }

    /// <summary>The last release whose forms are in it.</summary>
    public required int Release { get; init; }

    /// <summary>The co-op's own number as the forms show it: <c>12-3456789</c>.</summary>
    public required string PayerTaxId { get; init; }
    public required int Forms { get; init; }
    public required int Files { get; init; }

    /// <summary>Box 1 of all forms.</summary>
    public required long DividendsCents { get; init; }

    /// <summary>Box 4 of all forms.</summary>
    public required long WithheldCents { get; init; }

    /// <summary>Box 5 of all forms.</summary>
    public required long RedeemedCents { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }

    public PatronageBoxes Boxes => new(new Money(DividendsCents), new Money(WithheldCents), new Money(RedeemedCents));
}

/// <summary>One file of a filing.</summary>
public sealed class TaxFilingFile
{
    public required int CoOpId { get; init; }
    public required int CalendarYear { get; init; }
    public required int Number { get; init; }

    /// <summary>1, 2, 3 … within the filing.</summary>
    public required int No { get; init; }
    public required int Forms { get; init; }
    public required string Sha256 { get; init; }
}

/// <summary>A filing reached the IRS. One row a calendar year: a second is refused by the key.</summary>
public sealed class TaxFilingSent
{
    public required int CoOpId { get; init; }
    public required int CalendarYear { get; init; }
    public required int Number { get; init; }

    /// <summary>What the portal answered, one receipt a file, in their order, with a blank between.</summary>
    public required string Receipts { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }
}
