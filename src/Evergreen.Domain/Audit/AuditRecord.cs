namespace Evergreen.Domain.Audit;

/// <summary>Who did what, when, and why. Inserted, never changed.</summary>
public sealed class AuditRecord
{
    public long Id { get; init; }
    public int? CoOpId { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }

    /// <summary>The verb, e.g. <c>dividends.post</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>What it touched, e.g. <c>run 2025-1</c>. Never a name, tax number or bank detail.</summary>
    public required string Subject { get; init; }
    public string? Detail { get; init; }

    /// <summary>From where it was asked for: a network address, <c>command line</c>, <c>job 12</c>; null in records from before this was kept.</summary>
    public string? From { get; init; }
}
