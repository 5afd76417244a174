using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Statements;
using NUnit.Framework;
using UglyToad.PdfPig;

namespace Evergreen.Application.Tests.Statements;

[TestFixture]
public sealed class StatementPdfTests
{
    private static readonly StatementBatch Letter = new(PaperSize.Letter);
    private static readonly StatementBatch A4 = new(PaperSize.A4);

    private static IEnumerable<TestCaseData> Samples()
    {
        yield return new TestCaseData(SampleStatements.Worker).SetArgDisplayNames("worker");
        yield return new TestCaseData(SampleStatements.Tiny).SetArgDisplayNames("tiny");
        yield return new TestCaseData(SampleStatements.Society).SetArgDisplayNames("society");
        yield return new TestCaseData(SampleStatements.Corrected).SetArgDisplayNames("corrected");
        yield return new TestCaseData(SampleStatements.WithManyLots(40)).SetArgDisplayNames("many lots");
        foreach (var name in SampleStatements.Names)
            yield return new TestCaseData(SampleStatements.Named(name, name)).SetArgDisplayNames(name);
    }

    [OneTimeTearDown]
    public void PutAway()
    {
        Letter.Dispose();
        A4.Dispose();
    }

    [TestCaseSource(nameof(Samples))]
    public void EveryAmountOfTheRecordStandsOnThePage(MemberStatement statement)
    {
        using var pdf = new PrintedPdf(Letter.Draw(statement));
        var text = pdf.Text;
        Assert.Multiple(() =>
        {
            foreach (var written in Written(statement)) Assert.That(text, Does.Contain(written));
        });
    }

    [Test]
    public void TheWorkingShowsTheExactFractionAndTheUnroundedShare()
    {
        using var pdf = new PrintedPdf(Letter.Draw(SampleStatements.Worker));
        Assert.Multiple(() =>
        {
            Assert.That(pdf.Text, Does.Contain("1,820.50 of 36,412.25 hours"));
            Assert.That(pdf.Text, Does.Contain("7,282 / 145,649"));
            Assert.That(pdf.Text, Does.Contain("4.999691\u2026%"));
            Assert.That(pdf.Text, Does.Contain("2,399.85169826\u2026"));
            Assert.That(pdf.Text, Does.Contain("qualified written notice of allocation as defined in section 1388(c)"));
        });
    }

    /// <summary>The longest numbers and names are set smaller and not over what stands beside them.</summary>
    [Test]
    public void NothingIsPrintedOverAnother()
    {
        var number = "MEMBER-" + new string('0', 30) + "1";
        var large = SampleStatements.Worker with
        {
            DocumentNumber = $"laundry-2025-1-{number}", Member = new StatementMember(number, "Maximilienne-Alexandrina Konstantinopoulou-Featherstonehaugh de la Vega", ["1 Elm Street"]),
        };
        var spanish = SampleStatements.Society with { Language = Domain.Languages.Language.Of("es", "GB"), YearStartsOn = new DateOnly(2025, 9, 29), YearEndsOn = new DateOnly(2026, 9, 28) };
        foreach (var statement in (MemberStatement[])[SampleStatements.Worker, large, spanish])
        {
            using var pdf = PdfDocument.Open(Letter.Draw(statement));
            var over = pdf.GetPage(1).Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value)).GroupBy(letter => Math.Round(letter.StartBaseLine.Y, 1)).SelectMany(line =>
            {
                var letters = line.OrderBy(letter => letter.StartBaseLine.X).ToList();
                return letters.Zip(letters.Skip(1)).Where(pair => pair.Second.StartBaseLine.X < pair.First.EndBaseLine.X - 1).Select(pair => $"{pair.First.Value}{pair.Second.Value} at {pair.First.StartBaseLine}");
            });
            Assert.That(over, Is.Empty);
        }
    }

    [Test]
    public void TitleAuthorAndLanguageAreSet()
    {
        using var here = new PrintedPdf(Letter.Draw(SampleStatements.Worker));
        using var there = new PrintedPdf(A4.Draw(SampleStatements.Society));
        Assert.Multiple(() =>
        {
            Assert.That(here.Title, Is.EqualTo("Member statement and notice of allocation, 2025: Rosalind Okafor"));
            Assert.That(here.Author, Is.EqualTo("Willow Street Laundry Cooperative"));
            Assert.That(here.Language, Is.EqualTo("en-US"));
            Assert.That(there.Title, Does.Contain("Siobh\u00E1n \u00D3 Faol\u00E1in"));
            Assert.That(there.Language, Is.EqualTo("en-GB"));
        });
    }

    [TestCaseSource(nameof(Samples))]
    public void QpdfFindsNothingWrong(MemberStatement statement) =>
        Assert.That(PrintedPdf.QpdfComplaints(A4.Draw(statement)), Is.Empty);

    [TestCaseSource(nameof(Samples))]
    public void NoStatementIsLargerThanTwentyFiveKilobytes(MemberStatement statement) =>
        Assert.That(Letter.Draw(statement), Has.Length.LessThanOrEqualTo(25 * 1024));

    [Test]
    public void AStatementDrawnAloneHasTheBytesItHasInABatchOnTwoThreads()
    {
        var statements = SampleStatements.Names.Select((name, i) => SampleStatements.Named(name) with { DocumentNumber = $"2025-{i}" }).ToList();
        var together = new byte[statements.Count][];
        using (var batch = new StatementBatch(PaperSize.Letter))
            Parallel.For(0, statements.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => together[statements.Count - 1 - i] = batch.Draw(statements[statements.Count - 1 - i]));
        Assert.Multiple(() =>
        {
            for (var i = 0; i < statements.Count; i++)
            {
                using var alone = new StatementBatch(PaperSize.Letter);
                Assert.That(alone.Draw(statements[i]), Is.EqualTo(together[i]), statements[i].Member.Name);
            }
        });
    }

    [Test]
    public void PaperIsLetterOrA4()
    {
        using var letter = new PrintedPdf(Letter.Draw(SampleStatements.Worker));
        using var a4 = new PrintedPdf(A4.Draw(SampleStatements.Worker));
        Assert.Multiple(() =>
        {
            Assert.That(letter.PaperOf(1), Is.EqualTo((612.0, 792.0)));
            Assert.That(a4.PaperOf(1), Is.EqualTo((595.0, 842.0)));
        });
    }

    [Test]
    public void OnePageIsEnoughForAnOrdinaryMember()
    {
        using var letter = new PrintedPdf(Letter.Draw(SampleStatements.Worker));
        using var a4 = new PrintedPdf(A4.Draw(SampleStatements.Corrected));
        Assert.Multiple(() =>
        {
            Assert.That(letter.PageCount, Is.EqualTo(1));
            Assert.That(letter.Text, Does.Contain("Page 1 of 1"));
            Assert.That(a4.PageCount, Is.EqualTo(1));
        });
    }

    [Test]
    public void TheTableHeadIsRepeatedOnTheSecondPage()
    {
        using var pdf = new PrintedPdf(Letter.Draw(SampleStatements.WithManyLots(40)));
        Assert.Multiple(() =>
        {
            Assert.That(pdf.PageCount, Is.EqualTo(2));
            Assert.That(pdf.TextOf(1), Does.Contain("Losses debited").And.Contain("Page 1 of 2"));
            Assert.That(pdf.TextOf(2), Does.Contain("Losses debited").And.Contain("Page 2 of 2"));
        });
    }

    [Test]
    public void ACorrectedCopySaysSoAndWhy()
    {
        using var pdf = new PrintedPdf(Letter.Draw(SampleStatements.Corrected));
        Assert.That(pdf.Text, Does.Contain("CORRECTED").And.Contain("replaces statement 2025-0147 of March 31, 2026"));
    }

    [Test]
    public void AReversedStatementSaysSo()
    {
        var reversed = SampleStatements.Worker with { Standing = StatementStanding.Reversed, StandingReason = "The dividend was reversed on May 4, 2026." };
        using var pdf = new PrintedPdf(Letter.Draw(reversed));
        Assert.That(pdf.Text, Does.Contain("REVERSED").And.Contain("The dividend was reversed on May 4, 2026."));
    }

    [Test]
    public void ASocietyInTheUnitedKingdomIsSpokenToInItsOwnWords()
    {
        using var pdf = new PrintedPdf(A4.Draw(SampleStatements.Society));
        Assert.Multiple(() =>
        {
            Assert.That(pdf.Text, Does.Contain("Your divi for 2025/26").And.Contain("Share interest of \u00A35.00").And.Contain("14 September 2026"));
            Assert.That(pdf.Text, Does.Not.Contain("1388").And.Not.Contain("1385").And.Not.Contain("Internal Revenue").And.Not.Contain("patronage"));
        });
    }

    [Test]
    public void ALogoThatIsNoPictureIsNamedAsTheFault() => Assert.Multiple(() =>
    {
        Assert.That(() => Letter.Draw(WithLogo("not a picture")), Throws.TypeOf<FormatException>());
        Assert.That(() => Letter.Draw(WithLogo("<svg viewBox='0 0 1 1'><rect transform='scale(2)' width='1' height='1'/></svg>")), Throws.TypeOf<FormatException>().With.Message.Contains("transform"));
        Assert.That(() => Letter.Draw(SampleStatements.Tiny with { CoOp = SampleStatements.Tiny.CoOp with { BrandColour = "green" } }), Throws.TypeOf<FormatException>());
    });

    private static MemberStatement WithLogo(string bytes) =>
        SampleStatements.Tiny with { CoOp = SampleStatements.Tiny.CoOp with { Logo = System.Text.Encoding.UTF8.GetBytes(bytes) } };

    private static IEnumerable<string> Written(MemberStatement statement)
    {
        var amounts = new List<Domain.Arithmetic.Money> { statement.Settlement.Dividend, statement.Settlement.Cash, statement.Settlement.Retained };
        amounts.AddRange(statement.Earnings.Select(step => step.Amount));
        amounts.AddRange(statement.Pools.Select(pool => pool.Dividend));
        foreach (var lot in statement.Account) amounts.AddRange([lot.Opening, lot.Credited, -lot.LossesDebited, -lot.Redeemed, lot.Closing]);
        var total = AccountLot.Totals(statement.Account);
        amounts.AddRange([total.Opening, total.Credited, total.Closing]);
        var words = amounts.Where(amount => !amount.IsZero).Select(amount => amount.Abs().ToGroupedString()).Distinct();
        return [.. words, statement.DocumentNumber, statement.Member.Number, .. statement.Member.AddressLines.Where(line => line.All(char.IsAscii)), statement.CoOp.ContactName];
    }
}
