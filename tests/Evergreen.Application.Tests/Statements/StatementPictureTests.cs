using System.Text;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Statements;
using NUnit.Framework;
using UglyToad.PdfPig;

namespace Evergreen.Application.Tests.Statements;

/// <summary>What is drawn and not written: the co-op's logo and colour, and the chart of the member's stake.</summary>
public sealed class StatementPictureTests
{
    private static readonly StatementBatch Letter = new(PaperSize.Letter);

    [OneTimeTearDown]
    public void PutAway() => Letter.Dispose();

    /// <summary>The colours in which shapes of the first page are filled, and how often each.</summary>
    private static Dictionary<string, int> Fills(MemberStatement statement)
    {
        using var pdf = PdfDocument.Open(Letter.Draw(statement));
        return pdf.GetPage(1).Paths.Where(path => path.IsFilled && path.FillColor is not null).Select(path => path.FillColor!.ToRGBValues())
            .GroupBy(rgb => $"#{Byte(rgb.r)}{Byte(rgb.g)}{Byte(rgb.b)}", StringComparer.Ordinal).ToDictionary(colour => colour.Key, colour => colour.Count(), StringComparer.Ordinal);
        static string Byte(double part) => ((int)Math.Round(part * 255, MidpointRounding.ToEven)).ToString("X2", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static MemberStatement With(byte[]? logo, string colour = "#0F5257") => SampleStatements.Worker with { CoOp = (logo is null ? SampleStatements.Laundry : SampleStatements.Laundry with { Logo = logo }) with { BrandColour = colour } };

    [Test]
    public void ALogoOfShapesIsDrawnInItsOwnColours()
    {
        var logo = Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 4'><rect width='4' height='4' fill='#AB1234'/><circle cx='2' cy='2' r='1' fill='#12AB34'/></svg>");
        Assert.That(Fills(With(logo)).Keys, Is.SupersetOf(new[] { "#AB1234", "#12AB34" }));
        Assert.That(Fills(With(null)).Keys, Has.None.EqualTo("#AB1234"));
    }

    [Test]
    public void ALogoThatIsAPictureIsPlacedOnThePage()
    {
        using var with = PdfDocument.Open(Letter.Draw(With(File.ReadAllBytes(Imports.SampleCoOp.Book("grocery/logo.png")))));
        using var without = PdfDocument.Open(Letter.Draw(With(null)));
        Assert.That((with.GetPage(1).GetImages().Count(), without.GetPage(1).GetImages().Count()), Is.EqualTo((1, 0)));
    }

    [Test]
    public void TheCoOpsColourIsThatOfItsStatements()
    {
        Assert.That(Fills(With(null, "#7A1FA2")).Keys, Has.Some.EqualTo("#7A1FA2"));
        Assert.That(Fills(With(null, "#0F5257")).Keys, Has.None.EqualTo("#7A1FA2"));
    }

    [Test]
    public void TheStakeOfEachYearIsABar()
    {
        var years = SampleStatements.Worker.StakeOverTheYears;
        Assert.That(years, Has.Count.GreaterThan(2));
        using (var pdf = new PrintedPdf(Letter.Draw(SampleStatements.Worker)))
        {
            Assert.That(pdf.Text, Does.Contain("Your stake over the years"));
            foreach (var year in years) Assert.That(pdf.Text, Does.Contain($"{year.FiscalYear}").And.Contain(year.Total.ToGroupedString()[..^3]));
        }
        // One year less is a bar less in each of the two colours that it has.
        var fewer = Fills(With(null) with { StakeOverTheYears = [.. years.Skip(1)] });
        var all = Fills(With(null));
        Assert.That(all.Keys.Where(colour => all[colour] != fewer.GetValueOrDefault(colour)).Sum(colour => all[colour] - fewer.GetValueOrDefault(colour)),
            Is.EqualTo((years[0].PaidIn.IsZero ? 0 : 1) + (years[0].Retained.IsZero ? 0 : 1)));
    }
}
