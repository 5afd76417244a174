namespace Evergreen.Benchmarks.Measuring;

/// <summary>One row of the table.</summary>
/// <param name="Seconds">Evergreen's time: the middle one of the rounds.</param>
/// <param name="LimitSeconds">That of what it stands beside.</param>
/// <param name="Ratio">As the requirement has it: above one is fast for rates, slow for times.</param>
/// <param name="AtLeast">Whether the ratio must reach the required one or stay below it.</param>
internal sealed record Finding(string Step, int Members, double Seconds, double LimitSeconds, double Ratio, double Required, bool AtLeast, long PeakMegabytes, string Note = "")
{
    public const long MostMegabytes = 300;

    /// <summary>Whether the memory counts: that of a step of the year does, that of a site with 64 people at once is only told.</summary>
    public bool MemoryCounts { get; init; } = true;

    /// <summary>Whether anything stands beside it; otherwise its memory counts alone.</summary>
    public bool IsCompared => Required > 0;

    public bool RatioPasses => AtLeast ? Ratio >= Required : Ratio <= Required;
    public bool MemoryPasses => !MemoryCounts || PeakMegabytes <= MostMegabytes;
    public bool Passes => RatioPasses && MemoryPasses;
}
