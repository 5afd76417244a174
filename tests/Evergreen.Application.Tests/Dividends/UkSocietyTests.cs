using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
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
