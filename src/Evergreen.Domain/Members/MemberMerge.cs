namespace Evergreen.Domain.Members;

/// <summary>Two records were one person: from this moment on the other one is shown under the kept one. Its facts, patronage and entries stay what they were.</summary>
public sealed class MemberMerge
{
    /// <summary>The record that goes on no longer; merged once at most.</summary>
    public required int OtherId { get; init; }
    public required int CoOpId { get; init; }
    public required int KeptId { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
    public required string Reason { get; init; }

    /// <summary>The entry by which the other's balances went to the kept one; null where there were none.</summary>
    public long? TransferSequence { get; init; }
}
