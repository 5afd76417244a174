using Evergreen.Application.Access;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class WithdrawImportTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;
    private KeyFile keys = null!;
    private string folder = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
        folder = Directory.CreateTempSubdirectory("evergreen-").FullName;
        keys = new KeyFile(Path.Combine(folder, "books.keys"));
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Outcome<ImportWithdrawal> Withdraw(int number) => new WithdrawImport(database.Books).Run(new("shop", number, "bea", "wrong file"));

    private ImportReport Members(params string[] rows) =>
        new ImportMembers(database.Books, keys).Run(SampleCoOp.Request(SampleCoOp.File("members.csv", ["member_number,name,joined_on,left_on,classes,tax_id_type,tax_id,household_of", .. rows])) with { CreateClasses = true }).Value;

    private ImportReport Equity(params string[] rows) =>
        new ImportEquity(database.Books).Run(SampleCoOp.Request(SampleCoOp.File("equity.csv", ["source_id,member_number,account,fiscal_year,posted_on,amount", .. rows])) with { DespiteTotals = true }).Value;

    [Test]
    public void PurchasesGoWithTheirTotalsAndTheSameFileComesInAgain()
    {
        shop.Enrol("1");
        shop.Purchases("R0,1,2025-01-02,10.00,wine,,,");
        string[] rows = ["R1,1,2025-01-02,12.00,wine,,,2", "R2,77,2025-01-02,9.00,,,,", "R3,,2024-12-31,8.00,bread,,,"];
        shop.Purchases(rows);
        var withdrawn = Withdraw(2).Value;
        Assert.That((withdrawn.Kind, withdrawn.RowsRemoved), Is.EqualTo((ImportKind.Purchases, 3L)));
        Assert.That(database.Books.Read(db => (db.Purchases.Count(), db.HeldRows.Count(), db.PatronageTotals.Single().Quantity)), Is.EqualTo((1, 0, 1000L)));
        var import = new ListImports(database.Books).Run("shop").Value[0];
        Assert.That((import.Number, import.WithdrawnBy, import.WithdrawnReason), Is.EqualTo((2, "bea", "wrong file")));
        Assert.That(shop.Purchases(rows).Number, Is.EqualTo(3));
    }

    [Test]
    public void APostedRunHoldsItsRowsAndIsNamed()
    {
        shop.Enrol("1");
        shop.Purchases("R1,1,2025-01-02,12.00,,,,", "R2,1,2024-12-31,12.00,,,,");
        shop.PostRun(2024);
        var refusal = Withdraw(1).Refusal!;
        Assert.That((refusal.Code, refusal.Sentence), Is.EqualTo(("import-used", refusal.Sentence)));
        Assert.That(refusal.Sentence, Does.Contain("2024-1"));
        Assert.That(database.Books.Read(db => db.Purchases.Count()), Is.EqualTo(2));
    }

    [Test]
    public void AHeldRowThatWasTakenInLaterWaitsAgain()
    {
        shop.Purchases("R1,77,2025-01-02,12.00,,,,");
        shop.Enrol("77");
        shop.Purchases("R1,77,2025-01-02,12.00,,,,", "R2,77,2025-01-02,9.00,,,,");
        Assert.That(Withdraw(2).IsRefused, Is.False);
        Assert.That(database.Books.Read(db => (db.Purchases.Count(), db.HeldRows.Single().ResolvedAt)), Is.EqualTo((0, (DateTime?)null)));
    }

    [Test]
    public void ADryRunTellsAndChangesNothing()
    {
        shop.Purchases("R1,,2025-01-02,12.00,,,,");
        Assert.That(new WithdrawImport(database.Books).Run(new("shop", 1, "bea", "wrong file", DryRun: true)).Value.RowsRemoved, Is.EqualTo(1));
        Assert.That(database.Books.Read(db => db.Purchases.Count()), Is.EqualTo(1));
    }

    [Test]
    public void AWithdrawalNeedsAReasonAndAnImportThatStands()
    {
        shop.Purchases("R1,,2025-01-02,12.00,,,,");
        Assert.That(new WithdrawImport(database.Books).Run(new("shop", 1, "bea", " ")).Refusal!.Code, Is.EqualTo("withdrawal-reason-missing"));
        Assert.That(Withdraw(9).Refusal!.Code, Is.EqualTo("import-unknown"));
        Withdraw(1);
        Assert.That(Withdraw(1).Refusal!.Code, Is.EqualTo("import-withdrawn"));
    }

    [Test]
    public void MembersGoAndChangedOnesAreWhatTheyWere()
    {
        Members("1,Ann,2024-01-01,,worker,SSN,900000001,");
        var before = database.Books.Read(db => db.Members.Single());
        Members("1,Anne,2024-02-01,2025-05-01,customer,SSN,900000002,", "2,Bo,2024-01-01,,,,,1", "3,Cy,2024-01-01,,,,,2");
        var withdrawn = Withdraw(2).Value;
        Assert.That((withdrawn.MembersRemoved, withdrawn.MembersRestored), Is.EqualTo((2L, 1L)));
        var after = database.Books.Read(db => db.Members.Single());
        Assert.That((after.Name, after.TaxIdSealed, after.TaxIdDigest), Is.EqualTo((before.Name, before.TaxIdSealed, before.TaxIdDigest)));
        Assert.That(database.Books.Read(db => (db.StatusChanges.Single().On, db.ClassChanges.Count(), db.MembersBeforeImport.Count())), Is.EqualTo((new DateOnly(2024, 1, 1), 1, 0)));
        Assert.That(Members("1,Ann,2024-01-01,,worker,SSN,900000001,", "9,Di,2024-01-01,,,,,").Members, Is.EqualTo(new MemberCounts(1, 0, 1)));
    }

    [Test]
    public void MembersOnWhomSomethingRestsStay()
    {
        Members("1,Ann,2024-01-01,,,,,", "2,Bo,2024-01-01,,,,,");
        shop.Purchases("R1,2,2025-01-02,12.00,,,,");
        var used = Withdraw(1).Refusal!;
        Assert.That((used.Code, used.Sentence), Is.EqualTo(("import-member-used", used.Sentence)));
        Assert.That(used.Sentence, Does.Contain("Member 2").And.Contain("purchases"));
        Withdraw(2);
        Members("1,Anne,,,,,,");
        Assert.That(Withdraw(1).Refusal!.Sentence, Does.Contain("Member 1").And.Contain("a later import"));
        shop.PostRun(2025, "2");
        Assert.That(Withdraw(1).Refusal!.Sentence, Does.Contain("Member 2").And.Contain("a posted run"));
    }

    [Test]
    public void EquityIsReversedEntryByEntryOnItsOwnDay()
    {
        shop.Enrol("1");
        string[] rows = ["E1,1,membership_share,,2025-01-02,200.00", "E2,1,qualified_notice,2022,2025-01-03,50.25", "E3,1,membership_share,,2025-02-02,-25.00"];
        Equity(rows);
        Assert.That(Withdraw(1).Value.EntriesReversed, Is.EqualTo(3));
        Assert.That(database.Books.Read(db => MemberBalances.ByMember(db, shop.CoOp.Id, AccountCodes.MembershipShares)), Is.Empty);
        Assert.That(database.Books.Read(db => db.LedgerEntries.Where(entry => entry.Kind == EntryKind.Reversal).OrderBy(entry => entry.Sequence).AsEnumerable().Select(entry => (entry.Reverses, entry.On)).ToList()),
            Is.EqualTo(new[] { ((long?)1, new DateOnly(2025, 1, 2)), (2, new DateOnly(2025, 1, 3)), (3, new DateOnly(2025, 2, 2)) }));
        Assert.That(Equity(rows).Committed, Is.True);
    }

    private IReadOnlyList<string> WhatIsWrong() => new CheckBooks(database.Books).Run(new("shop")).Value.Findings;

    [TestCase(ImportKind.Members)]
    [TestCase(ImportKind.Hours)]
    [TestCase(ImportKind.Purchases)]
    [TestCase(ImportKind.Equity)]
    public void BooksAreSoundAfterAnImportOfAnyKindWasTakenBack(ImportKind kind)
    {
        shop.Enrol("1", "2");
        Equity("E0,1,membership_share,,2025-01-02,200.00");
        var import = kind switch
        {
            ImportKind.Members => Members("1,Anne,2024-02-01,2025-05-01,customer,,,", "3,Cy,2024-01-01,,,,,1"),
            ImportKind.Hours => new ImportHours(database.Books).Run(SampleCoOp.Request(SampleCoOp.File("hours.csv", "source_id,member_number,work_date,hours,wages", "H1,1,2025-01-02,8.00,160.00", "H2,77,2025-01-02,8.00,"))).Value,
            ImportKind.Purchases => shop.Purchases("R1,1,2025-01-02,12.00,wine,,,2", "R2,77,2025-01-02,9.00,,,,"),
            _ => Equity("E1,1,membership_share,,2025-01-02,20.00", "E2,1,qualified_notice,2022,2025-01-03,50.25", "E3,1,membership_share,,2025-02-02,-2.00", "E4,2,preferred,,2025-02-02,5.00"),
        };
        Assert.That((import.Committed, import.Number), Is.EqualTo((true, 2)));
        Assert.That(WhatIsWrong(), Is.Empty);
        Assert.That(Withdraw(2).IsRefused, Is.False);
        Assert.That(WhatIsWrong(), Is.Empty);
    }

    [Test]
    public void ContributionsAreTakenBackWithTheirImportOrNotAtAll()
    {
        shop.Enrol("1");
        Equity("E1,1,membership_share,,2025-01-02,20.00", "E2,1,membership_share,,2025-01-03,30.00");
        Equity("E3,1,membership_share,,2025-01-04,40.00");
        Withdraw(1);
        Note(1, withdrawnAt: null);
        Assert.That(WhatIsWrong(), Is.EqualTo(new[] { "shop: 2 entries of the ledger take another back; 0 are noted, of dividends, imports, redemptions and payments together." }));
        Note(1, database.Books.Now);
        Note(2, database.Books.Now);
        Assert.That(WhatIsWrong(), Is.EqualTo(new[] { "shop: import 2 is noted as withdrawn, but 1 of its entries were not taken back, from entry 3 on." }));

        void Note(int number, DateTime? withdrawnAt) =>
            database.Books.Write<int>(dryRun: false, db => db.Imports.Where(import => import.Number == number).ExecuteUpdate(set => set.SetProperty(import => import.WithdrawnAt, withdrawnAt)));
    }

    [Test]
    public void AnEntryAndTheOneThatTookItBackNameEachOther()
    {
        shop.Enrol("1");
        Equity("E1,1,membership_share,,2025-01-02,20.00", "E2,1,qualified_notice,2022,2025-01-03,50.25");
        Equity("E3,1,membership_share,,2025-01-04,40.00");
        Withdraw(1);
        var account = new MemberAccount(database.Books).Run("shop", "1").Value;
        Assert.That(account.CapitalLots.Select(lot => lot.Movements.Select(one => (one.Sequence, one.TakenBackBy, one.From.Reverses))), Is.EqualTo(new[]
        {
            new (long, long?, long?)[] { (1, 4, null), (3, null, null), (4, null, 1) },
            [(2, 5, null), (5, null, 2)],
        }));
    }

    [Test]
    public void EquityThatWasUsedStays()
    {
        shop.Enrol("1");
        Equity("E1,1,membership_share,,2024-01-02,200.00");
        Equity("E2,1,membership_share,,2024-02-02,-150.00");
        var lot = Withdraw(1).Refusal!;
        Assert.That((lot.Code, lot.Sentence), Is.EqualTo(("import-lot-used", lot.Sentence)));
        Assert.That(lot.Sentence, Does.Contain("50.00 in membership_share"));
        shop.CloseYear(2024);
        shop.CloseYear(2026);
        Assert.That(Withdraw(2).Refusal!.Code, Is.EqualTo("import-year-closed"));
        shop.PostRun(2024);
        Assert.That(Withdraw(2).Refusal!.Code, Is.EqualTo("import-used"));
    }

    [Test]
    public void APreviewOfAWithdrawalNamesAllThatStandsAgainstIt()
    {
        Members("1,Ann,2024-01-01,,,,,", "2,Bo,2024-01-01,,,,,", "3,Cy,2024-01-01,,,,,");
        shop.Purchases("R1,2,2025-01-02,12.00,,,,", "R2,3,2024-01-02,12.00,,,,");
        var preview = new PreviewWithdrawal(database.Books);
        var members = preview.Run("shop", 1).Value;
        Assert.That(members.Would, Is.Null);
        Assert.That(members.Obstacles.Select(obstacle => $"{obstacle.What}: {obstacle.Why}"), Is.EqualTo(new[] { "member 2: used by purchases", "member 3: used by purchases" }));
        Assert.That(preview.Run("shop", 2).Value.Would!.RowsRemoved, Is.EqualTo(2));
        shop.PostRun(2024);
        shop.PostRun(2025);
        Assert.That(preview.Run("shop", 2).Value.Obstacles.Select(obstacle => obstacle.What), Is.EqualTo(new[] { "the rows of 2024", "the rows of 2025" }));
        Assert.That(database.Books.Read(db => (db.Purchases.Count(), db.Imports.Count(import => import.WithdrawnAt != null))), Is.EqualTo((2, 0)));
        Assert.That(preview.Run("shop", 9).Refusal!.Code, Is.EqualTo("import-unknown"));
    }

    /// <summary>It is counted and not tried out: so it must count what the withdrawal then does, and wait for nobody who writes.</summary>
    [TestCase(ImportKind.Members)]
    [TestCase(ImportKind.Hours)]
    [TestCase(ImportKind.Purchases)]
    [TestCase(ImportKind.Equity)]
    public void APreviewCountsWhatTheWithdrawalDoesWhileSomebodyWrites(ImportKind kind)
    {
        shop.Enrol("1", "2");
        var import = kind switch
        {
            ImportKind.Members => Members("1,Anne,2024-02-01,2025-05-01,,,,", "3,Cy,2024-01-01,,,,,1", "4,Di,2024-01-01,,,,,"),
            ImportKind.Hours => new ImportHours(database.Books).Run(SampleCoOp.Request(SampleCoOp.File("hours.csv", "source_id,member_number,work_date,hours,wages", "H1,1,2025-01-02,8.00,160.00", "H2,77,2025-01-02,8.00,", "H3,,2025-01-03,1.00,"))).Value,
            ImportKind.Purchases => shop.Purchases("R1,1,2025-01-02,12.00,wine,,,2", "R2,77,2025-01-02,9.00,,,,", "R3,2,2024-01-02,9.00,,,,"),
            _ => Equity("E1,1,membership_share,,2025-01-02,20.00", "E2,1,qualified_notice,2022,2025-01-03,50.25", "E3,1,membership_share,,2025-02-02,-2.00"),
        };
        ImportWithdrawal? would = null;
        database.Books.Write<int>(false, db =>
        {
            var looking = Task.Run(() => new PreviewWithdrawal(database.Books).Run("shop", import.Number!.Value).Value.Would);
            Assert.That(looking.Wait(TimeSpan.FromSeconds(20)), Is.True, "a preview waits for nobody");
            would = looking.Result;
            return 1;
        });
        Assert.That(would, Is.Not.Null.And.EqualTo(Withdraw(import.Number!.Value).Value));
    }

    [Test]
    public void APreviewNamesTheLotsThatWereUsed()
    {
        shop.Enrol("1");
        Equity("E1,1,membership_share,,2024-01-02,200.00");
        Equity("E2,1,membership_share,,2024-02-02,-150.00");
        var obstacle = new PreviewWithdrawal(database.Books).Run("shop", 1).Value.Obstacles.Single();
        Assert.That((obstacle.What, obstacle.Why), Is.EqualTo(("member 1, membership_share", "only 50.00 is left there: something was taken out since")));
        Assert.That(new PreviewWithdrawal(database.Books).Run("shop", 2).Value.Would!.EntriesReversed, Is.EqualTo(1));
    }

    [Test]
    public void AReportIsShownAgainForEver()
    {
        shop.Enrol("1");
        var report = shop.Purchases("R1,1,2025-01-02,12.00,,,,", "R2,77,2024-01-02,-1.00,,,,");
        var again = new ListImports(database.Books).Show("shop", 1).Value;
        Assert.That((again.Totals.ToJson(), again.Total, again.Years.Count, again.Committed), Is.EqualTo((report.Totals.ToJson(), report.Total, 1, true)));
        Assert.That(new ListImports(database.Books).Show("shop", 7).Refusal!.Code, Is.EqualTo("import-unknown"));
        Withdraw(1);
        Assert.That(new ListImports(database.Books).Show("shop", 1).Value.Committed, Is.False);
        var line = new ListImports(database.Books).Run("shop", ImportKind.Purchases).Value.Single();
        Assert.That((line.FileName, line.Source, line.Accepted, line.Held, line.Waiting), Is.EqualTo(("purchases.csv", "file", 1L, 1L, 0L)));
    }
}
