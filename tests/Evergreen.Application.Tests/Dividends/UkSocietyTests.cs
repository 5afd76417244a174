using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Tax;
using NUnit.Framework;
using UglyToad.PdfPig;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>
/// A United Kingdom society: a divi by purchases, share interest as a cost before it, and a share by labour that goes to payroll (CTA 2009 s.132 and s.499).
/// Net 1,000.00. Each of three members held 100.00 of shares from 2 January, 364 of 365 days: 3 × 10,000 × 364 ÷ 365 × 3 % = 897.53 pence, interest 8.98.
/// The rest, 991.02, is halved at the pools: purchases 500.00, labour 500.00, each less half of the interest (4.49).
/// </summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class UkSocietyTests(TestDatabase databases)
{
    private const string Policy = """
        { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%",
          "pools": [
            { "code": "interest", "name": "Share interest", "kind": "share-interest", "rate": "3%", "cash": "100%", "notice": "none" },
            { "code": "divi", "name": "Divi", "net": "50%", "unit": [ { "measure": "purchases" } ], "cash": "50%", "notice": "none" },
            { "code": "labour", "name": "Labour share", "net": "50%", "unit": [ { "measure": "hours" } ], "cash": "100%", "notice": "none", "payThrough": "payroll" } ] }
        """;

    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, [100_00, 100_00, 200_00], net: "1000.00", otherHours: 0, regime: TaxRegime.UkRegisteredSociety).WithPurchases(10_00, 20_00, 30_00);
    }

    [TearDown]
    public void Close() => database.Dispose();

    [Test]
    public void LabourGoesToPayrollAndNeverIntoADividendPayment()
    {
        bakery.UpToApproval(Policy);
        bakery.Post();
        Money Of(string account) => database.Books.Read(db => -MemberBalances.OfAccount(db, bakery.CoOp.Id, account));
        Assert.That(Of(AccountCodes.ShareInterestPayable), Is.EqualTo(Money.Parse("8.98")));
        Assert.That(Of(AccountCodes.LabourSharePayable), Is.EqualTo(Money.Parse("495.51")));
        Assert.That(Of(AccountCodes.PatronagePayable) + Of(AccountCodes.MembershipShares) - Money.Parse("300.00"), Is.EqualTo(Money.Parse("495.51")), "the divi: half in cash, half added to shares");
        Assert.That(Of(AccountCodes.NetIncome), Is.EqualTo(Money.Zero));
        Assert.That(new CheckBooks(database.Books).Run(new CheckBooks.Request()).Value.Findings, Is.Empty);

        using var payroll = new MemoryStream();
        Assert.That(new DividendWorksheet(database.Books).Export(null, Bakery.Run, DividendWorksheet.Layout.Payroll, payroll).Value, Is.EqualTo(3));
        var rows = System.Text.Encoding.UTF8.GetString(payroll.ToArray()).Split("\r\n");
        Assert.That(rows[0], Is.EqualTo("member_number,name,fiscal_year,run,pool,unit,units,amount"));
        Assert.That(rows[3], Is.EqualTo("0003,Worker 3,2025,2025-1,labour,hours,200.00,247.75"));
    }

    [TestCase("0.00", true)]
    [TestCase("1000.00", false)]
    public void InterestIsCertifiedByTaxYearOnceThatIsOver(string leastPayment, bool inMoney)
    {
        bakery.UpToApproval(Policy.Replace("\"pools\"", $"\"minimumPayment\": {{ \"amount\": \"{leastPayment}\", \"below\": \"retain\" }}, \"pools\"", StringComparison.Ordinal));
        bakery.Post();
        // From 15 January to 12 April: the tax year of the posting is over, that of the payment has begun.
        database.Clock.Advance(TimeSpan.FromDays(87));
        Assert.That(Interest(0).Count, Is.EqualTo(inMoney ? 0 : 1), "money that was not paid yet is in no year");
        if (inMoney) Assert.That(new PayDividend(database.Books).Run(new(null, Bakery.Run, "bea", "BACS 7")).Refusal, Is.Null);
        Assert.That(Interest(0).Count, Is.EqualTo(inMoney ? 0 : 1), "the tax year that runs is not certified");
        database.Clock.Advance(TimeSpan.FromDays(365));
        var all = Enumerable.Range(0, 3).Select(member => Interest(member).Single()).ToList();
        Assert.That(all.Sum(row => row.Total), Is.EqualTo(Money.Parse("8.98")), "the interest of the run");
        Assert.That(all.Select(row => (row.TaxYear, row.Parts.Single().InMoney, row.Parts[0].On)).Distinct(), Is.EqualTo(new[] { inMoney ? (2026, true, new DateOnly(2026, 4, 12)) : (2025, false, new DateOnly(2026, 1, 15)) }));

        var certificate = Certificate(2).Value;
        using (var pdf = new Statements.PrintedPdf(certificate.Pdf))
            Assert.That(pdf.TextOf(1), Does.Contain(inMoney ? "2026/27" : "2025/26").And.Contain("Worker 3").And.Contain($"£{all[2].Total}").And.Contain("No tax was taken off").And.Not.Contain("1099"));
        Assert.That(certificate.FileName, Is.EqualTo($"bakery-share-interest-{all[2].TaxYear}-0003.pdf"));
        Assert.That((Certificate(2, "0001").Refusal!.Code, Certificate(2, year: 2019).Refusal!.Code), Is.EqualTo(("interest-certificate-unknown", "interest-certificate-unknown")), "another's is not there");
        Assert.That(database.Books.Read(db => db.AuditRecords.Count(record => record.Verb == "interest-certificates.open" && record.Subject == "member 0003")), Is.EqualTo(1));

        Assert.That(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "bea", "wrong shares") { Recovery = inMoney ? "set off" : null }).Refusal, Is.Null);
        Assert.That(Interest(2), Is.Empty, "what was taken back is in no year");

        IReadOnlyList<MyShareInterest.Row> Interest(int member) => new MyShareInterest(database.Books).Run(bakery.CoOp, bakery.Members[member].Id);
        Outcome<OpenMyInterestCertificate.Result> Certificate(int member, string? record = null, int? year = null) => new OpenMyInterestCertificate(database.Books).Run(new(bakery.CoOp, bakery.Members[member].Id, year ?? all[member].TaxYear, "member 0003", record));
    }

    [TestCase(2026, 4, 5, 2025, "2025/26")]
    [TestCase(2026, 4, 6, 2026, "2026/27")]
    [TestCase(1999, 12, 31, 1999, "1999/00")]
    public void TaxYearBeginsOnTheSixthOfApril(int year, int month, int day, int taxYear, string name)
    {
        Assert.That((UkTaxYear.Of(new DateOnly(year, month, day)), UkTaxYear.Name(taxYear)), Is.EqualTo((taxYear, name)));
        Assert.That(UkTaxYear.EndsOn(taxYear).AddDays(1), Is.EqualTo(UkTaxYear.StartsOn(taxYear + 1)));
    }

    [Test]
    public void LabourShareThatWouldBePaidAsADividendIsRefused()
    {
        var adopted = new AdoptPolicy(database.Books).Run(new AdoptPolicy.Request(null, 2025, Policy.Replace(", \"payThrough\": \"payroll\"", "", StringComparison.Ordinal), "board"));
        Assert.That(adopted.Refusal!.Sentence, Does.Contain("payroll"));
    }

    [Test]
    public void StatementSpeaksOfDiviAndShareInterestAndOfNoAmericanTax()
    {
        bakery.UpToApproval(Policy);
        bakery.Post();
        var folder = Directory.CreateTempSubdirectory("evergreen-uk-").FullName;
        try
        {
            new IssueStatements(database.Books).Run(new IssueStatements.Request(null, Bakery.Run, "ann", folder, Paper: PaperKind.A4));
            using var pdf = PdfDocument.Open(Path.Combine(folder, "bakery-2025-1-0003.pdf"));
            var text = string.Join(" ", pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
            Assert.That(text, Does.Contain("divi").And.Contain("Share interest").And.Contain("payroll").And.Not.Contain("1388").And.Not.Contain("$"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
