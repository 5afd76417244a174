using System.Text.RegularExpressions;
using Evergreen.Application.Statements;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Statements;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Statements;

/// <summary>A statement speaks to the member it is for.</summary>
[TestFixture]
public sealed partial class StatementLanguageTests
{
    private static readonly Language Spanish = Language.Of("es", "US");

    private static readonly StatementBatch Letter = new(PaperSize.Letter);

    [OneTimeTearDown]
    public void PutAway() => Letter.Dispose();

    private static MemberStatement In(Language language, MemberStatement statement, IReadOnlyList<NoticeParagraph> notice) => statement with { Language = language, Notice = notice };

    private static MemberStatement SpanishWorker =>
        In(Spanish, SampleStatements.Worker, [NoticeWording.Qualified(Spanish, "$1,919.88", "$479.97", ConsentGround.Bylaw)]);

    [Test]
    public void ASpanishStatementIsSpanishToItsLastWord()
    {
        var drawn = Letter.Draw(SpanishWorker);
        using var pdf = new PrintedPdf(drawn);
        Assert.Multiple(() =>
        {
            Assert.That(pdf.Text, Does.Contain("Su dividendo de 2025").And.Contain("31 de marzo de 2026").And.Contain("Número de miembro").And.Contain("1,820.50 de 36,412.25").And.Contain("¿Preguntas?").And.Contain("Página 1 de 1"));
            Assert.That(pdf.Text, Does.Contain("calificado según la sección 1388(c)").And.Contain("$2,399.85").And.Contain("Aviso calificado 2025"));
            Assert.That(pdf.Text, Does.Not.Contain("Fiscal year").And.Not.Contain("Your").And.Not.Contain("Losses"));
            Assert.That((pdf.Language, pdf.PageCount), Is.EqualTo(("es", 1)));
            Assert.That(pdf.Title, Is.EqualTo("Estado de cuenta del miembro y aviso de asignación, 2025: Rosalind Okafor"));
            Assert.That(drawn, Has.Length.LessThanOrEqualTo(25 * 1024));
            Assert.That(PrintedPdf.QpdfComplaints(drawn), Is.Empty);
        });
    }

    [Test]
    public void ASocietySpeaksSpanishInTheTermsOfItsLaw()
    {
        var language = Language.Of("es", "GB");
        using var pdf = new PrintedPdf(Letter.Draw(In(language, SampleStatements.Society, [NoticeWording.Divi(language, "£70.65")])));
        Assert.That(pdf.Text, Does.Contain("Su dividendo (divi) de 2025/26").And.Contain("Añadido a sus cuotas").And.Contain("Cuotas retirables").And.Not.Contain("asignación"));
    }

    [Test]
    public void StatementsOfSeveralLanguagesHaveTheBytesThatEachHasAlone()
    {
        MemberStatement[] statements = [SampleStatements.Worker, SpanishWorker, SampleStatements.Society, SpanishWorker with { Member = new StatementMember("7", "Íñigo Núñez", []) }];
        var together = new byte[statements.Length][];
        using (var batch = new StatementBatch(PaperSize.Letter))
            Parallel.For(0, statements.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => together[i] = batch.Draw(statements[i]));
        for (var i = 0; i < statements.Length; i++)
        {
            using var alone = new StatementBatch(PaperSize.Letter);
            Assert.That(alone.Draw(statements[i]), Is.EqualTo(together[i]), $"{i}");
        }
    }

    [Test]
    public void NoWordOfAStatementIsWrittenIntoTheDrawing()
    {
        AppContext.SetSwitch(Language.PseudoSwitch, true);
        var pseudo = Language.Of(Language.PseudoTag, "US");
        var settlement = SampleStatements.Worker.Settlement with { HowPaid = "", Withheld = Money.Parse("100.00"), Payable = Money.Parse("379.97"), Qualified = Money.Parse("1000.00"), Nonqualified = Money.Parse("919.88") };
        var worker = SampleStatements.Worker with
        {
            Earnings = [new("0", Money.Parse("48000.00"), IsTotal: false)], Redemption = "", Settlement = settlement, Standing = StatementStanding.Corrected,
            Pools = [SampleStatements.Worker.Pools[0] with { Name = "0", UnitWord = "0", RoundingStep = "0" }],
            CoOp = SampleStatements.Laundry with { Name = "0", AddressLines = [], ContactName = "0", ContactPhone = null, ContactEmail = null },
            Member = new StatementMember("0", "0", []), Language = pseudo,
            Notice = NoticeWording.ForUnitedStates(pseudo, settlement, ConsentGround.Written, amount => pseudo.Amount(amount, "USD")),
            Account = [.. SampleStatements.Worker.Account.Take(4), new(StakeKind.QualifiedNotice, 2025, Money.Zero, Money.Parse("1000.00"), Money.Zero, Money.Zero, Money.Parse("1000.00")), new(StakeKind.NonqualifiedNotice, 2025, Money.Zero, Money.Parse("919.88"), Money.Zero, Money.Zero, Money.Parse("919.88"))],
        };
        using var pdf = new PrintedPdf(Letter.Draw(worker));
        var text = pdf.Text;
        while (Bracketed().IsMatch(text)) text = Bracketed().Replace(text, " ");
        Assert.That(text, Does.Not.Match("[A-Za-z]{2}"));
        Assert.That(pdf.Title, Does.StartWith("[[").And.EndWith("]"));
    }

    [GeneratedRegex(@"\[[^\[\]]*\]")]
    private static partial Regex Bracketed();
}

/// <summary>The statements of a run, each in its member's language, whoever issues them.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class StatementsInTheMembersLanguageTests(TestDatabase databases)
{
    [Test]
    public void EachIsInTheLanguageOfItsMemberAndIssuingAgainGivesTheSameBytes()
    {
        using var database = databases.Create();
        var folder = Directory.CreateTempSubdirectory("evergreen-languages-").FullName;
        try
        {
            Bakery.In(database, Bakery.SevenWorkers).UpToApproval().Post();
            database.Books.Write<int>(false, db =>
            {
                db.Members.Single(member => member.Number == "0002").Language = "es-MX";
                return 1;
            });
            Issue(database, Path.Combine(folder, "first"));
            Issue(database, Path.Combine(folder, "second"));
            foreach (var file in Directory.GetFiles(Path.Combine(folder, "first")))
                Assert.That(File.ReadAllBytes(Path.Combine(folder, "second", Path.GetFileName(file))), Is.EqualTo(File.ReadAllBytes(file)), file);
            var (english, spanish) = (Read(folder, "0001"), Read(folder, "0002"));
            Assert.That(english, Does.Contain("Net income of the co-op").And.Contain("Paid by"));
            Assert.That(spanish, Does.Contain("Resultado neto de la cooperativa").And.Contain("Se paga a más tardar el").And.Contain("horas").And.Not.Contain("Net income").And.Not.Contain("Shared among"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Issue(OpenTestDatabase database, string into) => new IssueStatements(database.Books).Run(new IssueStatements.Request(null, Bakery.Run, "ann", into));

    private static string Read(string folder, string member)
    {
        using var pdf = new PrintedPdf(File.ReadAllBytes(Path.Combine(folder, "first", $"bakery-2025-1-{member}.pdf")));
        return pdf.Text;
    }
}
