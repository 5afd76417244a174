namespace Evergreen.Domain.Members;

/// <summary>A dated fact: on this day the member came into the household of a primary owner, or left the one it was in.</summary>
public sealed class HouseholdChange
{
    public long Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required DateOnly On { get; init; }

    /// <summary>The primary owner; null on leaving.</summary>
    public int? OwnerId { get; init; }
    public required DateTime RecordedAt { get; init; }
    public required string By { get; init; }
}
