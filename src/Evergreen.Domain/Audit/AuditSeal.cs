namespace Evergreen.Domain.Audit;

/// <summary>How far a chain of audit records had come when a transaction ended. The last one says where the chain ends, so that nothing can be cut off there unseen. Inserted, never changed.</summary>
public sealed class AuditSeal
{
    /// <summary>The co-op's id; 0 for the chain of what belongs to no co-op.</summary>
    public required int Chain { get; init; }

    /// <summary>The number of the last record; 0 for the seal over the records from before there was a chain.</summary>
    public required long Number { get; init; }

    /// <summary>Records written since the seal before.</summary>
    public required long Records { get; init; }

    /// <summary>The hash of the last record.</summary>
    public required byte[] Hash { get; init; }

    public static int ChainOf(int? coOpId) => coOpId ?? 0;
}
