namespace Evergreen.Domain.Members;

/// <summary>A member's own instruction to be paid into another account. It waits for some days, in which the old details stay in force, so that whoever got into a member's account does not get at the money.</summary>
public sealed class BankChange
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }

    /// <summary>Null where the member wants to be paid by check from then on.</summary>
    public string? Scheme { get; init; }
    public string? Routing { get; init; }

    /// <summary>Encrypted, as it will stand at the member.</summary>
    public string? AccountSealed { get; set; }
    public string? AccountLastFour { get; init; }
    public string? AccountType { get; init; }

    /// <summary>First day on which a payment may use it.</summary>
    public required DateOnly InForceOn { get; init; }

    /// <summary>When it was put into the member's record.</summary>
    public DateTime? SettledAt { get; set; }

    /// <summary>When it was stopped, by the member or the office or a later one, before it took effect.</summary>
    public DateTime? StoppedAt { get; set; }
    public string? StoppedBy { get; set; }

    public bool IsOpen => SettledAt is null && StoppedAt is null;
}
