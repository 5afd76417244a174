using Evergreen.Application.Dividends;
using Evergreen.Application.Statements;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Patronage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>What a member owns, what comes next, the statements, and what more hours would have given.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MyStakeTests(TestDatabase databases)
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

    private MyStake.Result Stake(int member = 0) => new MyStake(database.Books).Run(new(bakery.CoOp, bakery.Members[member].Id)).Value;

    [Test]
    public void StakeIsTheSumOfTheMembersOwnLines()
    {
        Assert.That((Stake().Owned, Stake().PaidIn, Stake().Kept, Stake().Last, Stake().LacksBank), Is.EqualTo((Money.Parse("150.00"), Money.Parse("100.00"), Money.Parse("50.00"), (MyStake.YearDividend?)null, true)));
        bakery.UpToApproval().Post();
        // 14,380.24 of dividend, 2,876.05 in cash (20 % rounded up), the rest kept.
        var stake = Stake();
        Assert.That((stake.Owned, stake.Owed, stake.CashPaid, stake.Last!.Dividend, stake.Last.PaidOn), Is.EqualTo((Money.Parse("11654.19"), Money.Parse("2876.05"), Money.Zero, Money.Parse("14380.24"), (DateOnly?)null)));
        Assert.That(stake.Years.Select(year => (year.FiscalYear, year.AtEnd, year.Dividend)), Is.EqualTo(new[] { (2025, Money.Parse("11654.19"), Money.Parse("14380.24")) }), "posted in 2026, and yet of 2025");

        new PayDividend(database.Books).Run(new(null, Bakery.Run, "ann", "batch 7"));
        stake = Stake();
        Assert.That((stake.Owed, stake.CashPaid, stake.Last!.PaidOn, stake.Years[^1].CashPaid), Is.EqualTo((Money.Zero, Money.Parse("2876.05"), (DateOnly?)new DateOnly(2026, 1, 15), Money.Parse("2876.05"))));
    }

    [Test]
    public void ADividendThatWasTakenBackLeavesNothingBehind()
    {
        var before = Stake();
        bakery.UpToApproval().Post();
        new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "A wrong figure"));
        var after = Stake();
        Assert.That((after.Owned, after.Owed, after.Last, after.Dividends.Count), Is.EqualTo((before.Owned, Money.Zero, (MyStake.YearDividend?)null, 0)));
        Assert.That(after.Years.Select(year => (year.FiscalYear, year.AtEnd)), Is.EqualTo(before.Years.Select(year => (year.FiscalYear, year.AtEnd))));
    }

    [Test]
    public void TenMoreHoursAWeekGiveWhatARunWithThemWouldGive()
    {
        bakery.UpToApproval().Post();
        var more = 10_00L * TryMyYear.Weeks;
        var tried = new TryMyYear(database.Books, new GatheredYears()).Run(new(bakery.CoOp, bakery.Members[4].Id, MoreHours: new Hours(more))).Value;
        Assert.That((tried.Before.Dividend, tried.Posted, tried.CountsHours, tried.CountsPurchases), Is.EqualTo((tried.Posted, tried.Posted, true, false)));

        using var other = databases.Create();
        var worked = Bakery.In(other, [208000, 208000, 195050, 182025, 104000 + more, 77775, 25150]).UpToApproval();
        worked.Post();
        var mine = new MyDividend(other.Books, new RemainderCuts()).Run(new(worked.CoOp, worked.Members[4].Id, 2025)).Value;
        Assert.That((tried.After.Dividend, tried.After.Cash), Is.EqualTo((mine.Dividend, mine.Posted!.Sum(row => row.CashCents))));
        Assert.That(tried.After.Retained, Is.EqualTo(mine.Posted.Sum(row => row.RetainedCents)));
    }

    [Test]
    public void WhatIfNeedsAYearThatIsInTheLedger() =>
        Assert.That(new TryMyYear(database.Books, new GatheredYears()).Run(new(bakery.CoOp, bakery.Members[0].Id)).Refusal!.Code, Is.EqualTo("no-year-to-try"));

    [Test]
    public void StatementsAreListedAndOpenedByTheirMemberAlone()
    {
        Assert.That(new ZipMyStatements(database.Books).Run(new(bakery.CoOp, bakery.Members[0].Id, "eve")).Refusal!.Code, Is.EqualTo("statements-none-yet"));
        bakery.UpToApproval().Post();
        Assert.That(new MyStatements(database.Books).Run(bakery.CoOp, bakery.Members[0].Id).Single().IssuedOn, Is.Null);
        var folder = Directory.CreateTempSubdirectory("evergreen-mine-").FullName;
        try
        {
            new IssueStatements(database.Books).Run(new(null, Bakery.Run, "ann", folder));
            var opened = new OpenMyStatement(database.Books).Run(new(bakery.CoOp, bakery.Members[0].Id, Bakery.Run, "eve")).Value;
            Assert.That((opened.AsIssued, opened.Pdf), Is.EqualTo((true, File.ReadAllBytes(Path.Combine(folder, "bakery-2025-1-0001.pdf")))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        var row = new MyStatements(database.Books).Run(bakery.CoOp, bakery.Members[0].Id).Single();
        Assert.That((row.CanBeOpened, row.OpenedAt is not null, row.Dividend), Is.EqualTo((true, true, Money.Parse("14380.24"))));
        Assert.That(Stake().Last!.Opened, Is.True);
        Assert.That(Stake(1).Last!.Opened, Is.False);
        Assert.That(new OpenMyStatement(database.Books).Run(new(bakery.CoOp, bakery.Members[0].Id, "2025-9", "eve")).Refusal!.Code, Is.EqualTo("statement-not-mine"));

        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(new ZipMyStatements(database.Books).Run(new(bakery.CoOp, bakery.Members[0].Id, "eve")).Value));
        Assert.That(zip.Entries.Select(entry => entry.Name), Is.EqualTo(new[] { "bakery-2025-1-0001.pdf" }));
    }
}
