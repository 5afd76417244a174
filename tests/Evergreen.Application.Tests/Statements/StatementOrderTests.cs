using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Statements;
using NUnit.Framework;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;

namespace Evergreen.Application.Tests.Statements;

/// <summary>A statement tells its story in the order of the model notice: what was earned, the pool, the member's part of it, the dividend, cash and kept, the account, redemption, notice and consent, whom to ask.</summary>
public sealed class StatementOrderTests
{
    private static readonly Language Spanish = Language.Of("es", "US");
    private static readonly Language SpanishSociety = Language.Of("es", "GB");

    private static IEnumerable<TestCaseData> Told()
    {
        yield return new TestCaseData(SampleStatements.Worker, (string[])[
            "Rosalind Okafor", "Fiscal year", "What the co-op earned", "Net income before tax", "$120,000.00", "Shared among members", "40% of net income", "$48,000.00",
            "1,820.50 of 36,412.25 hours", "7,282 / 145,649", "4.999691\u2026%", "2,399.85169826\u2026", "Your dividend for 2025", "$2,399.85", "Cash now \u00B7 20%", "Kept in your account \u00B7 80%", "$479.97", "$1,919.88",
            "Your account", "Opening", "Qualified notice 2022", "Qualified notice 2025", "Your stake", "except as otherwise determined by the Board",
            "Qualified written notice of allocation", "as defined in section 1388(c)", "By your membership, under the consent bylaw given to you", "Include in income", "Questions?", "Dana Whitfield"]).SetArgDisplayNames("en-US");
        yield return new TestCaseData(SampleStatements.Worker with { Language = Spanish, Notice = [NoticeWording.Qualified(Spanish, "$1,919.88", "$479.97", ConsentGround.Bylaw)] }, (string[])[
            "Rosalind Okafor", "Ejercicio", "Lo que gan\u00F3 la cooperativa", "$120,000.00", "40% del resultado neto", "$48,000.00",
            "1,820.50 de 36,412.25", "7,282 / 145,649", "2,399.85169826\u2026", "Su dividendo de 2025", "$2,399.85", "En efectivo ahora \u00B7 20%", "Guardado en su cuenta \u00B7 80%", "$479.97", "$1,919.88",
            "Su cuenta", "Inicial", "Aviso calificado 2025", "Su capital", "except as otherwise determined by the Board", "secci\u00F3n 1388(c)", "\u00BFPreguntas?"]).SetArgDisplayNames("es-US");
        yield return new TestCaseData(SampleStatements.Society, (string[])[
            "Siobh\u00E1n \u00D3 Faol\u00E1in-Wojciechowska", "Society\u2019s year", "What the society earned", "Surplus for the year", "\u00A352,400.00", "57.25% of the surplus", "\u00A330,000.00",
            "2,148.60 of 912,340.15 pounds of purchases", "Your divi for 2025/26", "\u00A370.65", "Cash now \u00B7 50.01%", "Added to your shares \u00B7 49.99%", "\u00A335.33", "\u00A335.32",
            "Your account", "Withdrawable shares", "Your stake", "at the discretion of the board", "Your divi", "Share interest of \u00A35.00", "Questions?", "The Secretary"]).SetArgDisplayNames("en-GB");
        yield return new TestCaseData(SampleStatements.Society with { Language = SpanishSociety, Notice = [NoticeWording.Divi(SpanishSociety, "\u00A370.65")] }, (string[])[
            "Ejercicio", "Lo que gan\u00F3 la sociedad", "\u00A352,400.00", "57.25% del excedente", "\u00A330,000.00", "2,148.60 de 912,340.15", "Su dividendo (divi) de 2025/26", "\u00A370.65", "50.01%", "49.99%", "\u00A335.33",
            "Su cuenta", "Cuotas retirables", "Su capital", "at the discretion of the board", "\u00BFPreguntas?"]).SetArgDisplayNames("es-GB");
    }

    [TestCaseSource(nameof(Told))]
    public void TheSectionsStandInTheOrderOfTheModelNotice(MemberStatement statement, string[] story)
    {
        using var batch = new StatementBatch(statement.CoOp.Country == StatementCountry.UnitedKingdom ? PaperSize.A4 : PaperSize.Letter);
        var text = PrintedPdf.AsPopplerReads(batch.Draw(statement));
        var at = 0;
        foreach (var part in story)
        {
            var next = text.IndexOf(part, at, StringComparison.Ordinal);
            Assert.That(next, Is.GreaterThanOrEqualTo(0), $"'{part}' after '{text[Math.Max(0, at - 40)..at]}' in: {text}");
            at = next + part.Length;
        }
    }

    [Test]
    public void ReadersListEachSectionAndOpenItWhereItBegins()
    {
        using var batch = new StatementBatch(PaperSize.Letter);
        var drawn = batch.Draw(SampleStatements.WithManyLots(40));
        using var pdf = PdfDocument.Open(drawn);
        var list = List(pdf);
        Assert.Multiple(() =>
        {
            Assert.That(list.Select(entry => entry.Title), Is.EqualTo(new[] { "What the co-op earned", "Your dividend for 2025", "Your account", "Qualified written notice of allocation" }));
            Assert.That(list.Select(entry => entry.PageNumber), Is.EqualTo(new[] { 1, 1, 1, 2 }));
            Assert.That(list.Take(3).Select(entry => entry.Destination.Coordinates.Top), Is.Ordered.Descending, "further down the page");
            Assert.That(PrintedPdf.QpdfComplaints(drawn), Is.Empty);
        });
    }

    [Test]
    public void TheListIsInTheMembersLanguageAndAnyScript()
    {
        using var batch = new StatementBatch(PaperSize.Letter);
        using var spanish = PdfDocument.Open(batch.Draw(SampleStatements.Society with { Language = SpanishSociety, Notice = [new NoticeParagraph("\u039C\u03AD\u03C1\u03B9\u03C3\u03BC\u03B1 (\\)", "\u2026")] }));
        Assert.That(List(spanish).Select(entry => entry.Title), Is.EqualTo(new[] { "Lo que gan\u00F3 la sociedad", "Su dividendo (divi) de 2025/26", "Su cuenta", "\u039C\u03AD\u03C1\u03B9\u03C3\u03BC\u03B1 (\\)" }));
    }

    [Test]
    public void APercentageIsRoundedFromWholeCentsAndTheTwoAddUp() => Assert.Multiple(() =>
    {
        static (string?, string?) Shares(string dividend, string cash)
        {
            var settlement = SampleStatements.Worker.Settlement with { Dividend = Domain.Arithmetic.Money.Parse(dividend), Cash = Domain.Arithmetic.Money.Parse(cash) };
            return (settlement.CashShare?.ToPercent(2), settlement.RetainedShare?.ToPercent(2));
        }
        Assert.That(Shares("3.00", "1.00"), Is.EqualTo(("33.33%", "66.67%")));
        Assert.That(Shares("800.00", "1.01"), Is.EqualTo(("0.13%", "99.87%")), "0.12625");
        Assert.That(Shares("800.00", "1.00"), Is.EqualTo(("0.13%", "99.87%")), "0.125 lies halfway and is rounded up");
        Assert.That(Shares("800.00", "0.99"), Is.EqualTo(("0.12%", "99.88%")), "0.12375");
        Assert.That(Shares("5.00", "0.00"), Is.EqualTo(("0%", "100%")));
        Assert.That(Shares("92233720368547758.07", "92233720368547758.07"), Is.EqualTo(("100%", "0%")));
        Assert.That(Shares("-3.00", "0.00"), Is.EqualTo(((string?)null, (string?)null)), "a loss has no parts");
        Assert.That((SampleStatements.Society with { Earnings = [new("Loss", Domain.Arithmetic.Money.Parse("-5.00")), new("Shared", Domain.Arithmetic.Money.Parse("-5.00"), IsTotal: true)] }).SharedOfNet, Is.Null);
    });

    private static List<DocumentBookmarkNode> List(PdfDocument pdf)
    {
        Assert.That(pdf.TryGetBookmarks(out var bookmarks), Is.True);
        return [.. bookmarks!.GetNodes().Cast<DocumentBookmarkNode>()];
    }
}
