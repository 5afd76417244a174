using Evergreen.Application.Patronage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Patronage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Patronage;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class ResolveHeldRowsTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
        shop.Enrol("1");
        shop.Purchases("R1,77,2025-01-02,10.00,wine,true,main,2", "R2,77,2024-01-03,5.00,,,,", "R3,78,2025-01-03,7.00,,,,");
    }

    [TearDown]
    public void Close() => database.Dispose();

    private Outcome<ResolveHeldRows.Result> Resolve(string number, string? to, string reason = "typed wrong at the till", long? row = null) =>
        new ResolveHeldRows(database.Books).Run(new("shop", number, to, "bea", reason, row));

    [Test]
    public void HeldRowsAreListedByNumberAndDay()
    {
        var lines = new ListHeldRows(database.Books).Run("shop").Value;
        Assert.That(lines.Select(line => (line.MemberNumber, line.SourceRef, line.Quantity, line.Row)), Is.EqualTo(new[] { ("77", "R2", Money.Parse("5.00"), 3L), ("77", "R1", Money.Parse("10.00"), 2L), ("78", "R3", Money.Parse("7.00"), 4L) }));
    }

    [Test]
    public void RowsMatchedToAMemberCountAsIfImportedSo()
    {
        var result = Resolve("77", "1").Value;
        Assert.That((result.Rows, result.Purchases), Is.EqualTo((2L, Money.Parse("15.00"))));
        var row = database.Books.Read(db => db.Purchases.Single(p => p.SourceRef == "R1"));
        var member = database.Books.Read(db => db.Members.Single().Id);
        Assert.That((row.MemberId, row.AmountCents, row.VolumeHundredths, row.Store, row.Eligibility, row.Row), Is.EqualTo(((int?)member, 1000L, (long?)200, "main", RowEligibility.Eligible, 2L)));
        Assert.That(database.Books.Read(db => db.PatronageTotals.Where(t => t.MemberId == member && t.Measure == Measure.Purchases).OrderBy(t => t.FiscalYear).Select(t => t.Quantity).ToList()), Is.EqualTo(new[] { 500L, 1000L }));
        Assert.That(new ListHeldRows(database.Books).Run("shop").Value, Has.Count.EqualTo(1));
    }

    [Test]
    public void OneRowAloneMayBeDeclaredNonMemberBusiness()
    {
        var id = new ListHeldRows(database.Books).Run("shop").Value[0].Id;
        Assert.That(Resolve("77", null, "a visitor", id).Value.Rows, Is.EqualTo(1));
        Assert.That(database.Books.Read(db => db.Purchases.Single().MemberId), Is.Null);
        Assert.That(database.Books.Read(db => db.HeldRows.Single(row => row.Id == id).Resolution), Is.EqualTo("non-member business: a visitor"));
    }

    [Test]
    public void WhatIsResolvedAndSentAgainIsSkippedOrShown()
    {
        Resolve("77", "1");
        var again = shop.Purchases("R1,77,2025-01-02,10.00,wine,true,main,2", "R9,1,2025-01-02,9.00,,,,");
        Assert.That((again.Totals.Skipped, again.Totals.Accepted), Is.EqualTo((1L, 1L)));
        Assert.That(shop.TryPurchases("R1,77,2025-01-02,11.00,wine,true,main,2").Value.Problems.Single().Code, Is.EqualTo("content-differs"));
    }

    [Test]
    public void AResolutionIsRefusedWithoutReasonMemberRowsOrAnOpenRun()
    {
        Assert.That(Resolve("77", "1", " ").Refusal!.Code, Is.EqualTo("resolution-reason-missing"));
        Assert.That(Resolve("77", "5").Refusal!.Code, Is.EqualTo("held-member-unknown"));
        Assert.That(Resolve("99", "1").Refusal!.Code, Is.EqualTo("nothing-held"));
        shop.PostRun(2024);
        Assert.That(Resolve("77", "1").Refusal!.Code, Is.EqualTo("held-year-posted"));
    }
}
