using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Evergreen.Domain.Arithmetic;

/// <summary>A refusal: expected, named for machines by its code and for people by its sentence. Nothing was changed.</summary>
/// <param name="Sentence">In English.</param>
[method: JsonConstructor]
public sealed record Refusal(string Code, string Sentence)
{
    /// <summary>A sentence with gaps, of which what fills them is kept, so that it can be said in another language.</summary>
    public Refusal(string code, RefusalSentence sentence) : this(code, sentence.ToString()) => Arguments = sentence.Arguments;

    /// <summary>What fills the gaps of the sentence, in their order. Not kept where a refusal is written down.</summary>
    [JsonIgnore]
    public IReadOnlyList<object?> Arguments { get; } = [];

    public bool Equals(Refusal? other) => other is not null && Code == other.Code && Sentence == other.Sentence;
    public override int GetHashCode() => HashCode.Combine(Code, Sentence);
}

/// <summary>A sentence as it is being written: the compiler hands over its words and what goes between them.</summary>
[InterpolatedStringHandler]
public sealed class RefusalSentence(int literalLength, int gaps)
{
    private readonly System.Text.StringBuilder text = new(literalLength + gaps * 8);
    private readonly List<object?> arguments = new(gaps);

    public IReadOnlyList<object?> Arguments => arguments;

    public void AppendLiteral(string words) => text.Append(words);

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format)
    {
        arguments.Add(value);
        text.Append(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());
    }

    public override string ToString() => text.ToString();
}
