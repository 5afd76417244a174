namespace Evergreen.Domain.Members;

/// <summary>A dated fact: one field of a member's record was changed. Inserted, never changed.</summary>
public sealed class MemberEdit
{
    public long Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }

    /// <summary>The record's version that came of it.</summary>
    public required int Version { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }

    /// <summary>Column of the members file, e.g. <c>postal_code</c>.</summary>
    public required string Field { get; init; }

    /// <summary>Secrets stand here as their last four characters.</summary>
    public string? Before { get; init; }
    public string? After { get; init; }

    /// <summary>The import that changed it, if one did.</summary>
    public int? ImportId { get; init; }
}
