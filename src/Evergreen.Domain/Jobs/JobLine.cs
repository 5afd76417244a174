namespace Evergreen.Domain.Jobs;

/// <summary>A line of a job's log. Inserted, never changed.</summary>
public sealed class JobLine
{
    public required int JobId { get; init; }

    /// <summary>1, 2, 3 … within the job.</summary>
    public required int No { get; init; }
    public required DateTime At { get; init; }

    /// <summary>One sentence. Never a name, tax number or bank detail.</summary>
    public required string Text { get; init; }
}
