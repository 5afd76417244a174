using System.Text;
using Evergreen.Application.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Patronage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>What stands in the files of a run, to the cent.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class DividendExportTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    private string[] Rows(DividendWorksheet.Layout layout)
    {
        using var bytes = new MemoryStream();
        Assert.That(new DividendWorksheet(database.Books).Export(null, Bakery.Run, layout, bytes).IsRefused, Is.False);
        return Encoding.UTF8.GetString(bytes.ToArray()).Split("\r\n")[1..^1];
    }

    [Test]
    public void LossPoolIsComputedOnTheAbsoluteValueAndWrittenNegative()
    {
        var bakery = Bakery.In(database, [200_00, 200_00, 100_00], net: "-50.01", otherHours: 0);
        bakery.UpToApproval();
        Assert.That(Rows(DividendWorksheet.Layout.Allocations), Is.EqualTo(new[]
        {
            "0001,Worker 1,labour,hours,200.00,500.00,-5001,2,5,2000,1,-2001,0,-2001,qualified,0,0",
            "0002,Worker 2,labour,hours,200.00,500.00,-5001,2,5,2000,0,-2000,0,-2000,qualified,0,0",
            "0003,Worker 3,labour,hours,100.00,500.00,-5001,1,5,1000,0,-1000,0,-1000,qualified,0,0",
        }));
    }

    [TestCase("floor-residue-to-reserve", "200.00", "0", "6666", "1334", "5332")]
    [TestCase("half-up-residue-to-reserve", "200.00", "1", "6667", "1334", "5333")]
    [TestCase("half-up-residue-to-reserve", "100.00", "0", "3333", "667", "2666")]
    public void AnotherRoundingGivesEveryMemberTheSameCents(string rounding, string net, string extra, string dividend, string cash, string retained)
    {
        var bakery = Bakery.In(database, [100_00, 100_00, 100_00], net: net, otherHours: 0);
        bakery.UpToApproval(Bakery.Policy.Replace("\"30%\"", $"\"0%\", \"rounding\": \"{rounding}\"", StringComparison.Ordinal));
        var (pool, floor) = (net.Replace(".", "", StringComparison.Ordinal), long.Parse(dividend) - long.Parse(extra));
        Assert.That(Rows(DividendWorksheet.Layout.Allocations), Is.EqualTo(Enumerable.Range(1, 3).Select(i => $"000{i},Worker {i},labour,hours,100.00,300.00,{pool},1,3,{floor},{extra},{dividend},{cash},{retained},qualified,0,{cash}")));
    }

    [Test]
    public void CorePosColumnsHoldWhatCountsAndOnlyTheCashThatIsPaid()
    {
        var bakery = Bakery.In(database, [100_00, 100_00, 100_00, 100_00], net: "100.00", otherHours: 0).WithPurchases(300_00, 100_00, 200_00, 400_00);
        database.Books.Write<int>(false, db =>
        {
            var import = db.Imports.First(one => one.CoOpId == bakery.CoOp.Id);
            var cards = new PatronageCategory { CoOpId = bakery.CoOp.Id, Measure = Measure.Purchases, Code = "gift-cards" };
            db.Add(cards);
            db.SaveChanges();
            foreach (var member in bakery.Members.Take(2))
                db.Add(new PatronageTotal { CoOpId = bakery.CoOp.Id, FiscalYear = 2025, MemberId = member.Id, Measure = Measure.Purchases, CategoryId = cards.Id, Eligibility = RowEligibility.ByDepartment, Quantity = 50_00, Rows = 1 });
            // The third shops for the household of the first; of the fourth no tax id is on file.
            db.Members.Single(one => one.Id == bakery.Members[2].Id).HouseholdOfId = bakery.Members[0].Id;
            db.Members.Single(one => one.Id == bakery.Members[3].Id).TaxIdSealed = null;
            return 1;
        });
        bakery.UpToApproval("""
            { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%",
              "pools": [ { "code": "shop", "name": "Shop", "net": "100%", "unit": [ { "measure": "purchases", "except": [ "gift-cards" ] } ], "cash": "20%", "notice": "qualified" } ],
              "minimumPayment": { "amount": "5.00", "below": "roll-forward" }, "backupWithholding": "24%", "losses": { "steps": [ "reserve" ] } }
            """);
        // 500.00, 100.00 and 400.00 of 1,000.00 that count. 2.00 is below the minimum and rolls forward; of 8.00 a quarter less a penny is withheld.
        Assert.That(Rows(DividendWorksheet.Layout.CorePos), Is.EqualTo(new[]
        {
            "0001,500.00,0.00,0.00,500.00,50.00,10.00,40.00,2025",
            "0002,100.00,0.00,0.00,100.00,10.00,0.00,8.00,2025",
            "0004,400.00,0.00,0.00,400.00,40.00,6.08,32.00,2025",
        }));
    }
}
