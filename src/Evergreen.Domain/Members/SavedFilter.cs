namespace Evergreen.Domain.Members;

/// <summary>A list's filter that someone keeps under a name.</summary>
public sealed class SavedFilter
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }

    /// <summary>The list it belongs to, e.g. <c>members</c>.</summary>
    public required string List { get; init; }
    public required string Owner { get; init; }
    public required string Name { get; init; }

    /// <summary>The address's query, without the question mark.</summary>
    public required string Query { get; init; }

    /// <summary>Whether everyone in the office sees it; only its owner can remove it.</summary>
    public required bool Shared { get; init; }
}
