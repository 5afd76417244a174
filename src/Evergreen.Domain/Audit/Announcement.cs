namespace Evergreen.Domain.Audit;

/// <summary>Something that other programs may be told of, written down with the audit record of its doing.</summary>
public sealed class Announcement
{
    public long Id { get; init; }
    public required int CoOpId { get; init; }
    public required DateTime At { get; init; }

    /// <summary>What happened, e.g. <c>dividend.posted</c>.</summary>
    public required string Type { get; init; }

    /// <summary>To what, e.g. <c>run 2025-1</c>. Never a name, an amount or a number that is secret.</summary>
    public required string Subject { get; init; }

    /// <summary>The how-manieth event of this subject, from 1: by it a receiver puts in order what arrived out of order. Null until it is passed on.</summary>
    public int? Sequence { get; set; }
}
