using Evergreen.Domain.Languages;

namespace Evergreen.Web.Portal.Glossary;

/// <summary>The words of a co-op and what they mean, in the language of a page or file.</summary>
public sealed class Glossary
{
    private const string Term = "term.", Means = "means.";
    private static readonly WordBook Book = new(typeof(Glossary).Assembly, "Evergreen.Web.Portal.Glossary.Words");
    private readonly Wording words;

    private Glossary(Wording words) => this.words = words;

    public static Glossary In(Language language) => new(Book.Of(language));

    /// <summary>All of them, by their word.</summary>
    public IReadOnlyList<string> Keys => [.. words.Keys.Where(key => key.StartsWith(Term, StringComparison.Ordinal)).Select(key => key[Term.Length..]).OrderBy(WordOf, StringComparer.InvariantCultureIgnoreCase)];

    public string WordOf(string key) => words[Term + key];

    public string MeaningOf(string key) => words[Means + key];
}
