namespace Evergreen.Domain.Members;

/// <summary>A member's wish to be written to at another mail address. It takes effect when the link that was sent there is opened.</summary>
public sealed class MailAddressChange
{
    /// <summary>For how long the link is good.</summary>
    public static readonly TimeSpan Valid = TimeSpan.FromDays(3);

    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required DateTime At { get; init; }
    public required string NewAddress { get; set; }

    /// <summary>The digest of the code in the link; the code itself is not kept.</summary>
    public required string CodeDigest { get; init; }

    /// <summary>When it was confirmed, or taken back, or followed by another.</summary>
    public DateTime? ConfirmedAt { get; set; }
    public DateTime? DroppedAt { get; set; }

    public bool StandsAt(DateTime now) => ConfirmedAt is null && DroppedAt is null && now - At < Valid;
}
