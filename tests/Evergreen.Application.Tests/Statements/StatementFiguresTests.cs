using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using NUnit.Framework;
using UglyToad.PdfPig;

namespace Evergreen.Application.Tests.Statements;

/// <summary>Figures are tabular: every digit is as wide as every other, so that columns of amounts stand cent under cent.</summary>
public sealed class StatementFiguresTests
{
    private static readonly StatementBatch Letter = new(PaperSize.Letter);

    [OneTimeTearDown]
    public void PutAway() => Letter.Dispose();

    /// <summary>In Latin letters alone, and with Greek beside them, whose statements embed other typefaces.</summary>
    [TestCase("0123456789")]
    [TestCase("0123456789 \u0391\u03B8\u03B7\u03BD\u03AC")]
    public void EveryDigitIsAsWideAsEveryOther(string name)
    {
        using var pdf = PdfDocument.Open(Letter.Draw(SampleStatements.Named(name, "9876543210")));
        var digits = pdf.GetPage(1).Letters.Where(letter => letter.Value is [>= '0' and <= '9'])
            .GroupBy(letter => (letter.FontName, letter.PointSize), letter => (letter.Value, Width: Math.Round(letter.EndBaseLine.X - letter.StartBaseLine.X, 3, MidpointRounding.ToEven))).ToList();
        Assert.That(digits.Max(kind => kind.Select(digit => digit.Value).Distinct().Count()), Is.EqualTo(10));
        Assert.That(digits.Select(kind => kind.Key.FontName).Distinct().Count(), Is.GreaterThan(1), "regular and semibold");
        foreach (var kind in digits) Assert.That(kind.Select(digit => digit.Width).Distinct().Count(), Is.EqualTo(1), $"{kind.Key}");
    }

    [Test]
    public void AmountsStandCentUnderCent()
    {
        using var pdf = PdfDocument.Open(Letter.Draw(SampleStatements.Worker));
        var points = pdf.GetPage(1).GetWords().Where(word => word.Text.Length > 3 && word.Text[^3] == '.' && word.BoundingBox.Right > 552)
            .GroupBy(word => word.Letters[^3].FontName, word => Math.Round(word.Letters[^3].StartBaseLine.X, 2, MidpointRounding.ToEven)).ToList();
        Assert.That(points.Max(weight => weight.Count()), Is.GreaterThan(4), "the last column of the account");
        foreach (var weight in points) Assert.That(weight.Distinct().Count(), Is.EqualTo(1), weight.Key);
    }
}
