using System.Text;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Statements;

[TestFixture]
public sealed class StatementLettersTests
{
    private static readonly StatementBatch Letter = new(PaperSize.Letter);

    [OneTimeTearDown]
    public void PutAway() => Letter.Dispose();

    [TestCase("Latin", 0x41, 0x24F)]
    [TestCase("Latin, phonetic", 0x250, 0x2AF)]
    [TestCase("Latin, with further accents (Vietnamese, Welsh)", 0x1E00, 0x1EFF)]
    [TestCase("Latin, rarer", 0x2C60, 0x2C7F)]
    [TestCase("Greek", 0x370, 0x3E1)]
    [TestCase("Greek, after the Coptic letters", 0x3F0, 0x3FF)]
    [TestCase("Greek, polytonic", 0x1F00, 0x1FFF)]
    [TestCase("Cyrillic", 0x400, 0x52F)]
    [TestCase("Cyrillic, historic", 0xA640, 0xA66E)]
    public void NoLetterOfTheScriptIsMissing(string script, int first, int last)
    {
        var letters = string.Concat(Enumerable.Range(first, last - first + 1).Select(point => new Rune(point)).Where(Rune.IsLetter));
        Assert.Multiple(() =>
        {
            Assert.That(letters, Is.Not.Empty, script);
            Assert.That(Letter.MissingLetters(letters), Is.Empty, script);
        });
    }

    [Test]
    public void ALetterOfAnotherScriptIsReported() =>
        Assert.That(Letter.MissingLetters("Zhang \u5F20 Wei"), Is.EqualTo((string[])["\u5F20"]));

    [TestCaseSource(typeof(SampleStatements), nameof(SampleStatements.Names))]
    public void EveryNameIsFoundWhenSearching(string name)
    {
        using var pdf = new PrintedPdf(Letter.Draw(SampleStatements.Named(name)));
        Assert.That(WithoutSpaces(pdf.Text), Does.Contain(WithoutSpaces(name)));
    }

    [TestCase("Jose\u0301 Nu\u0301n\u0303ez", "Jos\u00E9 N\u00FA\u00F1ez")]
    [TestCase("Nguye\u0302\u0303n", "Nguy\u1EC5n")]
    [TestCase("A\u030Angstro\u0308m", "\u00C5ngstr\u00F6m")]
    public void ADecomposedNameIsSetAsTheComposedOne(string decomposed, string composed)
    {
        using var pdf = new PrintedPdf(Letter.Draw(SampleStatements.Named(decomposed)));
        Assert.That(pdf.Text, Does.Contain(composed));
    }

    /// <summary>Letters that the typeface builds of two glyphs, a base and a mark.</summary>
    [TestCase("\u1E00\u1E31 \u01DE\u0203")]
    [TestCase("\u1E69\u1E8D \u022F\u1E9B")]
    public void ALetterBuiltOfSeveralGlyphsIsDrawn(string name)
    {
        var drawn = Letter.Draw(SampleStatements.Named(name));
        using var pdf = new PrintedPdf(drawn);
        Assert.Multiple(() =>
        {
            Assert.That(PrintedPdf.QpdfComplaints(drawn), Is.Empty);
            Assert.That(pdf.Title, Does.EndWith(name));
            Assert.That(Letter.MissingLetters(name), Is.Empty);
        });
    }

    /// <summary>Readers disagree whether a letter with a mark of its own glyph ends a word.</summary>
    private static string WithoutSpaces(string text) => string.Concat(text.Where(letter => letter != ' '));
}
