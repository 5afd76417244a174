namespace Evergreen.Domain.CoOps;

/// <summary>How a co-op words a letter or mail to its members in one language, from a moment on. Inserted, never changed: the last one holds.</summary>
public sealed class TextVersion
{
    public required int CoOpId { get; init; }

    /// <summary>Of which text, e.g. <c>letter.welcome</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Of the languages that members are written to in, e.g. <c>es</c>.</summary>
    public required string Language { get; init; }

    /// <summary>1, 2, 3 … of the text in its language.</summary>
    public required int Version { get; init; }

    /// <summary>With its placeholders; null, as the words are, where the built-in text holds again.</summary>
    public string? Subject { get; init; }

    /// <summary>Plain text with its placeholders, a paragraph a line.</summary>
    public string? Words { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
}
