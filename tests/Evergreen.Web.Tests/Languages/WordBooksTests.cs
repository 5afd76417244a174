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

    [TestCaseSource(nameof(Cases))]
    public void ATextHasTheSameGapsInEveryLanguage(WordBook book)
    {
        var english = book.Own("");
        foreach (var culture in (string[])["es", "en-GB", "es-GB"])
            Assert.That(book.Own(culture).Where(text => english.ContainsKey(text.Key) && Gaps(text.Value) != Gaps(english[text.Key])).Select(text => $"{culture} {text.Key}"), Is.Empty);
    }

    private static string Gaps(string text) => string.Join(' ', Gap().Matches(text).Select(gap => gap.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Gap();
}
