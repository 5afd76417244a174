namespace Evergreen.Application.Members;

/// <summary>How a member's invitation goes out.</summary>
public enum InvitationWay
{
    Letter = 1,
    Mail = 2,
}

/// <summary>A way in for one member, once: with its code and the member number, which does not stand beside it, an account comes to stand for the member.</summary>
public sealed class MemberInvitation
{
    /// <summary>A letter takes its time, and so do people.</summary>
    public static readonly TimeSpan Valid = TimeSpan.FromDays(45);

    /// <summary>After so many wrong member numbers the code is no longer good: it is in other hands.</summary>
    public const int MostWrongNumbers = 10;

    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }

    /// <summary>The digest of the code; the code itself is not kept.</summary>
    public required string CodeDigest { get; init; }
    public required InvitationWay Way { get; init; }
    public required DateTime InvitedAt { get; init; }
    public required string InvitedBy { get; init; }
    public int WrongNumbers { get; set; }
    public DateTime? AcceptedAt { get; set; }
    public DateTime? WithdrawnAt { get; set; }

    public bool StandsAt(DateTime now) => AcceptedAt is null && WithdrawnAt is null && WrongNumbers < MostWrongNumbers && now - InvitedAt < Valid;
}
