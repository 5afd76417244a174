namespace Evergreen.Application.Access;

/// <summary>A way in for one person, once: by its code a newcomer makes an account, or someone who forgot the password chooses another.</summary>
public sealed class Invitation
{
    public static readonly TimeSpan Valid = TimeSpan.FromDays(14);

    public int Id { get; init; }

    /// <summary>The digest of the code; the code itself is not kept.</summary>
    public required string CodeDigest { get; init; }

    /// <summary>The co-op at which the role is given; null for every co-op.</summary>
    public int? CoOpId { get; init; }

    /// <summary>The role that comes with it; null where it is for a new password only.</summary>
    public Role? Role { get; init; }
    public required string Mail { get; init; }
    public required string DisplayName { get; init; }

    /// <summary>Who forgot the password; null for a newcomer.</summary>
    public int? ForUserId { get; init; }
    public required DateTime InvitedAt { get; init; }
    public required string InvitedBy { get; init; }
    public DateTime? AcceptedAt { get; set; }
    public DateTime? WithdrawnAt { get; set; }

    public bool StandsAt(DateTime now) => AcceptedAt is null && WithdrawnAt is null && now - InvitedAt < Valid;
}
