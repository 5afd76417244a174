namespace Evergreen.Domain.Statements;

public enum StatementDeliveryWay
{
    /// <summary>In a file for printing and posting.</summary>
    Printed = 1,

    /// <summary>A mail said that it can be read; its own record says whether it was sent.</summary>
    Mailed = 2,

    /// <summary>Opened as a PDF.</summary>
    Downloaded = 3,
}

/// <summary>A fact: a member's statement of a run went out this way. Inserted, never changed.</summary>
public sealed class StatementDelivery
{
    public long Id { get; init; }
    public required int RunId { get; init; }
    public required int MemberId { get; init; }
    public required StatementDeliveryWay Way { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }

    /// <summary>What makes it one of a kind for this run and member, e.g. <c>job 12</c>: the same is recorded once.</summary>
    public required string Reference { get; init; }
}
