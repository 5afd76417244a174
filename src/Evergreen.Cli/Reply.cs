namespace Evergreen.Cli;

/// <summary>What a command answers, in both forms: a document for machines, lines and tables for people.</summary>
/// <param name="Document">Becomes the JSON document; amounts as <see cref="Domain.Arithmetic.Money"/>, which are written as text.</param>
internal sealed record Reply(object Document, Action<Screen> Show);
