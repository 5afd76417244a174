namespace Evergreen.Domain.Members;

/// <summary>How a member wants what the co-op has to send.</summary>
public enum DeliveryWay
{
    /// <summary>By post: so it is for everyone who said nothing.</summary>
    Paper = 1,

    /// <summary>A mail says that it is there to be read. Taken only with the member's consent.</summary>
    Electronic = 2,
}

/// <summary>A dated fact: from this day on the member takes papers this way. Consent to electronic delivery is withdrawn by choosing paper again.</summary>
public sealed class DeliveryChoice
{
    public long Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required DateOnly On { get; init; }
    public required DeliveryWay Way { get; init; }
    public required DateTime RecordedAt { get; init; }

    /// <summary>Who said so; null where it was recorded before that was kept.</summary>
    public string? By { get; init; }

    /// <summary>Which wording of the notice the member was shown and agreed to, e.g. <c>2026-11-29 en</c>; null where none was shown.</summary>
    public string? NoticeVersion { get; init; }

    /// <summary>The notice itself, as it was read: the evidence of what was agreed to.</summary>
    public string? Notice { get; init; }

    /// <summary>The way on the date; paper where nothing was chosen. Choices of the same day count in the order in which they were recorded.</summary>
    public static DeliveryWay AsOf(IEnumerable<DeliveryChoice> choices, DateOnly date) =>
        choices.Where(choice => choice.On <= date).OrderBy(choice => choice.On).ThenBy(choice => choice.Id).LastOrDefault()?.Way ?? DeliveryWay.Paper;
}
