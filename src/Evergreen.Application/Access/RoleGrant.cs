namespace Evergreen.Application.Access;

/// <summary>A role that someone was given, for a time. A grant is withdrawn, never deleted.</summary>
public sealed class RoleGrant
{
    public int Id { get; init; }
    public required int UserId { get; init; }

    /// <summary>The co-op; null for every co-op of the database.</summary>
    public int? CoOpId { get; init; }
    public required Role Role { get; init; }
    public required DateTime GrantedAt { get; init; }
    public required string GrantedBy { get; init; }
    public DateTime? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }
}
