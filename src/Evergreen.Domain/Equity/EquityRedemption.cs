namespace Evergreen.Domain.Equity;

/// <summary>The board pays members' capital back: one act for all members or for one, with an entry for each of them. Inserted, never changed.</summary>
public sealed class EquityRedemption
{
    public required int CoOpId { get; init; }

    /// <summary>1, 2, 3 … within the co-op; the source of its entries.</summary>
    public required int Number { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }

    /// <summary>The day on which the money left the bank.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Number of the board's resolution.</summary>
    public required string Resolution { get; init; }

    /// <summary>The last vintage that was paid back; null where an amount, or all of one member's, was.</summary>
    public int? ThroughYear { get; init; }

    /// <summary>The one member; null where the act is for all.</summary>
    public int? MemberId { get; init; }

    /// <summary>The amount that was asked for; null where all that there was is paid back.</summary>
    public long? AskedCents { get; init; }
    public required RedemptionOrder Order { get; init; }
    public required CapitalKinds Kinds { get; init; }

    /// <summary>How many were paid; one entry for each.</summary>
    public required int Members { get; init; }
    public required long PaidCents { get; init; }

    /// <summary>Of it, nonqualified notices: what box 5 of Form 1099-PATR reports.</summary>
    public required long NonqualifiedCents { get; init; }
    public required long FirstSequence { get; init; }
    public required long LastSequence { get; init; }
}

/// <summary>A redemption was taken back by opposite entries, once. Inserted, never changed.</summary>
public sealed class EquityRedemptionReversal
{
    public required int CoOpId { get; init; }

    /// <summary>Of the redemption.</summary>
    public required int Number { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }
    public required DateOnly On { get; init; }
    public required string Reason { get; init; }
    public required long FirstSequence { get; init; }
    public required long LastSequence { get; init; }
}
