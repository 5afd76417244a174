using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Resources;

namespace Evergreen.Domain.Languages;

/// <summary>The texts of one part of the house in all languages: a file <c>Words.resx</c> in English, with <c>Words.es.resx</c> and, where the terms differ, <c>Words.en-GB.resx</c> beside it.</summary>
/// <param name="name">Name of the resource without its ending, e.g. <c>Evergreen.Documents.Statements.Words</c>.</param>
public sealed class WordBook(Assembly assembly, string name)
{
    private readonly ResourceManager resources = new(name, assembly);
    private readonly ConcurrentDictionary<string, Wording> known = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>Whether an assembly holds a book of this name.</summary>
    public static bool IsIn(Assembly assembly, string name) => assembly.GetManifestResourceInfo(name + ".resources") is not null;

    public Wording Of(Language language) => known.GetOrAdd(language.ToString(), _ => new Wording(language, name, Texts(language)));

    /// <summary>What is written in one language itself, without what it takes from another: for tests.</summary>
    public IReadOnlyDictionary<string, string> Own(string culture) => Read(culture.Length == 0 ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(culture)).ToDictionary(StringComparer.Ordinal);

    private FrozenDictionary<string, string> Texts(Language language)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var culture in language.Cultures.Append(CultureInfo.InvariantCulture))
            foreach (var (key, text) in Read(culture)) texts.TryAdd(key, text);
        return (language.IsPseudo ? texts.Select(text => KeyValuePair.Create(text.Key, PseudoText.Of(text.Value))) : texts).ToFrozenDictionary(StringComparer.Ordinal);
    }

    private IEnumerable<KeyValuePair<string, string>> Read(CultureInfo culture)
    {
        // A culture that the build does not know, such as es-GB, does not become a satellite: its file is then in the assembly itself.
        using var beside = culture.Name.Length == 0 ? null : assembly.GetManifestResourceStream($"{name}.{culture.Name}.resources");
        using var own = beside is null ? null : new ResourceSet(beside);
        return (own ?? resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)) is { } set
            ? [.. set.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (string)entry.Value!))]
            : [];
    }
}
