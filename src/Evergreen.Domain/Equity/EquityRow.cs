namespace Evergreen.Domain.Equity;

/// <summary>A row of an equity file that is in the ledger: which source id became which entry, so that the same id never posts twice.</summary>
public sealed class EquityRow
{
    public required int SourceId { get; init; }

    /// <summary>The row's id in its source; unique within the source.</summary>
    public required string SourceRef { get; init; }
    public required int CoOpId { get; init; }
    public required int ImportId { get; init; }

    /// <summary>Line of the file; the entry's item.</summary>
    public required long Row { get; init; }

    /// <summary>The entry's place in the ledger.</summary>
    public required long Sequence { get; init; }
    public required int MemberId { get; init; }
    public required string AccountCode { get; init; }

    /// <summary>The vintage of a notice; null for shares.</summary>
    public int? FiscalYear { get; init; }
    public required DateOnly On { get; init; }

    /// <summary>Negative where an earlier contribution is taken back.</summary>
    public required long AmountCents { get; init; }
}
