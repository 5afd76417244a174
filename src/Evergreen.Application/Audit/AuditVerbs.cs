using Evergreen.Domain.Languages;

namespace Evergreen.Application.Audit;

/// <summary>What the verbs of the trail mean, in words for whoever reads it. The verb itself stays what is stored, filtered by and handed out.</summary>
public static class AuditVerbs
{
    private const string Imported = "imported.";
    private static readonly WordBook Book = new(typeof(AuditVerbs).Assembly, "Evergreen.Application.Audit.Words");

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["access"] = "signing in, people and roles", ["co-op"] = "the co-op's details", ["department"] = "departments", ["dividends"] = "dividends", ["equity"] = "capital paid back", ["import"] = "imports", ["jobs"] = "long work", ["mail"] = "mail",
        ["member"] = "facts of members", ["members"] = "records of members", ["secrets"] = "numbers shown in full", ["statements"] = "statements", ["tax-forms"] = "tax forms", ["webhooks"] = "webhooks", ["year"] = "closing a year",
    };

    /// <summary>Every verb that has its words.</summary>
    public static IReadOnlyCollection<string> Known => [.. Book.Own("").Keys.Where(key => !key.StartsWith(Imported, StringComparison.Ordinal))];

    /// <returns>The words, as the office reads them.</returns>
    public static string Say(string verb) => Say(verb, Language.English);

    /// <returns>The words; for a verb that has none, English words made of the verb.</returns>
    public static string Say(string verb, Language language)
    {
        var words = Book.Of(language);
        if (words.Has(verb)) return words[verb];
        var dot = verb.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return verb;
        var (kind, act) = (verb[..dot], verb[(dot + 1)..]);
        if (kind == "import" && words.Has(Imported + act)) return words[Imported + act];
        return $"{char.ToUpperInvariant(kind[0])}{kind[1..]}: {act.Replace('-', ' ')}";
    }

    /// <param name="kind">The part of a verb before its dot.</param>
    public static string SayKind(string kind) => Kinds.GetValueOrDefault(kind.TrimEnd('.'), kind.TrimEnd('.'));
}
