namespace Evergreen.Domain.Dividends;

/// <summary>Somebody went through a run's rehearsal before it was put up for approval: who, when.</summary>
public sealed class DividendReview
{
    public required int RunId { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
}

/// <summary>One finding of a run's rehearsal was looked at and accepted.</summary>
public sealed class FindingSignOff
{
    public required int RunId { get; init; }

    /// <summary>Which finding, e.g. <c>missing-tax-id</c>.</summary>
    public required string Finding { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }

    /// <summary>What the reader has to say of it; may be empty.</summary>
    public string Note { get; init; } = "";
}
