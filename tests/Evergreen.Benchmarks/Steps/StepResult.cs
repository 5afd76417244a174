namespace Evergreen.Benchmarks.Steps;

/// <summary>What a child process reports: the time of the part that counts, and what it was made of.</summary>
/// <param name="Rows">Rows imported, members allocated, statements drawn.</param>
/// <param name="Fingerprint">Of the result, where Evergreen's and the plain program's must be the same.</param>
internal sealed record StepResult(double Seconds, long Rows, string Fingerprint = "", string Parts = "")
{
    /// <summary>Highest resident memory of the process so far.</summary>
    public long PeakMegabytes { get; init; }
    public double CpuSeconds { get; init; }
}
