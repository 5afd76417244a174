using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Patronage;

/// <summary>Of Square's two files one is taken for a day of a store, never both.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class OtherFileTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        SampleCoOp.In(database).Enrol("1");
    }

    [TearDown]
    public void Close() => database.Dispose();

    private ImportReport Import(string profile, bool goodRows, params string[] rows) =>
        new ImportPurchases(database.Books).Run(SampleCoOp.Request(SampleCoOp.File($"{profile}.csv", ["Date,Category,Net Sales,Transaction ID,Location,Customer Reference ID", .. rows]))
            with { Profile = profile, DespiteTotals = true, TakeGoodRows = goodRows }).Value;

    [TestCase("square-transactions", "square-items")]
    [TestCase("square-items", "square-transactions")]
    public void ADayThatCameWithTheOtherFileIsRefusedAndOtherDaysGoIn(string first, string second)
    {
        Assert.That(Import(first, false, "1/13/2026,,$8.00,T1,Main,1", "1/13/2026,,$5.00,T2,,1", "1/14/2026,,$9.00,T3,Main,77", "1/15/2026,,$9.00,T4,Main,1").Committed, Is.True);
        var refused = Import(second, false, "1/13/2026,Produce,$8.00,T1,Main,1", "1/16/2026,Produce,$7.00,T5,Main,1", "1/14/2026,Produce,$9.00,T3,Main,77", "1/15/2026,Produce,$9.00,T6,North,1", "1/15/2026,Produce,$9.00,T7,,1");
        Assert.That((refused.FileName, refused.NotTaken!.Code), Is.EqualTo(($"{second}.csv", "rows-rejected")));
        Assert.That(refused.Problems.Select(problem => (problem.Code, problem.Line, problem.Column, problem.Value)), Is.EqualTo(new[]
        {
            ("day-in-other-file", 2L, "Date", "1/13/2026"), ("day-in-other-file", 4L, "Date", "1/14/2026"), ("day-in-other-file", 6L, "Date", "1/15/2026"),
        }));
        Assert.That(refused.Problems[0].Expected, Does.Contain($"import 1 ({first})").And.Contain("of Main"));
        Assert.That(refused.Problems[0].Remedy, Does.Contain("withdraw import 1 first"));
        var taken = Import(second, true, "1/13/2026,Produce,$8.00,T1,Main,1", "1/16/2026,Produce,$7.00,T5,Main,1", "1/15/2026,Produce,$9.00,T6,North,1");
        Assert.That((taken.Committed, taken.Totals.Accepted, taken.Totals.Rejected), Is.EqualTo((true, 2L, 1L)));
        Assert.That(database.Books.Read(db => db.Purchases.Sum(row => row.AmountCents)), Is.EqualTo(8_00 + 5_00 + 9_00 + 7_00 + 9_00));
    }

    [Test]
    public void TheSameFileMayTellOfADayAgainAndAWithdrawnOneNoLongerStandsInTheWay()
    {
        Import("square-items", false, "1/13/2026,Produce,$8.00,T1,Main,1");
        Assert.That(Import("square-items", false, "1/13/2026,Produce,$8.00,T1,Main,1", "1/13/2026,Produce,$4.00,T2,Main,1").Committed, Is.True);
        foreach (var import in new[] { 1, 2 }) Assert.That(new WithdrawImport(database.Books).Run(new("shop", import, "bea", "the other file")).IsRefused, Is.False);
        Assert.That(Import("square-transactions", false, "1/13/2026,,$8.00,T1,Main,1", "1/13/2026,,$4.00,T2,Main,1").Committed, Is.True);
    }
}
