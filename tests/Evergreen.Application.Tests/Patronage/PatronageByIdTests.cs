using Evergreen.Application.Patronage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;
using static Evergreen.Application.Tests.Patronage.Posting;

namespace Evergreen.Application.Tests.Patronage;

/// <summary>Purchases and hours row by row, as programs fetch them.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class PatronageByIdTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;
    private PatronageById list = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
        shop.Enrol("1", "2");
        list = new PatronageById(database.Books);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private IReadOnlyList<int> Member(string number) => database.Books.Read(db => db.Members.Where(member => member.Number == number).Select(member => member.Id).ToList());

    [Test]
    public async Task PurchasesOfTheCoOpComeBySourceAndIdThoseOfAMemberByDate()
    {
        shop.Purchases("R2,2,2025-01-03,11.00,,,,", "R3,1,2025-01-01,12.00,,,,", "R1,1,2025-01-02,10.00,wine,,,", "R4,,2025-01-04,9.00,,,,");
        Assert.That((await new RecordPurchases(database.Books).Run(One("k1", Receipt("A1", "12.34", department: "bread")))).Value.Status, Is.EqualTo(201));
        var first = list.Purchases(new(shop.CoOp, 3));
        var rest = list.Purchases(new(shop.CoOp, 3, first.Next));
        Assert.That(first.Rows.Concat(rest.Rows).Select(row => (row.Key.Id, row.Member, row.Department)), Is.EqualTo(new[] { ("R1", "1", "wine"), ("R2", "2", null), ("R3", "1", null), ("R4", (string?)null, (string?)null), ("A1", "1", "bread") }));
        Assert.That(rest.Next, Is.Null);
        var own = list.Purchases(new(shop.CoOp, 2, null, Member("1")));
        Assert.That(own.Rows.Concat(list.Purchases(new(shop.CoOp, 2, own.Next, Member("1"))).Rows).Select(row => row.Key.Id), Is.EqualTo(["R3", "R1", "A1"]));
        Assert.That((list.Purchase(shop.CoOp, "till", "A1")!.Purchase.AmountCents, list.Purchase(shop.CoOp, "till", "R1"), list.Purchase(shop.CoOp, "another", "A1")), Is.EqualTo((1234L, (PurchaseRow?)null, (PurchaseRow?)null)), "a program sees what it posted itself");
    }

    [Test]
    public async Task HoursOfTheCoOpComeBySourceAndIdThoseOfAMemberByDate()
    {
        var record = new RecordHours(database.Books);
        foreach (var line in new[] { Day("H2", "7.50", day: 3), Day("H1", "8.00", day: 4), Day("H3", "6.00", member: "2") }) Assert.That((await record.Run(One($"k{line.Id}", line))).Value.Status, Is.EqualTo(201));
        var first = list.Hours(new(shop.CoOp, 2));
        var rest = list.Hours(new(shop.CoOp, 2, first.Next));
        Assert.That(first.Rows.Concat(rest.Rows).Select(row => (row.Key.Id, row.Member, row.Kind)), Is.EqualTo(new[] { ("H1", "1", "regular"), ("H2", "1", "regular"), ("H3", "2", "regular") }));
        var own = list.Hours(new(shop.CoOp, 1, null, Member("1")));
        Assert.That((own.Rows.Single().Key.Id, list.Hours(new(shop.CoOp, 1, own.Next, Member("1"))).Rows.Single().Key.Id), Is.EqualTo(("H2", "H1")));
        Assert.That((list.Hours(shop.CoOp, "till", "H3")!.Hours.HoursHundredths, list.Hours(shop.CoOp, "till", "H9")), Is.EqualTo((600L, (HoursRow?)null)));
    }
}
