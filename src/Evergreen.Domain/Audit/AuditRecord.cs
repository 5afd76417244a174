namespace Evergreen.Domain.Audit;

/// <summary>Who did what, when, and why. Inserted, never changed.</summary>
public sealed class AuditRecord
{
    public long Id { get; init; }
    public int? CoOpId { get; init; }

    /// <summary>UTC, whole milliseconds.</summary>
    public required DateTime At { get; init; }

    /// <summary>Who acted: a member or an account by its number (<c>member 1001</c>, <c>sign-in 17</c>), whoever acts for the office or at the command line by name. What is read from the books is set to the account's mail address before it is shown.</summary>
    public required string By { get; set; }

    /// <summary>The verb, e.g. <c>dividends.post</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>What it touched, e.g. <c>run 2025-1</c>. Never a name, tax number or bank detail.</summary>
    public required string Subject { get; init; }
    public string? Detail { get; init; }

    /// <summary>From where it was asked for: <c>command line</c>, <c>job 12</c>, or the digest of a network address (<see cref="AuditAddress"/>), which is set to the address before it is shown; null in records from before this was kept.</summary>
    public string? From { get; set; }

    /// <summary>1, 2, 3 … without gaps within its chain: one of each co-op, and one of what belongs to none. Null in records from before there was a chain, which its first seal covers.</summary>
    public long? Number { get; set; }

    /// <summary>SHA-256 of the hash before and this record's canonical form; see <see cref="AuditChain"/>.</summary>
    public byte[]? Hash { get; set; }
}
