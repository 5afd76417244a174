namespace Evergreen.Domain.Dividends;

/// <summary>A policy that was tried and kept under a name, with what it would have given. It changes nothing until its policy is adopted.</summary>
public sealed class Scenario
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required int FiscalYear { get; init; }

    /// <summary>One of a kind among the year's scenarios that stand.</summary>
    public required string Name { get; init; }

    /// <summary>The policy as a document, word for word what adopting would adopt.</summary>
    public required string PolicyJson { get; init; }
    public required string PolicySha256 { get; init; }

    /// <summary>SHA-256 over everything that went in; a run with the same hash has the same amounts.</summary>
    public required string InputsSha256 { get; init; }

    /// <summary>SHA-256 over every member's amounts, as a run would hold it.</summary>
    public required string ResultSha256 { get; init; }

    /// <summary>Totals, median, warnings and so on, as JSON.</summary>
    public required string FiguresJson { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
}

/// <summary>A scenario was put aside: who, when. It is no longer listed.</summary>
public sealed class ScenarioDrop
{
    public required int ScenarioId { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
}
