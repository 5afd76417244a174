namespace Evergreen.Application.Members;

/// <summary>Which member of a co-op an account stands for. An account stands for one member of a co-op at most, and a member has one account at most; links that ended stay on record.</summary>
public sealed class MemberSignIn
{
    public int Id { get; init; }
    public required int UserId { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required DateTime LinkedAt { get; init; }

    /// <summary>How it came about: whose invitation it was.</summary>
    public required string LinkedBy { get; init; }
    public DateTime? EndedAt { get; set; }
    public string? EndedBy { get; set; }
}
