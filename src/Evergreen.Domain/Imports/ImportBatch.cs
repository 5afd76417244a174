namespace Evergreen.Domain.Imports;

public enum ImportKind
{
    Members = 1,
    Hours = 2,
    Purchases = 3,
    Equity = 4,
}

/// <summary>One file that was taken in: where it came from, what it held, who took it in. It stays for ever, also when the import is withdrawn.</summary>
public sealed class ImportBatch
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required ImportKind Kind { get; init; }

    /// <summary>1, 2, 3 … within the co-op; what people call the import.</summary>
    public required int Number { get; init; }
    public required int SourceId { get; init; }
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file's bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
    public required string Profile { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
    public required long Accepted { get; set; }
    public required long Rejected { get; set; }
    public required long Held { get; set; }
    public required long Skipped { get; set; }
    public required long Blank { get; set; }

    /// <summary>Control totals as JSON, compared with the next import of this kind.</summary>
    public required string TotalsJson { get; set; }
    public DateTime? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }
    public string? WithdrawnReason { get; set; }
}

/// <summary>Where rows come from: a till, a payroll system. Source ids are unique within it, and its column mapping is remembered.</summary>
public sealed class ImportSource
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required ImportKind Kind { get; init; }
    public required string Name { get; init; }
    public string? MappingJson { get; set; }
}

/// <summary>A row whose member number is not in the register: held until a person matches it to a member or declares it non-member business.</summary>
public sealed class HeldRow
{
    public long Id { get; init; }
    public required int CoOpId { get; init; }
    public required int ImportId { get; init; }
    public required ImportKind Kind { get; init; }
    public required long Row { get; init; }
    public required int SourceId { get; init; }
    public required string SourceRef { get; init; }
    public required string MemberNumber { get; init; }
    public required DateOnly On { get; init; }

    /// <summary>Cents of a purchase, hundredths of hours worked.</summary>
    public required long Quantity { get; init; }

    /// <summary>The checked row as JSON, from which the real row is made when it is resolved.</summary>
    public required string RowJson { get; init; }
    public DateTime? ResolvedAt { get; set; }
    public string? ResolvedBy { get; set; }
    public string? Resolution { get; set; }
}

/// <summary>What a members import changed in a member that was there before: the old record, so that the import can be withdrawn.</summary>
public sealed class MemberBeforeImport
{
    public required int ImportId { get; init; }
    public required int MemberId { get; init; }
    public required string BeforeJson { get; init; }
}
