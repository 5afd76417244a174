namespace Evergreen.Domain.Members;

/// <summary>What someone in the office wrote down about a member. Inserted, never changed.</summary>
public sealed class MemberNote
{
    public long Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
    public required string Text { get; init; }
}
