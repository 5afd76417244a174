using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>Two records of one person: the other's balances go over by a new entry, nothing that was posted changes, and the books still add up.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MergeMembersTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, Bakery.SevenWorkers);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private Outcome<MergeMembers.Result> Merge(string kept, string other, string? reason = "same person, two cards") => new MergeMembers(database.Books).Run(new(null, kept, other, reason, "ann"));

    private void BooksAddUp() => Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);

    [Test]
    public void BalancesGoOverLotByLotAndTheBooksAddUp()
    {
        var before = database.Books.Read(db => db.LedgerLines.Count());
        var merged = Merge("0001", "0002").Value;
        Assert.That((merged.Moved, merged.PatronageRows), Is.EqualTo((new Money(150_00), 1L)));
        var account = new MemberAccount(database.Books).Run(null, "0001").Value;
        Assert.That(account.Capital, Is.EqualTo(new Money(300_00)));
        Assert.That(account.CapitalLots.Select(lot => (lot.AccountCode, lot.FiscalYear, lot.Balance)), Is.EqualTo(new[] { (AccountCodes.MembershipShares, (int?)null, new Money(200_00)), (AccountCodes.QualifiedNotices, 2024, new Money(100_00)) }));
        var shares = account.CapitalLots[0].Movements;
        Assert.That(shares.Select(movement => (movement.Record, movement.Amount.Cents, movement.From.Import, movement.From.OtherMember)), Is.EqualTo(new[]
        {
            ("0001", 100_00L, (int?)1, (string?)null), ("0002", 100_00L, 1, null), ("0002", -100_00L, null, "0001"), ("0001", 100_00L, null, "0002"),
        }));
        Assert.That(database.Books.Read(db => db.LedgerLines.Count()) - before, Is.EqualTo(4), "four new lines and nothing else");
        BooksAddUp();
    }

    [Test]
    public void PatronageOfOpenYearsCountsForTheKeptOneInTheNextRun()
    {
        Merge("0001", "0002");
        var patronage = new MemberPatronage(database.Books).Run(null, "0001").Value;
        Assert.That(patronage.Totals.Single().Quantity, Is.EqualTo(416_000));
        Assert.That(patronage.Totals.Single().Rows, Is.EqualTo(2));
        bakery.UpToApproval();
        bakery.Post();
        Assert.That(new MemberPatronage(database.Books).Run(null, "0001").Value.Dividends.Single().Run, Is.EqualTo("2025-1"));
        Assert.That(database.Books.Read(db => db.Allocations.Count()), Is.EqualTo(6));
        BooksAddUp();
    }

    [Test]
    public void DividendPostedBeforeIsShownUnderTheKeptOne()
    {
        bakery.UpToApproval();
        Assert.That(Merge("0001", "0002").Refusal!.Code, Is.EqualTo("merge-during-run"));
        bakery.Post();
        Assert.That(Merge("0001", "0002").Value.PatronageRows, Is.Zero, "hours of a posted year stay with the record they were posted for");
        Assert.That(new MemberPatronage(database.Books).Run(null, "0001").Value.Dividends.Select(dividend => dividend.Record), Is.EqualTo(new[] { "0001", "0002" }));
        Assert.That(new MemberTimeline(database.Books).Run(null, "0001").Value.Events.Count(one => one.Record == "0002" && one.Kind == "ledger"), Is.EqualTo(3));
        BooksAddUp();
    }

    [Test]
    public void OtherRecordEndsAndLeadsToTheKeptOne()
    {
        Merge("0001", "0002");
        var other = new MemberPage(database.Books).Run(null, "0002").Value;
        Assert.That((other.Status, other.MergedInto!.Number), Is.EqualTo(((MemberStatus?)MemberStatus.Left, "0001")));
        Assert.That(new MemberPage(database.Books).Run(null, "0001").Value.Merged.Single().Number, Is.EqualTo("0002"));
        Assert.That(new MemberList(database.Books).Run(new(null, new MemberFilter(null, null, null, null, false, false, new(2026, 1, 15)))).Value.Count, Is.EqualTo(6));
    }

    [Test]
    public void WhatCannotBeMergedIsRefused()
    {
        Assert.That(Merge("0001", "0001").Refusal!.Code, Is.EqualTo("merge-of-itself"));
        Assert.That(Merge("0001", "0099").Refusal!.Code, Is.EqualTo("member-unknown"));
        Assert.That(Merge("0001", "0002", " ").Refusal!.Code, Is.EqualTo("merge-reason-missing"));
        Merge("0001", "0002");
        Assert.That(Merge("0002", "0003").Refusal!.Code, Is.EqualTo("member-merged"));
        Assert.That(Merge("0003", "0002").Refusal!.Code, Is.EqualTo("member-merged"));
    }

    [Test]
    public void NothingMovesInAYearThatIsClosed()
    {
        database.Books.Write<int>(dryRun: false, db =>
        {
            var year = bakery.CoOp.Year(2026);
            db.YearClosings.Add(new YearClosing { CoOpId = bakery.CoOp.Id, FiscalYear = 2026, StartsOn = year.StartsOn, EndsOn = year.EndsOn, At = database.Books.Now, By = "bea", NetIncomeCents = 0, FiguresSha256 = new string('0', 64) });
            return 1;
        });
        Assert.That(Merge("0001", "0002").Refusal!.Code, Is.EqualTo("merge-in-closed-year"));
    }

    [Test]
    public void DuplicatesAreFoundByNameAndAddress()
    {
        database.Books.Write<int>(dryRun: false, db =>
        {
            foreach (var member in db.Members.OrderBy(member => member.Id).Take(2).ToList()) (member.Name, member.AddressLine1) = (member.Number == "0001" ? "Jo Ott" : "JO OTT", "1 Mill Lane");
            return 1;
        });
        var pair = new MemberDuplicates(database.Books).Run(null).Value.Single();
        Assert.That((pair.One.Number, pair.Other.Number, pair.SameTaxId), Is.EqualTo(("0001", "0002", false)));
        Merge("0001", "0002");
        Assert.That(new MemberDuplicates(database.Books).Run(null).Value, Is.Empty);
    }
}
