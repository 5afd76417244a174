namespace Evergreen.Domain.Members;

/// <summary>What the primary owner of a household may let another of its members see of the owner's account.</summary>
public enum Share
{
    /// <summary>The account, how the dividend came about, and what is expected of it.</summary>
    Stake = 1,

    /// <summary>Statements and tax forms.</summary>
    Statements = 2,

    /// <summary>The single purchases and hours.</summary>
    Records = 3,
}

/// <summary>A dated fact: from this moment the primary owner lets a member of the household see one part of the account, or no longer does. The last one counts.</summary>
public sealed class HouseholdShare
{
    public long Id { get; init; }
    public required int CoOpId { get; init; }

    /// <summary>The primary owner, whose account it is.</summary>
    public required int OwnerId { get; init; }

    /// <summary>The other member of the household.</summary>
    public required int AdultId { get; init; }
    public required Share Share { get; init; }
    public required bool Allowed { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
}
