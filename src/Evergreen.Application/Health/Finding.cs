namespace Evergreen.Application.Health;

public enum HealthState
{
    Good = 1,

    /// <summary>The work goes on; somebody should see to it.</summary>
    Warning = 2,

    /// <summary>Wrong: somebody must act.</summary>
    Bad = 3,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Code">Names it for machines.</param>
/// <param name="Name">Names it for people.</param>
/// <param name="Measured">What was found, with units; never a password, a name of a person or what is in the books.</param>
/// <param name="ToDo">What helps; null where it is good.</param>
/// <param name="Stops">Where the site cannot work with it: the word that strangers are told, which gives nothing away.</param>
public sealed record Finding(string Code, string Name, HealthState State, string Measured, string? ToDo = null, string? Stops = null);

/// <summary>All that was looked at, in the order in which one would mend it.</summary>
public sealed record HealthReport(IReadOnlyList<Finding> Findings)
{
    public const string Ready = "ready";

    /// <summary>The site works, and something is wrong all the same.</summary>
    public const string Attention = "attention";

    public HealthState State => Findings.Max(finding => finding.State);

    public int Bad => Findings.Count(finding => finding.State == HealthState.Bad);
    public int Warnings => Findings.Count(finding => finding.State == HealthState.Warning);

    /// <summary>All of it in one word, for those who may know no more.</summary>
    public string Word => Findings.FirstOrDefault(finding => finding.Stops is not null)?.Stops ?? (Bad > 0 ? Attention : Ready);

    /// <summary>All of it in one sentence.</summary>
    public string Sentence => (Bad, Warnings) switch
    {
        (0, 0) => "All is well.",
        (0, _) => $"The site works; {Things(Warnings)} should be seen to.",
        (_, 0) => $"{Things(Bad)} must be put right.",
        _ => $"{Things(Bad)} must be put right, and {Things(Warnings)} should be seen to.",
    };

    private static string Things(int count) => count == 1 ? "1 thing" : $"{count} things";
}
