using System.Reflection;
using System.Text.RegularExpressions;
using Evergreen.Domain.Languages;

namespace Evergreen.Web.Tests.Languages;

/// <summary>Every text stands in every language, with the same gaps.</summary>
public sealed partial class WordBooksTests
{
    private static readonly Assembly[] Rooms = [typeof(Language).Assembly, typeof(Evergreen.Documents.Statements.StatementBatch).Assembly, typeof(Evergreen.Application.Storage.Books).Assembly, typeof(Site).Assembly];

    public static IEnumerable<WordBook> Books => Rooms.SelectMany(room => room.GetManifestResourceNames().Where(name => name.EndsWith(".Words.resources", StringComparison.Ordinal))
        .Select(name => new WordBook(room, name[..^".resources".Length])));

    private static IEnumerable<TestCaseData> Cases() => Books.Select(book => new TestCaseData(book).SetArgDisplayNames(book.Name));

    [TestCaseSource(nameof(Cases))]
    public void EveryTextIsWrittenInSpanish(WordBook book)
    {
        var (english, spanish) = (book.Own(""), book.Own("es"));
        Assert.That(spanish.Keys.Order(StringComparer.Ordinal), Is.EqualTo(english.Keys.Order(StringComparer.Ordinal)));
        Assert.That(english.Concat(spanish).Where(text => text.Value.Trim().Length == 0).Select(text => text.Key), Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void BritishTextsDifferFromTheAmericanAndReplaceOne(WordBook book)
    {
        var (american, british) = (book.Own(""), book.Own("en-GB"));
        Assert.That(british.Keys.Except(american.Keys), Is.Empty);
        Assert.That(british.Where(text => american[text.Key] == text.Value).Select(text => text.Key), Is.Empty);
    }

    /// <summary>A British society pays a divi. What stands under <c>us</c> is for American co-ops alone.</summary>
    [TestCaseSource(nameof(Cases))]
    public void ABritishMemberReadsOfNoDividend(WordBook book)
    {
        if (!book.Name.StartsWith("Evergreen.Web.", StringComparison.Ordinal) && book.Name is not ("Evergreen.Application.Members.Words" or "Evergreen.Application.CoOps.Words")) return;
        var (american, british) = (book.Own(""), book.Own("en-GB"));
        Assert.That(american.Where(text => !text.Key.Contains(".us.", StringComparison.Ordinal)).Select(text => (text.Key, Text: british.GetValueOrDefault(text.Key, text.Value)))
            .Where(text => text.Text.Contains("dividend", StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void ATextHasTheSameGapsInEveryLanguage(WordBook book)
    {
        var english = book.Own("");
        foreach (var culture in (string[])["es", "en-GB", "es-GB"])
            Assert.That(book.Own(culture).Where(text => english.ContainsKey(text.Key) && !Fits(text.Key, Gaps(text.Value), Gaps(english[text.Key]))).Select(text => $"{culture} {text.Key}"), Is.Empty);
    }

    /// <summary>A text that nothing asks for is one more to translate for nothing. Keys that are put together are known by how they begin.</summary>
    [TestCaseSource(nameof(Cases))]
    public void EveryTextIsAskedForSomewhere(WordBook book)
    {
        var unused = book.Own("").Keys.Where(key => !key.StartsWith("refusal.", StringComparison.Ordinal) && !Asked(key) && !(key.EndsWith(".one", StringComparison.Ordinal) && Asked(key[..^4])));
        Assert.That(unused, Is.Empty);
    }

    /// <summary>A page asks for texts that are there.</summary>
    [Test]
    public void NoPageAsksForATextThatIsNotThere()
    {
        var missing = new List<string>();
        foreach (var (path, source) in Sources.Value.Where(source => source.Path.StartsWith("src/Evergreen.Web/", StringComparison.Ordinal)))
        {
            var folders = path.Split('/')[2..^1];
            var shelf = Enumerable.Range(0, folders.Length).Select(dropped => string.Join('.', folders[..^dropped])).Append("Layout").Select(folder => $"Evergreen.Web.{folder}.Words").ToHashSet(StringComparer.Ordinal);
            var there = Books.Where(book => shelf.Contains(book.Name)).SelectMany(book => book.Own("").Keys).ToHashSet(StringComparer.Ordinal);
            missing.AddRange(AskedOnPage().Matches(source).Select(asked => asked.Groups["key"].Value).Where(key => !there.Contains(key)).Select(key => $"{path}: {key}"));
        }
        Assert.That(missing, Is.Empty);
    }

    /// <summary>A verb's own sentence is English. Whatever a verb of the portal may refuse is written in the books, or never reaches a page.</summary>
    [Test]
    public void EveryRefusalThatAMemberMayReadIsWrittenInTheBooks()
    {
        var verbs = Sources.Value.Where(source => source.Path.StartsWith("src/Evergreen.Application/", StringComparison.Ordinal) && source.Text.Contains("Outcome<", StringComparison.Ordinal)).ToLookup(source => Path.GetFileNameWithoutExtension(source.Path), StringComparer.Ordinal);
        var codes = Sources.Value.Where(source => source.Path.EndsWith("/Refusals.cs", StringComparison.Ordinal)).SelectMany(source => RefusalMade().Matches(source.Text)
            .Select(made => (Folder: Path.GetDirectoryName(source.Path)!, Name: made.Groups["name"].Value, Code: made.Groups["code"].Value))).ToList();
        var met = Sources.Value.Where(source => source.Path.StartsWith("src/Evergreen.Web/Portal/", StringComparison.Ordinal) && source.Path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(source => Name().Matches(source.Text)).Select(name => name.Value).Distinct(StringComparer.Ordinal).SelectMany(name => verbs[name])
            .SelectMany(verb => RefusalUsed().Matches(verb.Text).Select(used => (verb.Path, Name: used.Groups["name"].Value)))
            // A verb uses the refusals of its own folder, or of one above it.
            .SelectMany(used => codes.Where(made => made.Name == used.Name && used.Path.StartsWith(made.Folder + "/", StringComparison.Ordinal)).Select(made => made.Code)).Distinct(StringComparer.Ordinal).ToList();
        var written = Books.SelectMany(book => book.Own("").Keys).ToHashSet(StringComparer.Ordinal);
        Assert.That(met, Has.Count.GreaterThan(50));
        Assert.That(met.Where(code => !written.Contains("refusal." + code) && !NeverOnAPage(code)), Is.Empty);
    }

    /// <summary>What is not there, or another's, is answered with the page for what is not found; of several co-ops the portal always names one; where there is no year to try, the page offers none.</summary>
    private static bool NeverOnAPage(string code) => code.EndsWith("-unknown", StringComparison.Ordinal) || code is "statement-not-mine" or "coop-missing" or "coop-not-named" or "no-year-to-try";

    private static readonly Lazy<IReadOnlyList<(string Path, string Text)>> Sources = new(() =>
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Evergreen.sln"))) root = Path.GetDirectoryName(root)!;
        return [.. new DirectoryInfo(Path.Combine(root, "src")).EnumerateFiles("*.cs*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(file => file.Extension is ".cs" or ".cshtml").Select(file => (Path.GetRelativePath(root, file.FullName), file)).Where(file => !file.Item1.Contains("/obj/", StringComparison.Ordinal) && !file.Item1.Contains("/node_modules/", StringComparison.Ordinal))
            .Select(file => (file.Item1, File.ReadAllText(file.file.FullName)))];
    });

    private static readonly Lazy<HashSet<string>> Literals = new(() => [.. Sources.Value.SelectMany(source => Literal().Matches(source.Text)).Select(literal => literal.Groups["text"].Value)]);

    /// <summary>Beginnings of keys that are put together, e.g. <c>kind.</c> of <c>$"kind.{lot.Kind}"</c>.</summary>
    private static readonly Lazy<HashSet<string>> Beginnings = new(() => [.. Sources.Value.SelectMany(source => Beginning().Matches(source.Text)).Select(literal => literal.Groups["text"].Value)]);

    private static bool Asked(string key) => Literals.Value.Contains(key)
        || Enumerable.Range(1, key.Length - 1).Any(length => key[length - 1] is '.' or '-' && (Beginnings.Value.Contains(key[..length]) || Literals.Value.Contains(key[..length]))) || Endings.Any(ending => key.EndsWith(ending, StringComparison.Ordinal) && Asked(key[..^ending.Length]));

    /// <summary>What code adds to a key.</summary>
    private static readonly string[] Endings = [".heading", ".hint", ".subject", ".text", ".what", ".open"];

    [GeneratedRegex(@"Refusal (?<name>\w+)(?:\([^)]*\))? => new\(""(?<code>[a-z0-9-]+)""")]
    private static partial Regex RefusalMade();

    [GeneratedRegex(@"Refusals\.(?<name>\w+)")]
    private static partial Regex RefusalUsed();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"""@?(?<text>[a-zA-Z0-9][\w.\-]*)[|""]")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\$""(?<text>[a-zA-Z0-9][\w.\-]*[.\-])\{|""(?<text>[a-zA-Z0-9][\w.\-]*[.\-])"" \+")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\b(?:W|words)(?:\.Count\(|\[)""(?<key>[^""{]+)""\s*[\],]")]
    private static partial Regex AskedOnPage();

    /// <summary>A refusal may leave a gap out: English words of the sentence, such as a plural, come that way too.</summary>
    private static bool Fits(string key, IReadOnlyList<string> gaps, IReadOnlyList<string> english) => key.StartsWith("refusal.", StringComparison.Ordinal) ? !gaps.Except(english).Any() : gaps.SequenceEqual(english);

    private static List<string> Gaps(string text) => [.. Gap().Matches(text).Select(gap => gap.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Gap();
}
