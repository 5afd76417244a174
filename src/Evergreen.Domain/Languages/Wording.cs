using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Languages;

/// <summary>The texts of a <see cref="WordBook"/> in one language.</summary>
public sealed class Wording
{
    private readonly string book;
    private readonly IReadOnlyDictionary<string, string> texts;
    private readonly ConcurrentDictionary<string, CompositeFormat> forms = new(StringComparer.Ordinal);

    internal Wording(Language language, string book, IReadOnlyDictionary<string, string> texts) => (Language, this.book, this.texts) = (language, book, texts);

    public Language Language { get; }

    public IEnumerable<string> Keys => texts.Keys;

    public bool Has(string key) => texts.ContainsKey(key);

    /// <exception cref="MissingWordException">No language has it: a fault of ours.</exception>
    public string this[string key] => texts.TryGetValue(key, out var text) ? text : throw new MissingWordException(book, key);

    /// <summary>A text with its gaps {0}, {1} … filled. Dates are written in the language; whole numbers as they are, since most are years.</summary>
    public string this[string key, params object?[] arguments] =>
        string.Format(CultureInfo.InvariantCulture, forms.GetOrAdd(key, name => CompositeFormat.Parse(this[name])), [.. arguments.Select(Written)]);

    /// <summary>A text by a number: <c>key.one</c> for one, <c>key</c> for none and many. The number fills {0}, the others what follows.</summary>
    public string Count(string key, long count, params object?[] others) => this[count == 1 && Has(key + ".one") ? key + ".one" : key, [Language.Number(count), .. others]];

    /// <summary>Why something was refused, in this language where <c>refusal.CODE</c> is written, else as the verb said it.</summary>
    public string Refusal(Refusal refusal)
    {
        var key = "refusal." + refusal.Code;
        if (!Has(key)) return refusal.Sentence;
        return this[refusal.Arguments is [1, ..] && Has(key + ".one") ? key + ".one" : key, [.. refusal.Arguments]];
    }

    private object? Written(object? argument) => argument switch
    {
        DateOnly day => Language.Day(day),
        Money amount => Language.Amount(amount, ""),
        Hours hours => Language.Hours(hours),
        _ => argument,
    };
}

/// <summary>A text that was asked for is written in no language.</summary>
public sealed class MissingWordException(string book, string key) : Exception($"{book} has no text '{key}'.");
