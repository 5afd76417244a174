using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Dividends;

/// <summary>The books of a year were closed: who, when, with what result. From then on no entry may bear a date in that year.</summary>
public sealed class YearClosing
{
    public required int CoOpId { get; init; }
    public required int FiscalYear { get; init; }
    public required DateOnly StartsOn { get; init; }
    public required DateOnly EndsOn { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }

    /// <summary>Before income tax, in the basis that the bylaws name.</summary>
    public required long NetIncomeCents { get; init; }

    /// <summary>SHA-256 of the figures file, lower-case hexadecimal.</summary>
    public required string FiguresSha256 { get; init; }
}

/// <summary>One line of the year-end figures.</summary>
public sealed class SurplusLine
{
    public required int CoOpId { get; init; }
    public required int FiscalYear { get; init; }
    public required int No { get; init; }
    public required string Line { get; init; }

    /// <summary>Negative for costs and losses.</summary>
    public required long AmountCents { get; init; }

    /// <summary>Whether the line comes from business with patrons.</summary>
    public required bool FromPatronage { get; init; }

    /// <summary>Code of the pool that earned it, where the co-op has several.</summary>
    public string? Pool { get; init; }

    /// <summary>Why a non-patronage line is sourced so. A run is not approved while one is missing.</summary>
    public string? Reason { get; set; }
    public Money Amount => new(AmountCents);
}

/// <summary>A dividend policy as adopted for a year: the JSON document, never changed; a new one is a new version.</summary>
public sealed class PolicyVersion
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required int FiscalYear { get; init; }

    /// <summary>1, 2, 3 … within the co-op and year.</summary>
    public required int Version { get; init; }
    public required string Json { get; init; }
    public required string Sha256 { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
}
