namespace Evergreen.Domain.Jobs;

public enum JobState
{
    Queued = 1,
    Running = 2,
    Done = 3,
    Failed = 4,
    Cancelled = 5,
}

/// <summary>A piece of long work that outlives the request that asked for it: who asked for what, how far it is, and how it ended.</summary>
/// <remarks>
/// Whoever works on it holds a lease for a while and a fence, a number that grows each time the work changes hands. What bears an older fence is refused, so that
/// a worker that was frozen and wakes up can do no harm to the one that took over.
/// </remarks>
public sealed class Job
{
    public int Id { get; init; }
    public int? CoOpId { get; init; }

    /// <summary>What is to be done, e.g. <c>statements.issue</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, e.g. <c>run 2025-1</c>. Never a name, tax number or bank detail.</summary>
    public required string Subject { get; init; }

    /// <summary>Made by whoever asks; the same key of the same kind is the same job.</summary>
    public required string OnceKey { get; init; }

    /// <summary>What was asked for, as JSON in the form of the kind.</summary>
    public required string RequestJson { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }

    public JobState State { get; init; } = JobState.Queued;

    /// <summary>What it is at, in a word or two; empty before it begins.</summary>
    public string Stage { get; init; } = "";

    /// <summary>Of <see cref="Total"/>, in the stage's own unit.</summary>
    public int Done { get; init; }

    /// <summary>Zero where nobody knows.</summary>
    public int Total { get; init; }

    /// <summary>When the stage began, from which rate and time left are reckoned.</summary>
    public DateTime? StageAt { get; init; }

    /// <summary>Who works on it; null where nobody does.</summary>
    public string? Owner { get; init; }

    /// <summary>After this moment anyone may take it over.</summary>
    public DateTime? LeaseUntil { get; init; }

    /// <summary>Grows each time the job is taken, given back or ended.</summary>
    public long Fence { get; init; }

    /// <summary>How often it was begun without being given back in order.</summary>
    public int Tries { get; init; }

    /// <summary>Grows with every change that a person watching would see.</summary>
    public long Version { get; init; }

    public DateTime? CancelAskedAt { get; init; }
    public string? CancelAskedBy { get; init; }
    public DateTime? StartedAt { get; init; }
    public DateTime? EndedAt { get; init; }

    /// <summary>What came of it: a sentence, and what it left behind. There before the end where it was committed with the work.</summary>
    public string? ResultJson { get; init; }
    public string? RefusalCode { get; init; }
    public string? RefusalSentence { get; init; }

    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}
