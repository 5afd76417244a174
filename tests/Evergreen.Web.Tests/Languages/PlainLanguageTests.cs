using System.Text.RegularExpressions;
using Evergreen.Domain.Languages;

namespace Evergreen.Web.Tests.Languages;

/// <summary>What members read can be read in the eighth year of school: short sentences, short words, and the few hard ones explained.</summary>
public sealed partial class PlainLanguageTests
{
    private const int LongestSentence = 24;

    /// <summary>Hard words that have to be there: names of things, each explained in the glossary or by its sentence.</summary>
    private static readonly HashSet<string> Allowed = new(["cooperative", "nonqualified", "percentage", "withdrawable", "everything", "january", "february", "activity", "invitation", "certificate"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What an office says and a neighbour does not, with what to say in its place.</summary>
    private static readonly Dictionary<string, string> Office = new(StringComparer.OrdinalIgnoreCase)
    {
        ["allocation"] = "part", ["allocated"] = "shared", ["pursuant"] = "by", ["aforementioned"] = "this", ["commence"] = "begin", ["terminate"] = "end", ["remuneration"] = "pay", ["utilise"] = "use", ["utilize"] = "use",
        ["apportion"] = "share", ["apportioned"] = "shared", ["accrue"] = "count", ["accrues"] = "counts", ["disbursed"] = "paid", ["disbursement"] = "payment", ["notwithstanding"] = "even so", ["herein"] = "here", ["thereof"] = "of it",
        ["equity"] = "what you own", ["retained"] = "kept", ["redeemed"] = "paid back", ["redemption"] = "paying back", ["residue"] = "what is left", ["numerator"] = "top", ["denominator"] = "bottom", ["prior"] = "before",
        ["subsequent"] = "later", ["facilitate"] = "help", ["regarding"] = "about", ["fiscal"] = "(leave it out)", ["surplus"] = "what was earned", ["patron"] = "member", ["eligible"] = "counts", ["eligibility"] = "rule",
    };

    private static readonly string[] Books = ["Portal.Stake", "Portal.Dividends", "Portal.Statements", "Portal.Glossary", "Portal.Household", "Portal.Welcome", "Api.Connect"];

    private static IEnumerable<(string Where, string Text)> Texts() => Books.SelectMany(name => new WordBook(typeof(Site).Assembly, $"Evergreen.Web.{name}.Words") is var book
        ? book.Own("").Concat(book.Own("en-GB")).Select(text => ($"{name} {text.Key}", text.Value)) : []);

    [Test]
    public void SentencesAreShort() =>
        Assert.That(Texts().SelectMany(text => Sentences(text.Text).Where(sentence => Words(sentence).Count > LongestSentence).Select(sentence => $"{text.Where}: {sentence}")), Is.Empty);

    [Test]
    public void OfficeWordsAreNotUsed() =>
        Assert.That(Texts().SelectMany(text => Words(text.Text).Where(Office.ContainsKey).Select(word => $"{text.Where}: say '{Office[word]}' for '{word}'")), Is.Empty);

    [Test]
    public void LongWordsAreFewAndExplained() =>
        Assert.That(Texts().SelectMany(text => Words(text.Text).Where(word => Syllables(word) > 3 && !Allowed.Contains(word)).Select(word => $"{text.Where}: {word}")), Is.Empty);

    /// <remarks>Flesch and Kincaid's grade: 0.39 × words in a sentence + 11.8 × syllables in a word − 15.59. J. P. Kincaid and others, 1975.</remarks>
    [TestCaseSource(nameof(Books))]
    public void EighthYearOfSchoolIsEnough(string name)
    {
        var sentences = new WordBook(typeof(Site).Assembly, $"Evergreen.Web.{name}.Words").Own("").Values.SelectMany(Sentences).Where(sentence => Words(sentence).Count > 3).ToList();
        var words = sentences.SelectMany(Words).ToList();
        var grade = 0.39m * words.Count / sentences.Count + 11.8m * words.Sum(Syllables) / words.Count - 15.59m;
        TestContext.Out.WriteLine($"{name}: grade {grade:0.0}");
        Assert.That(grade, Is.LessThanOrEqualTo(8m));
    }

    [TestCase("The books of the year are closed.", 7)]
    [TestCase("Your dividend, {0}, is paid.", 4)]
    public void WordsAreCounted(string sentence, int words) => Assert.That(Words(sentence), Has.Count.EqualTo(words));

    [TestCase("cent", 1)]
    [TestCase("shared", 1)]
    [TestCase("member", 2)]
    [TestCase("dividend", 3)]
    [TestCase("eligibility", 6)]
    public void SyllablesAreCounted(string word, int syllables) => Assert.That(Syllables(word), Is.EqualTo(syllables));

    private static IEnumerable<string> Sentences(string text) => End().Split(text).Where(sentence => sentence.Trim().Length > 0);

    private static List<string> Words(string text) => [.. Word().Matches(Gap().Replace(text, " ")).Select(match => match.Value)];

    private static int Syllables(string word)
    {
        var bare = Silent().Replace(word.ToLowerInvariant(), "");
        return Math.Max(1, Vowels().Count(bare));
    }

    [GeneratedRegex(@"(?<=[.!?:;])\s+")]
    private static partial Regex End();

    [GeneratedRegex(@"[A-Za-z]+(?:[’'-][A-Za-z]+)*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Gap();

    [GeneratedRegex("(?:(?<![td])ed|(?<!l)e|(?<![cgsxz]|sh|ch)es)$")]
    private static partial Regex Silent();

    [GeneratedRegex("[aeiouy]+")]
    private static partial Regex Vowels();
}
