namespace Evergreen.Domain.Statements;

/// <summary>The statements of a run were issued on a day; issuing again prints the same bytes.</summary>
public sealed class StatementIssue
{
    public required int RunId { get; init; }
    public required DateOnly On { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }
}

/// <summary>One member's statement of a run: what was handed out.</summary>
public sealed class StatementCopy
{
    public required int RunId { get; init; }
    public required int MemberId { get; init; }

    /// <summary><c>letter</c> or <c>a4</c>.</summary>
    public required string Paper { get; init; }

    /// <summary>SHA-256 of the PDF, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
    public required int Bytes { get; init; }
}
