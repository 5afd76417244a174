namespace Evergreen.Domain.Members;

/// <summary>What a member asks the office for.</summary>
public enum RequestKind
{
    /// <summary>To enter a purchase or hours that are not among the member's rows.</summary>
    Missing = 1,

    /// <summary>To put a row right that is among them.</summary>
    Wrong = 2,

    /// <summary>To leave the co-op.</summary>
    Leave = 3,

    /// <summary>To be paid back a part of the shares.</summary>
    WithdrawShares = 4,

    /// <summary>To have what is kept of the person erased.</summary>
    Erasure = 5,
}

/// <summary>What kind of row a report is about.</summary>
public enum PatronageKind
{
    Purchases = 1,
    Hours = 2,
}

/// <summary>Something that a member asks for, in the member's own words. Inserted, never changed; how it ended is a <see cref="RequestClosing"/>.</summary>
/// <remarks>Not guarded by the database: where a person is erased, so are their words.</remarks>
public sealed class MemberRequest
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }

    /// <summary>Counts up in the co-op, from one.</summary>
    public required int Number { get; init; }
    public required RequestKind Kind { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }

    /// <summary>What a report is about; null for anything else.</summary>
    public PatronageKind? About { get; init; }

    /// <summary>The day of the purchase or the work; the day on which the member wants to leave.</summary>
    public DateOnly? On { get; init; }

    /// <summary>In cents: what the member says the purchase was; how much of the shares is asked back.</summary>
    public long? AmountCents { get; init; }
    public long? HoursHundredths { get; init; }

    /// <summary>Number on the till's receipt.</summary>
    public string? Receipt { get; init; }

    /// <summary>The row that is wrong.</summary>
    public int? SourceId { get; init; }
    public string? SourceRef { get; init; }
    public string? Words { get; set; }

    /// <summary>A picture or PDF that came with it, see <see cref="MemberDocument"/>.</summary>
    public string? DocumentId { get; init; }

    public bool IsReport => Kind is RequestKind.Missing or RequestKind.Wrong;
}

public enum RequestEnding
{
    /// <summary>It was done.</summary>
    Granted = 1,
    Declined = 2,

    /// <summary>By the member, before it was answered.</summary>
    TakenBack = 3,
}

/// <summary>A fact: how a request ended. One at most for each.</summary>
public sealed class RequestClosing
{
    public required int RequestId { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
    public required RequestEnding Ending { get; init; }

    /// <summary>What the office says to the member.</summary>
    public string? Words { get; set; }

    /// <summary>Number of the import by which a row came or was put right.</summary>
    public int? ImportNumber { get; init; }

    /// <summary>The row of its file.</summary>
    public long? Row { get; init; }
}
