using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>What became of a file: every row accounted for, every problem counted. Kept with the import for ever.</summary>
public sealed record ImportReport
{
    public required ImportKind Kind { get; init; }
    public required string CoOp { get; init; }
    public required string Source { get; init; }
    public required string Profile { get; init; }
    public required string FileName { get; init; }
    public required string Sha256 { get; init; }

    /// <summary>What people call the import; null where nothing was kept.</summary>
    public int? Number { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }

    /// <summary>The rows are in the books.</summary>
    public bool Committed { get; init; }

    /// <summary>The same bytes were imported before, as import <see cref="Number"/>, <see cref="At"/> that moment; nothing changed now.</summary>
    public bool AlreadyImported { get; init; }

    /// <summary>Why nothing was kept (or, for a check, would be); null where nothing stands in the way.</summary>
    public Refusal? NotTaken { get; init; }

    /// <summary>Accepted + rejected + held + skipped + blank rows are the rows in the file.</summary>
    public required ControlTotals Totals { get; init; }

    /// <summary>Physical lines of the file, header included; zero for workbooks read by row.</summary>
    public long Lines { get; init; }

    /// <summary>Sum of the main column (amount; hours) over all rows but the rejected ones; null for members.</summary>
    public Money? Total { get; init; }

    /// <summary>The import that this one was set beside; null for the first of a kind, and in a report shown again.</summary>
    public ImportBefore? Before { get; init; }

    /// <summary>What looks wrong beside the last import of this kind.</summary>
    public IReadOnlyList<Problem> TotalsWarnings { get; init; } = [];
    public long Errors { get; init; }
    public long Warnings { get; init; }
    public IReadOnlyList<ProblemGroup> ProblemGroups { get; init; } = [];

    /// <summary>The first problems, in the order of the file.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>Columns of the file that were not read.</summary>
    public IReadOnlyList<string> UnreadColumns { get; init; } = [];

    /// <summary>Departments, kinds of hours and classes that came into being.</summary>
    public IReadOnlyList<string> Created { get; init; } = [];

    /// <summary>The accepted rows by fiscal year.</summary>
    public IReadOnlyList<YearPart> Years { get; init; } = [];

    /// <summary>Member numbers that are not in the register, with what is held for them; the first hundred by number.</summary>
    public IReadOnlyList<UnknownMember> UnknownMembers { get; init; } = [];

    /// <summary>Members only: how many are new, changed and as they were.</summary>
    public MemberCounts? Members { get; init; }

    public const int MostChanges = 1_000;

    /// <summary>Members only: changed fields, secrets masked; the first <see cref="MostChanges"/>.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];
}

/// <param name="Total">Sum of the main column.</param>
public sealed record YearPart(int FiscalYear, long Rows, Money Total);

public sealed record UnknownMember(string Number, long Rows, Money Total);

public sealed record MemberCounts(long New, long Changed, long Unchanged);

/// <param name="Before">What stood there; null where nothing did. Masked where the field is secret.</param>
public sealed record FieldChange(string MemberNumber, string Field, string? Before, string? After);
