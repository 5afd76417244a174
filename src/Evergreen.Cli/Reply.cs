using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli;

/// <summary>What a command answers, in both forms: a document for machines, lines and tables for people.</summary>
/// <param name="Document">Becomes the JSON document; amounts as <see cref="Money"/>, which are written as text.</param>
internal sealed record Reply(object Document, Action<Screen> Show)
{
    /// <summary>The answer is told in full, and yet the command ends refused: a file with bad rows, books that are not sound.</summary>
    public Refusal? Against { get; init; }
}
