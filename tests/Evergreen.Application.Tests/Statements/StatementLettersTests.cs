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
    [TestCase("Cyrillic, historic", 0xA640, 0xA69F)]
    [TestCase("Cyrillic, Unicode's block C", 0x1C80, 0x1C8A)]
    [TestCase("Latin, Greek and Cyrillic, phonetic", 0x1D00, 0x1DBF)]
    [TestCase("Latin, block D (the saltillo, medieval letters)", 0xA720, 0xA7FF)]
    [TestCase("Latin and Greek, block E", 0xAB30, 0xAB6F)]
    [TestCase("Latin, joined", 0xFB00, 0xFB06)]
    [TestCase("Latin, block F", 0x10780, 0x107BA)]
    [TestCase("Latin, block G", 0x1DF00, 0x1DF1E)]
    public void NoLetterOfTheScriptIsMissing(string script, int first, int last)
    {
        var letters = Enumerable.Range(first, last - first + 1).Select(point => new Rune(point)).Where(Rune.IsLetter).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(letters, Is.Not.Empty, script);
            Assert.That(Letter.MissingLetters(string.Concat(letters)), Is.EqualTo(letters.Where(letter => AssignedSince2024.Contains(letter.Value)).Select(letter => letter.ToString())), script);
        });
    }

    /// <summary>Letters of Unicode 16 and 17 (2024, 2025), which Noto Sans does not have yet; some systems do not count them as letters yet either.</summary>
    private static readonly int[] AssignedSince2024 = [0x1C89, 0x1C8A, 0xA7CB, 0xA7CC, 0xA7CD, 0xA7CE, 0xA7CF, 0xA7D2, 0xA7D4, 0xA7DA, 0xA7DB, 0xA7DC, 0xA7F1];

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
