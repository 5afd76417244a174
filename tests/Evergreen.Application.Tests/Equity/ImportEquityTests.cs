using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Equity;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class ImportEquityTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
        shop.Enrol("1", "2");
    }

    [TearDown]
    public void Close() => database.Dispose();

    private ImportReport Import(params string[] rows) =>
        new ImportEquity(database.Books).Run(SampleCoOp.Request(SampleCoOp.File("equity.csv", ["source_id,member_number,account,fiscal_year,posted_on,amount", .. rows]))).Value;

    private Money Balance(string account) => database.Books.Read(db => MemberBalances.OfAccount(db, shop.CoOp.Id, account));

    [Test]
    public void EachRowIsOneEntryAgainstBankOrNetAssets()
    {
        var report = Import("E1,1,membership_share,,2025-01-02,200.00", "E2,1,qualified_notice,2022,2025-01-02,50.25", "E3,2,nonqualified_notice,2023,2025-01-03,10.00", "E4,2,preferred,,2025-02-01,5000.00");
        Assert.That((report.Committed, report.Total, report.Warnings), Is.EqualTo((true, Money.Parse("5260.25"), 0L)));
        Assert.That((Balance(AccountCodes.Bank), Balance(AccountCodes.NetAssets)), Is.EqualTo((Money.Parse("5200.00"), Money.Parse("60.25"))));
        Assert.That((Balance(AccountCodes.MembershipShares), Balance(AccountCodes.PreferredShares), Balance(AccountCodes.QualifiedNotices), Balance(AccountCodes.NonqualifiedNotices)),
            Is.EqualTo((Money.Parse("-200.00"), Money.Parse("-5000.00"), Money.Parse("-50.25"), Money.Parse("-10.00"))));
        var entries = database.Books.Read(db => db.LedgerEntries.OrderBy(entry => entry.Sequence).AsEnumerable().Select(entry => (entry.Kind, entry.Item, entry.On)).ToList());
        Assert.That(entries[1], Is.EqualTo((EntryKind.EquityContribution, 3L, new DateOnly(2025, 1, 2))));
        Assert.That(database.Books.Read(db => db.LedgerLines.Where(line => line.MemberId != null && line.Lot != null).OrderBy(line => line.Sequence).Select(line => line.Lot).ToList()), Is.EqualTo(new int?[] { 2022, 2023 }));
        Assert.That(database.Books.Read(db => db.EquityRows.Single(row => row.SourceRef == "E4").Sequence), Is.EqualTo(4));
    }

    [TestCase("UPDATE \"EquityRows\" SET \"SourceRef\" = 'E9' WHERE \"SourceRef\" = 'E1'", "which says something else")]
    [TestCase("UPDATE \"EquityRows\" SET \"On\" = '2025-01-03' WHERE \"SourceRef\" = 'E1'", "line 2 of an equity file is noted for entry 1, which says something else")]
    [TestCase("UPDATE \"EquityRows\" SET \"FiscalYear\" = 2021 WHERE \"SourceRef\" = 'E2'", "line 3 of an equity file")]
    [TestCase("UPDATE \"EquityRows\" SET \"AmountCents\" = 1 WHERE \"SourceRef\" = 'E2'", "line 3 of an equity file")]
    [TestCase("DELETE FROM \"EquityRows\" WHERE \"SourceRef\" = 'E2'", "entry 2 came from an equity file, but its row is gone")]
    public void RowThatIsNotWhatItsEntrySaysIsFoundByTheCheck(string edit, string finding)
    {
        Import("E1,1,membership_share,,2025-01-02,200.00", "E2,1,qualified_notice,2022,2025-01-02,50.25");
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);
        Assert.That(database.Sql(edit), Is.Null);
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Has.Some.Contains(finding));
    }

    [Test]
    public void ANegativeRowTakesBackAndNeverBelowZero()
    {
        Assert.That(Import("E1,1,membership_share,,2025-01-02,200.00", "E2,1,membership_share,,2025-02-02,-200.00").Committed, Is.True);
        var report = Import("E3,1,membership_share,,2025-03-02,25.00", "E4,1,membership_share,,2025-03-03,-25.01");
        var problem = report.Problems.Single();
        Assert.That((report.Committed, problem.Code, problem.Line, problem.Expected), Is.EqualTo((false, "lot-below-zero", 3L, "no more taken back than the member holds there: 25.00")));
    }

    [TestCase("E1,77,membership_share,,2025-01-02,200.00", "member-unknown")]
    [TestCase("E1,1,membership_share,,2025-01-02,0.00", "amount-zero")]
    [TestCase("E1,1,qualified_notice,,2025-01-02,1.00", "vintage-missing")]
    [TestCase("E1,1,qualified_notice,2026,2025-01-02,1.00", "vintage-after-posting")]
    [TestCase("E1,1,membership_share,,2024-06-02,1.00", "year-closed")]
    public void ARowThatCannotBePostedIsAnError(string row, string code)
    {
        shop.CloseYear(2024);
        var report = Import(row);
        Assert.That((report.Committed, report.Problems.Single().Code), Is.EqualTo((false, code)));
    }

    [Test]
    public void TheSameIdPostsOnceAndOtherContentIsAnError()
    {
        Import("E1,1,qualified_notice,2022,2025-01-02,50.25");
        var again = Import("E1,1,qualified_notice,2022,2025-01-02,50.25", "E2,2,preferred,,2025-01-02,1.00");
        Assert.That((again.Totals.Skipped, again.Totals.Accepted, again.Total), Is.EqualTo((1L, 1L, Money.Parse("51.25"))));
        var other = Import("E1,1,qualified_notice,2023,2025-01-02,50.25");
        Assert.That(other.Problems.Single().Expected, Does.Contain("2025-01-02, member 1, qualified_notice of 2022, 50.25 (import 1)"));
    }

    [Test]
    public void WhatLooksOddGoesInWithAWarning()
    {
        database.Books.Write<int>(dryRun: false, db =>
        {
            var id = db.Members.Single(member => member.Number == "2").Id;
            db.StatusChanges.Add(new StatusChange { CoOpId = shop.CoOp.Id, MemberId = id, On = new DateOnly(2024, 12, 31), Status = MemberStatus.Left, RecordedAt = database.Books.Now });
            return 1;
        });
        var report = Import("E1,2,membership_share,,2025-01-02,20.00", "E2,1,membership_share,2025,2025-01-02,20.00", "E3,1,membership_share,,2025-01-02,20.00");
        Assert.That(report.Committed, Is.True);
        Assert.That(report.Problems.Select(problem => (problem.Line, problem.Code)), Is.EqualTo(new[] { (2L, "member-has-left"), (3L, "vintage-unread"), (4L, "possibly-twice") }));
    }

    [Test]
    public void ARowIsHeldAgainstThoseFarAboveIt()
    {
        var between = Enumerable.Range(1, 5_000).Select(i => $"F{i},2,preferred,,2025-01-02,{new Money(i)}");
        var file = SampleCoOp.File("equity.csv", ["source_id,member_number,account,fiscal_year,posted_on,amount", "E1,1,qualified_notice,2022,2025-01-02,10.00", .. between, "E1,1,qualified_notice,2022,2025-01-02,10.00",
            "E1,1,qualified_notice,2022,2025-01-02,11.00", "E2,1,qualified_notice,2022,2025-02-02,-10.01", "E3,1,qualified_notice,2022,2025-02-02,-10.00", "E4,1,qualified_notice,2022,2025-02-02,-0.01",
            "X7,2,preferred,,2025-01-02,0.07", "E5,1,qualified_notice,2022,2025-02-02,0.00"]);
        var report = new ImportEquity(database.Books).Run(SampleCoOp.Request(file) with { TakeGoodRows = true }).Value;
        Assert.That((report.Committed, report.Totals.Accepted, report.Totals.Skipped, report.Totals.Rejected, report.Total), Is.EqualTo((true, 5_003L, 1L, 4L, Money.Parse("125035.07"))));
        Assert.That(report.Problems.Select(problem => (problem.Line, problem.Code)), Is.EqualTo(new[]
            { (5_004L, "content-differs"), (5_005L, "lot-below-zero"), (5_007L, "lot-below-zero"), (5_008L, "possibly-twice"), (5_009L, "amount-zero") }));
        Assert.That(report.Problems.Select(problem => problem.Expected).Take(4), Is.EqualTo(new[]
        {
            "the row that is in the books under this id: 2025-01-02, member 1, qualified_notice of 2022, 10.00 (earlier in this file)", "no more taken back than the member holds there: 10.00",
            "no more taken back than the member holds there: 0.00", "a row that no other row repeats; 'F7' has the same member, account, year, day and amount",
        }));
        Assert.That((Balance(AccountCodes.PreferredShares), Balance(AccountCodes.QualifiedNotices), database.Books.Read(db => db.LedgerEntries.Count())), Is.EqualTo((Money.Parse("-125025.07"), Money.Zero, 5_003)));
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);
    }
}
