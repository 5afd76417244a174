namespace Evergreen.Domain.Members;

public enum MemberStatus
{
    Active = 1,
    OnLeave = 2,
    Suspended = 3,
    Left = 4,
    Deceased = 5,
}

public static class MemberStatuses
{
    public static bool EndsMembership(this MemberStatus status) => status is MemberStatus.Left or MemberStatus.Deceased;

    /// <summary>Whether someone of this status, null before membership began, is a member: those on leave and those suspended are.</summary>
    public static bool IsMembership(this MemberStatus? status) => status is { } known && !known.EndsMembership();
}

/// <summary>A dated fact: from this day on the member had this status.</summary>
public sealed class StatusChange
{
    public long Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required DateOnly On { get; init; }
    public required MemberStatus Status { get; init; }
    public string? Reason { get; init; }
    public required DateTime RecordedAt { get; init; }
    public int? ImportId { get; init; }
}

/// <summary>A class of membership, data of the co-op: worker, customer, producer, supporter …</summary>
public sealed class MemberClass
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required string Code { get; init; }
    public required string Name { get; set; }
}

/// <summary>A dated fact: on this day the member entered or left a class.</summary>
public sealed class ClassChange
{
    public long Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required DateOnly On { get; init; }
    public required int ClassId { get; init; }

    /// <summary>True on entering the class, false on leaving it.</summary>
    public required bool Entered { get; init; }
    public required DateTime RecordedAt { get; init; }
    public int? ImportId { get; init; }
}

public enum ConsentKind
{
    /// <summary>Membership consent by bylaw: effective for patronage after the member had the notification and a copy, up to the end of membership or of the bylaw. 26 USC 1388(c)(2)(B).</summary>
    Bylaw = 1,

    /// <summary>Signed consent: effective for the whole tax year in which the co-op received it, and later years. 26 USC 1388(c)(2)(A), (c)(3)(A).</summary>
    Written = 2,
}

/// <summary>A dated fact: consent given, or ended. Patronage that no consent covers can only carry a nonqualified notice.</summary>
public sealed class ConsentFact
{
    public long Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required ConsentKind Kind { get; init; }

    /// <summary>Bylaw: when the member was given the notification and the copy. Written: when the co-op received it. When ended: the day of revocation or repeal, from which on it is no more in force.</summary>
    public required DateOnly On { get; init; }
    public bool Ended { get; init; }
    public required DateTime RecordedAt { get; init; }
    public int? ImportId { get; init; }
}
