using System.Text;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Statements;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Equity;

/// <summary>The board pays capital back: who gets what, what stands in the books about it, and how it is taken back. Each of the seven has 100.00 of shares and a qualified notice of 50.00 from 2024.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class RedeemEquityTests(TestDatabase databases)
{
    private static readonly DateOnly Today = new(2026, 1, 15);
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

    private static RedeemEquity.Request Asked(string resolution = "2026/9", DateOnly? on = null, bool dryRun = false) => new(null, "bea", resolution, on, dryRun);
    private Outcome<RedeemEquity.Result> Redeem(RedeemEquity.Request request) => new RedeemEquity(database.Books).Run(request);
    private Outcome<ReverseRedemption.Result> Reverse(int number = 1, string reason = "the bank sent it back", DateOnly? on = null, bool dryRun = false) => new ReverseRedemption(database.Books).Run(new(null, number, "ann", reason, on, dryRun));
    private static string? Code<T>(Outcome<T> outcome) => outcome.Refusal?.Code;
    private IReadOnlyList<string> Findings() => new CheckBooks(database.Books).Run(new CheckBooks.Request()).Value.Findings;
    private Money Balance(string account) => database.Books.Read(db => MemberBalances.OfAccount(db, bakery.CoOp.Id, account));
    private MemberAccount.Content Account(string number = "0001") => new MemberAccount(database.Books).Run(null, number).Value;

    /// <summary>Rows of an equity file: what the notices and shares of the first two are, besides.</summary>
    private void Bring(params string[] rows)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join("\r\n", ["source_id,member_number,account,fiscal_year,posted_on,amount", .. rows]) + "\r\n");
        Assert.That(new ImportEquity(database.Books).Run(new ImportRequest(bakery.CoOp.Code, new ImportFile("equity.csv", () => new MemoryStream(bytes)), "ann") { DespiteTotals = true }).Value.Committed, Is.True);
    }

    private void BringNotices() => Bring("E1,0001,nonqualified_notice,2022,2026-01-02,30.00", "E2,0001,qualified_notice,2021,2026-01-02,20.00", "E3,0002,nonqualified_notice,2023,2026-01-02,10.01");

    [Test]
    public void TheRevolvingFundPaysAllNoticesUpToAYearAndOnce()
    {
        BringNotices();
        var request = Asked() with { Through = 2023 };
        Assert.That((Redeem(request with { DryRun = true }).Value.Redemption.PaidCents, new ListRedemptions(database.Books).Run(null).Value.Count), Is.EqualTo((60_01L, 0)), "a dry run keeps nothing");
        var done = Redeem(request).Value;
        Assert.That((done.AlreadyThere, done.Redemption.Number, done.Redemption.Members, done.Redemption.PaidCents, done.Redemption.NonqualifiedCents, done.Redemption.On), Is.EqualTo((false, 1, 2, 60_01L, 40_01L, Today)));
        Assert.That(done.Parts.Select(part => (part.AccountCode, part.FiscalYear, part.Amount.Cents)), Is.EqualTo(new[] { ("3200", (int?)2021, 20_00L), ("3300", 2022, 30_00), ("3300", 2023, 10_01) }));
        Assert.That((Balance(AccountCodes.Bank), Balance(AccountCodes.NonqualifiedNotices), Balance(AccountCodes.QualifiedNotices)), Is.EqualTo((new Money(-60_01), Money.Zero, new Money(-350_00))), "the notices of 2024 stay");

        var again = Redeem(request with { By = "ann" }).Value;
        Assert.That((again.AlreadyThere, again.Redemption.Number, again.Redemption.By, again.Parts.Count), Is.EqualTo((true, 1, "bea", 3)));
        Assert.That(Code(Redeem(request with { Resolution = "2026/10" })), Is.EqualTo("redemption-nothing"), "under another resolution it is another act, for which nothing is left");
        Assert.That(new ListRedemptions(database.Books).Run(null).Value.Select(row => (row.Redemption.Number, row.Member, row.Reversal)), Is.EqualTo(new[] { (1, (string?)null, (EquityRedemptionReversal?)null) }));
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void AMemberSeesWhatWasPaidBackAndItsEntryOpensToTheRedemption()
    {
        BringNotices();
        Redeem(Asked() with { Through = 2022 });
        var paid = Account().CapitalLots.Single(lot => lot.FiscalYear == 2022).Movements[^1];
        Assert.That((paid.Kind, paid.Amount, paid.BalanceAfter, paid.From, paid.Narration), Is.EqualTo((EntryKind.EquityRedemption, new Money(-30_00), Money.Zero, new MemberAccount.Source(Redemption: 1), "Redemption 1, resolution 2026/9")));
        var entry = new ShowEntry(database.Books).Run(null, paid.Sequence).Value;
        Assert.That((entry.From, entry.Lines.Select(line => (line.AccountCode, line.Member, line.Lot, line.Amount.Cents)).ToArray()), Is.EqualTo((new ShowEntry.Source(Member: "0001", Redemption: 1),
            new (string, string?, int?, long)[] { ("3200", "0001", 2021, 20_00), ("3300", "0001", 2022, 30_00), ("1100", null, null, -50_00) })));
        var stake = new MyStake(database.Books).Run(new(bakery.CoOp, bakery.Members[0].Id)).Value;
        Assert.That((stake.Owned, stake.Kept, stake.Years[^1].Kept), Is.EqualTo((new Money(150_00), new Money(50_00), Money.Zero)), "brought in and paid back in one year");
    }

    [Test]
    public void OneMemberIsPaidAnAmountInstalmentsOrAll()
    {
        BringNotices();
        var one = Asked("exit of 0001") with { Member = "0001", Kinds = CapitalKinds.All };
        Assert.That(Redeem(one with { Amount = new Money(40_00) }).Value.Parts.Select(part => (part.AccountCode, part.FiscalYear, part.Amount.Cents)), Is.EqualTo(new[] { ("3200", (int?)2021, 20_00L), ("3300", 2022, 20_00) }));
        Assert.That(Redeem(one with { Amount = new Money(40_00) }).Value.AlreadyThere, Is.True, "the same again is the same");
        database.Clock.Advance(TimeSpan.FromDays(30));
        Assert.That(Redeem(one with { Amount = new Money(40_00) }).Value.AlreadyThere, Is.True, "also a month later");
        var second = Redeem(one with { Amount = new Money(40_00), Order = RedemptionOrder.NewestFirst, On = new DateOnly(2026, 2, 14) }).Value;
        Assert.That((second.AlreadyThere, second.Member, second.Parts.Single().FiscalYear), Is.EqualTo((false, "0001", (int?)2024)), "the newest first is another act");
        var third = Redeem(one with { Amount = new Money(40_00), On = new DateOnly(2026, 2, 10) }).Value;
        Assert.That((third.AlreadyThere, third.Redemption.PaidCents), Is.EqualTo((false, 40_00L)), "an instalment names its day");
        // 10.00 of 2022 and of 2024 are gone by then, so the third came to 20.00 of the shares.
        Assert.That(Account().CapitalLots.Where(lot => !lot.Balance.IsZero).Select(lot => (lot.AccountCode, lot.Balance.Cents)), Is.EqualTo(new[] { ("3000", 80_00L) }));
        Assert.That(Redeem(one with { All = true }).Value.Redemption.PaidCents, Is.EqualTo(80_00));
        Assert.That((Account().Capital, Code(Redeem(one with { All = true, Resolution = "once more" }))), Is.EqualTo((Money.Zero, "redemption-nothing")));
        Assert.That(Redeem(Asked() with { Member = "0002", All = true }).Value.Redemption.PaidCents, Is.EqualTo(60_01), "shares take part where they are named");
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void WhatCannotBePaidBackIsRefusedAndNothingChanges()
    {
        BringNotices();
        var one = Asked() with { Member = "0001" };
        Assert.That(Code(Redeem(Asked())), Is.EqualTo("redemption-scope"));
        Assert.That(Code(Redeem(one)), Is.EqualTo("redemption-scope"));
        Assert.That(Code(Redeem(Asked() with { All = true })), Is.EqualTo("redemption-scope"));
        Assert.That(Code(Redeem(one with { All = true, Amount = new Money(1) })), Is.EqualTo("redemption-scope"));
        Assert.That(Code(Redeem(Asked(" ") with { Through = 2023 })), Is.EqualTo("redemption-resolution"));
        Assert.That(Code(Redeem(Asked(new string('x', RedeemEquity.LongestResolution + 1)) with { Through = 2023 })), Is.EqualTo("redemption-resolution"));
        Assert.That(Code(Redeem(Asked() with { Through = 2023, Kinds = CapitalKinds.All })), Is.EqualTo("redemption-kinds"));
        Assert.That(Code(Redeem(one with { All = true, Kinds = CapitalKinds.None })), Is.EqualTo("redemption-kinds"));
        Assert.That(Code(Redeem(Asked() with { Member = "9999", All = true })), Is.EqualTo("member-unknown"));
        Assert.That(Code(Redeem(one with { Amount = Money.Zero })), Is.EqualTo("redemption-amount"));
        Assert.That(Redeem(one with { Amount = new Money(100_01) }).Refusal, Is.EqualTo(new Refusal("redemption-too-much", "The member holds 100.00 of the kinds that take part, so 100.01 cannot be paid back.")));
        Assert.That(Code(Redeem(Asked() with { Through = 2020 })), Is.EqualTo("redemption-nothing"));
        Assert.That(Code(Redeem(Asked(on: Today.AddDays(1)) with { Through = 2023 })), Is.EqualTo("redemption-in-future"));
        Assert.That(Code(Redeem(Asked(on: new DateOnly(2025, 12, 31)) with { Through = 2023 })), Is.EqualTo("period-closed"));
        Assert.That(Code(Redeem(Asked(on: new DateOnly(2026, 1, 1)) with { Through = 2023 })), Is.EqualTo("redemption-nothing"), "the notices came in a day later");
        Assert.That(Redeem(Asked(on: new DateOnly(2026, 1, 2)) with { Through = 2023 }).Value.Redemption.PaidCents, Is.EqualTo(60_01));
        Assert.That(database.Books.Read(db => (db.EquityRedemptions.Count(), db.LedgerEntries.Count(entry => entry.Kind == EntryKind.EquityRedemption))), Is.EqualTo((1, 2)));
    }

    [Test]
    public void ItIsTakenBackOnceByOppositesAndCanThenBeDoneAnew()
    {
        BringNotices();
        var request = Asked(on: new DateOnly(2026, 1, 10)) with { Through = 2023 };
        var first = Redeem(request).Value.Redemption;
        Assert.That(Code(Reverse(reason: " ")), Is.EqualTo("reversal-reason-missing"));
        Assert.That(Code(Reverse(2)), Is.EqualTo("redemption-unknown"));
        Assert.That(Code(Reverse(on: new DateOnly(2026, 1, 9))), Is.EqualTo("redemption-day"));
        Assert.That(Code(Reverse(on: Today.AddDays(1))), Is.EqualTo("redemption-day"));
        Assert.That(Reverse(dryRun: true).Value.AlreadyThere, Is.False);
        var back = Reverse().Value;
        Assert.That((back.AlreadyThere, back.Reversal.On, back.Reversal.LastSequence - back.Reversal.FirstSequence + 1), Is.EqualTo((false, Today, 2L)));
        Assert.That(Reverse(reason: "again").Value is { AlreadyThere: true, Reversal.Reason: "the bank sent it back" }, Is.True);
        Assert.That((Balance(AccountCodes.Bank), Balance(AccountCodes.NonqualifiedNotices)), Is.EqualTo((Money.Zero, new Money(-40_01))));
        var movements = Account().CapitalLots.Single(lot => lot.FiscalYear == 2022).Movements;
        Assert.That(movements.Select(one => (one.Amount.Cents, one.TakenBackBy, one.From.Reverses)), Is.EqualTo(new (long, long?, long?)[] { (30_00, null, null), (-30_00, back.Reversal.FirstSequence, null), (30_00, null, first.FirstSequence) }), "each names the other");
        Assert.That(new ListRedemptions(database.Books).Run(null).Value.Single().Reversal!.Reason, Is.EqualTo("the bank sent it back"));
        Assert.That((Redeem(request).Value.Redemption.Number, Findings().Count), Is.EqualTo((2, 0)), "the same act again, since the first does not stand");
        // The year's books are closed before it is noticed.
        database.Clock.Advance(TimeSpan.FromDays(366));
        bakery.CloseYear("-70.00", 2026);
        Assert.That(Code(Reverse(2, on: new DateOnly(2026, 12, 31))), Is.EqualTo("period-closed"));
        Assert.That(Reverse(2).Value.Reversal.On, Is.EqualTo(new DateOnly(2027, 1, 16)));
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void TaxFormsCountNonqualifiedNoticesAloneInTheYearOfThePaymentUntilItIsTakenBack()
    {
        BringNotices();
        database.Books.Write<int>(false, db => db.Members.Where(member => member.Number == "0002").ExecuteUpdate(set => set.SetProperty(member => member.TaxIdSealed, (string?)null)));
        Assert.That(Redeem(Asked() with { Through = 2023 }).Value.Warning, Does.Contain("without a tax number").And.Contain(": 1."));
        Assert.That(Redeem(Asked("2026/10") with { Through = 2024, Kinds = CapitalKinds.Qualified }).Value is { Redemption.PaidCents: 350_00, Warning: null }, Is.True);
        Assert.That(Boxes(), Is.EqualTo(new[] { ("0001", new PatronageBoxes(Money.Zero, Money.Zero, new Money(30_00))), ("0002", new PatronageBoxes(Money.Zero, Money.Zero, new Money(10_01))) }));
        Assert.That(Boxes(2025), Is.Empty);
        Reverse(1);
        Assert.That(Boxes(), Is.Empty);

        List<(string, PatronageBoxes)> Boxes(int year = 2026)
        {
            var worked = new WorkOutTaxForms(database.Books).Run(new(null, year)).Value;
            Assert.That(worked.Agrees, Is.True);
            return [.. worked.Forms.Select(form => (form.Number, form.Boxes))];
        }
    }

    [Test]
    public void AStatementHasWhatWasPaidBackInItsYearAndNothingOfWhatWasTakenBackInIt()
    {
        Redeem(Asked() with { Member = "0001", Through = 2024 });
        Redeem(Asked() with { Member = "0002", Amount = new Money(12_34), Kinds = CapitalKinds.Shares });
        Reverse(2);
        database.Clock.Advance(TimeSpan.FromDays(365));
        var hours = Encoding.UTF8.GetBytes("source_id,member_number,work_date,hours\r\nH1,0001,2026-06-30,100.00\r\nH2,0002,2026-06-30,100.00\r\n");
        Assert.That(new ImportHours(database.Books).Run(new ImportRequest(bakery.CoOp.Code, new ImportFile("hours.csv", () => new MemoryStream(hours)), "ann") { DespiteTotals = true }).Value.Committed, Is.True);
        bakery.CloseYear("1000.00", 2026);
        bakery.Adopt(year: 2026);
        bakery.Calculate(2026);
        bakery.Approve("2026-1");
        bakery.Post("2026-1");
        var folder = Directory.CreateTempSubdirectory("evergreen-redeemed-");
        try
        {
            Assert.That(new IssueStatements(database.Books).Run(new(null, "2026-1", "ann", folder.FullName)).Refusal, Is.Null);
            Assert.That(Text("0001"), Does.Contain("Opening Credited Losses debited Paid back Balance").And.Contain("Qualified notice 2024 50.00 – – −50.00 0.00"));
            Assert.That(Text("0002"), Does.Contain("Membership share 100.00 – – – 100.00"), "paid back and taken back in one year");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Text(string number)
        {
            using var paper = new PrintedPdf(File.ReadAllBytes(folder.GetFiles($"*{number}*.pdf").Single().FullName));
            return paper.Text;
        }
    }

    [Test]
    public void WhatWasPaidBackCannotBeTakenAwayFromBehind()
    {
        BringNotices();
        Redeem(Asked() with { Member = "0001", Through = 2022 });
        Assert.That(Code(new WithdrawImport(database.Books).Run(new(null, 2, "bea", "wrong file"))), Is.EqualTo("import-lot-used"));
        bakery.UpToApproval();
        bakery.Post();
        Redeem(Asked("2026/10") with { Member = "0002", Through = 2025 });
        Assert.That(Code(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "wrong hours"))), Is.EqualTo("allocation-used"));
        Reverse(2);
        Assert.That(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "wrong hours")).IsRefused, Is.False);
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void ARecordThatEndedIsPaidNothingAndNothingComesBackToIt()
    {
        BringNotices();
        Redeem(Asked() with { Through = 2022 });
        Assert.That(new MergeMembers(database.Books).Run(new(null, "0002", "0001", "the same person", "ann")).IsRefused, Is.False);
        Assert.That(Redeem(Asked() with { Member = "0001", All = true }).Refusal, Is.EqualTo(new Refusal("member-merged", "Member 0001 was merged into 0002.")));
        Assert.That(Code(Reverse()), Is.EqualTo("redemption-member-merged"));
        Assert.That(Redeem(Asked("2026/10") with { Through = 2024 }).Value.Redemption is { Members: 6, PaidCents: 360_01 }, Is.True, "the one that goes on is paid for both");
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void NobodyIsErasedBeforeTheTaxPapersOfANonqualifiedNotice()
    {
        BringNotices();
        new AskForErasure(database.Books).Run(new(null, "0001", "please", "member 0001"));
        new ChangeStatus(database.Books).Run(new(null, "0001", MemberStatus.Left, Today, "ann"));
        Redeem(Asked() with { Member = "0001", All = true, Kinds = CapitalKinds.All });
        Assert.That(Code(new ErasePerson(database.Books).Run(new(null, 1, null, "ann"))), Is.EqualTo("erasure-before-tax-papers"));
        database.Clock.Advance(new DateTime(2027, 4, 1, 12, 0, 0, DateTimeKind.Utc) - database.Books.Now);
        Assert.That(new ErasePerson(database.Books).Run(new(null, 1, null, "ann")).IsRefused, Is.False);
        Assert.That(Findings(), Is.Empty);
    }

    [TestCase("\"EquityRedemptions\" SET \"PaidCents\" = \"PaidCents\" + 1")]
    [TestCase("\"EquityRedemptions\" SET \"ThroughYear\" = 2022")]
    [TestCase("\"EquityRedemptions\" SET \"Resolution\" = 'none'")]
    [TestCase("\"EquityRedemptions\" SET \"NonqualifiedCents\" = 0")]
    [TestCase("\"EquityRedemptionReversals\" SET \"FirstSequence\" = 1")]
    [TestCase("\"EquityRedemptionReversals\" SET \"Reason\" = 'none'")]
    public void ARecordThatDoesNotFitItsEntriesIsFound(string change)
    {
        BringNotices();
        Redeem(Asked() with { Through = 2023 });
        Reverse();
        Assert.That(Findings(), Is.Empty);
        var table = change.Split('"')[1];
        Assert.That(database.Sql($"UPDATE {change}"), Does.Contain("evergreen:posted-row"), "the database keeps it as it is");
        Assert.That(database.Sql(database.Kind switch
        {
            DatabaseKind.Sqlite => $"DROP TRIGGER \"{table}_no_update\"",
            DatabaseKind.PostgreSql => $"ALTER TABLE \"{table}\" DISABLE TRIGGER \"{table}_no_change\"",
            _ => $"DISABLE TRIGGER [{table}_no_change] ON [{table}]",
        }, $"UPDATE {change}"), Is.Null);
        Assert.That(Findings(), Is.Not.Empty);
    }
}
