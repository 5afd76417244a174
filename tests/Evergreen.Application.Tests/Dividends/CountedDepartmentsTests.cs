using Evergreen.Application.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Patronage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>What the office is told of its departments is what the calculation goes by.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class CountedDepartmentsTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    [Test]
    public void EachIsNamedWithThePoolsOfTheLatestPolicyInWhichItCounts()
    {
        var bakery = Bakery.In(database, Bakery.SevenWorkers);
        database.Books.Write<int>(false, db =>
        {
            foreach (var (measure, code) in ((Measure, string)[])[(Measure.Hours, "sick"), (Measure.Purchases, "bread"), (Measure.Purchases, "gift-cards")]) db.Add(new PatronageCategory { CoOpId = bakery.CoOp.Id, Measure = measure, Code = code });
            return 1;
        });
        Assert.That(Said(), Is.EqualTo(((int?)null, "")), "no policy yet");
        bakery.Adopt();
        Assert.That(Said(), Is.EqualTo(((int?)2025, "Hours regular: Labour; Hours sick: Labour; Purchases bread: ; Purchases gift-cards: ")));
        // Wages stand in rows of hours; what is left out counts nowhere, and what two pools take counts in both.
        bakery.Adopt("""
            { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%",
              "pools": [ { "code": "labour", "name": "Labour", "net": "50%", "unit": [ { "measure": "wages", "except": ["sick"] } ], "cash": "20%", "notice": "qualified" },
                         { "code": "shop", "name": "Shop", "net": "50%", "unit": [ { "measure": "purchases", "only": ["bread"] }, { "measure": "hours", "only": ["regular"] } ], "cash": "20%", "notice": "qualified" } ] }
            """, 2026);
        Assert.That(Said(), Is.EqualTo(((int?)2026, "Hours regular: Labour, Shop; Hours sick: ; Purchases bread: Shop; Purchases gift-cards: ")));
        Assert.That(new CountedDepartments(database.Books).Run("elsewhere").Refusal!.Code, Is.EqualTo("coop-unknown"));

        (int?, string) Said()
        {
            var counted = new CountedDepartments(database.Books).Run("bakery").Value;
            return (counted.Year, string.Join("; ", counted.Pools.OrderBy(one => one.Key.Measure == Measure.Purchases).ThenBy(one => one.Key.Code, StringComparer.Ordinal).Select(one => $"{one.Key.Measure} {one.Key.Code}: {string.Join(", ", one.Value)}")));
        }
    }
}
