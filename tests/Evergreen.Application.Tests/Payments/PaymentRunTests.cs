using System.Text;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Payments;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Payments;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Payments;

/// <summary>From the posted dividend through the bank's file to the day on which nobody is owed anything, also where payments come back.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class PaymentRunTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private PayingBakery paying = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        paying = new PayingBakery(database, Bakery.SevenWorkers);
    }

    [TearDown]
    public void Close()
    {
        paying.Dispose();
        database.Dispose();
    }

    private Outcome<PayDividend.Result> PayAll() => new PayDividend(database.Books).Run(new(null, Bakery.Run, "ann", "ACH 9"));
    private Outcome<ReverseDividend.Result> Reverse() => new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "wrong hours") { Recovery = "set off" });
    private MyStake.Result Stake(int member) => new MyStake(database.Books).Run(new(paying.Bakery.CoOp, paying.Bakery.Members[member - 1].Id)).Value;
    private (long Entry, DateOnly On, Money Amount)? PaidTo(int member) => new MyDividend(database.Books, new RemainderCuts()).Run(new(paying.Bakery.CoOp, paying.Bakery.Members[member - 1].Id, 2025)).Value.Posted!.Paid;
    private WorkOutTaxForms.Result Forms(int year) => new WorkOutTaxForms(database.Books).Run(new(null, year)).Value;

    private void BankAll()
    {
        for (var member = 1; member <= 7; member++) paying.Bank(member);
    }

    [Test]
    public void WhoHasAnAccountIsPaidByFileAndTheRestByHand()
    {
        for (var member = 1; member <= 5; member++) paying.Bank(member, type: member == 2 ? "savings" : "checking");
        paying.Bank(5, "110000", "12345678", "bacs");
        paying.AskForAnotherBank(4);
        var sheet = paying.Prepare().Value;
        Assert.That(sheet.Payments.Select(payment => payment.Member), Is.EqualTo(new[] { "0001", "0002", "0003" }));
        Assert.That(sheet.LeftOut.Select(one => (one.Member, one.Reason)), Is.EqualTo(new[] { ("0004", LeftOutReason.OnHold), ("0005", LeftOutReason.OtherScheme), ("0006", LeftOutReason.NoBankDetails), ("0007", LeftOutReason.NoBankDetails) }));
        Assert.That(sheet.Payments.Sum(payment => payment.Amount) + sheet.LeftOut.Sum(one => one.Amount), Is.EqualTo(Money.Parse("13827.18")));
        Assert.That(paying.Approve(1, " Ann ").Refusal!.Code, Is.EqualTo("payment-approval-by-same-person"));
        Assert.That(paying.Approve(1).Value.State, Is.EqualTo("approved"));
        Assert.That(paying.Write(1, dryRun: true).Value.AlreadyThere, Is.False);
        var file = paying.Write(1).Value;
        Assert.That((file.AlreadyThere, file.File.EffectiveOn, file.File.Sha256), Is.EqualTo((false, new DateOnly(2026, 1, 16), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file.Content)))));
        Assert.That(PayingBakery.Lines(file.Content).Where(line => line[0] == '6').Select(line => line[..3]), Is.EqualTo(new[] { "622", "632", "622" }));
        Assert.That(PayAll().Refusal!.Code, Is.EqualTo("payment-file-unsettled"));
        Assert.That(Reverse().Refusal!.Code, Is.EqualTo("payment-file-unsettled"));

        Assert.That(paying.Settle(1).Value.AlreadyThere, Is.False);
        Assert.That((paying.Settle(1, "ACH 8").Value.AlreadyThere, paying.Settle(1, "ACH 8").Value.Settlement.Reference), Is.EqualTo((true, "ACH 7")));
        Assert.That(paying.Owed, Is.EqualTo(sheet.LeftOut.Sum(one => one.Amount)));
        Assert.That(new RunLifecycle(database.Books).Run(null, Bakery.Run).Value.Reached, Is.EqualTo(RunStage.Paid));
        Assert.That((PaidTo(1)!.Value.Amount, PaidTo(4), Stake(1).Last!.PaidOn, Stake(4).Last!.PaidOn), Is.EqualTo((sheet.Payments[0].Amount, ((long, DateOnly, Money)?)null, (DateOnly?)new DateOnly(2026, 1, 15), (DateOnly?)null)));
        Assert.That(PayAll().Refusal!.Code, Is.EqualTo("rest-by-payment-run"));
        Assert.That(paying.Findings, Is.Empty);
        Assert.That((Forms(2026).Agrees, Forms(2026).Ledger.PaidOut, Forms(2026).Ledger.SetOff), Is.EqualTo((true, sheet.Payments.Sum(payment => payment.Amount), Money.Zero)));

        database.Clock.Advance(TimeSpan.FromDays(10));
        var rest = paying.Paid(PaymentForm.ByHand);
        Assert.That(database.Books.Read(db => db.BankChanges.Single().SettledAt), Is.EqualTo(database.Books.Now), "what waited long enough is in force before anybody is paid");
        Assert.That((rest.Standing.Run.Round, rest.Payments.Count, rest.LeftOut.Count, paying.Owed), Is.EqualTo((2, 4, 0, Money.Zero)));
        Assert.That((PaidTo(4)!.Value.Amount, Stake(4).Last!.PaidOn, Stake(4).CashPaid), Is.EqualTo((rest.Payments[0].Amount, (DateOnly?)new DateOnly(2026, 1, 25), rest.Payments[0].Amount)));
        Assert.That(Stake(4).Years.Single(year => year.FiscalYear == 2025).CashPaid, Is.EqualTo(rest.Payments[0].Amount), "it is of the year that was divided");
        Assert.That(PayAll().Value.AlreadyThere, Is.True);
        Assert.That((Forms(2026).Agrees, Forms(2026).Ledger.PaidOut), Is.EqualTo((true, Money.Parse("13827.18"))));
        Assert.That(new ListPayments(database.Books).Run(null).Value.Select(one => (one.Run.Number, one.State)), Is.EqualTo(new[] { (2, "settled"), (1, "settled") }));
        Assert.That(paying.Findings, Is.Empty);
    }

    [Test]
    public void WhatCameBackIsOwedAgainAndCountsInTheYearInWhichItArrives()
    {
        BankAll();
        var paid = paying.Paid();
        var amount = paid.Payments[2].Amount;
        Assert.That(paying.Void(1, "0003", " ").Refusal!.Code, Is.EqualTo("void-reason-missing"));
        Assert.That(paying.Void(1, "0003", on: new DateOnly(2026, 1, 14)).Refusal!.Code, Is.EqualTo("void-day"));
        Assert.That(paying.Void(1, "0003").Value.Voids.Single().Reason, Is.EqualTo("R03, no account"));
        Assert.That((paying.Owed, PaidTo(3), Stake(3).Last!.PaidOn, Stake(3).CashPaid, Stake(3).Owed), Is.EqualTo((amount, ((long, DateOnly, Money)?)null, (DateOnly?)null, Money.Zero, amount)));
        Assert.That(paying.Show(1).Payments[2], Is.EqualTo(paid.Payments[2] with { VoidedOn = new DateOnly(2026, 1, 15), VoidReason = "R03, no account" }));
        Assert.That((Forms(2026).Agrees, Forms(2026).Ledger.PaidOut, Forms(2026).Waiting.Single().IsPaid), Is.EqualTo((true, Money.Parse("13827.18") - amount, false)));
        Assert.That(paying.Findings, Is.Empty);
        Assert.That(new RunPage(database.Books).Run(null, Bakery.Run).Value.Warnings, Is.EqualTo(new[] { $"Run 2025-1 is paid, but {amount} of it is still owed to members who were left out or whose payments came back." }));
        database.Clock.Advance(TimeSpan.FromDays(365));
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Reminders, Has.Some.Contains($"{amount} of it is still owed"));
        var again = paying.Paid();
        Assert.That((again.Standing.Run.Round, again.Payments.Single().Member, again.Payments.Single().Amount, paying.Owed), Is.EqualTo((2, "0003", amount, Money.Zero)));
        Assert.That((Forms(2026).Agrees, Forms(2027).Agrees, Forms(2027).Ledger.PaidOut, Forms(2027).AllReportable, Forms(2027).Years.Contains(2027)), Is.EqualTo((true, true, amount, amount, true)));
        Assert.That((PaidTo(3)!.Value.Amount, Stake(3).Last!.PaidOn), Is.EqualTo((amount, (DateOnly?)new DateOnly(2027, 1, 15))));
        var entry = new ShowEntry(database.Books).Run(null, again.Standing.Settlement!.FirstSequence).Value;
        Assert.That((entry.From.Run, entry.From.Member), Is.EqualTo((Bakery.Run, "0003")));
        Assert.That(new MemberAccount(database.Books).Run(null, "0003").Value.OwedLots.SelectMany(lot => lot.Movements).Last().From.Run, Is.EqualTo(Bakery.Run));

        // The bank sends the whole file back: one word voids what stands of it.
        Assert.That((paying.Void(2, null).Value.Amount, paying.Void(1, null).Value.Voids.Count, paying.Void(1, null).Value.AlreadyThere), Is.EqualTo((amount, 6, true)));
        Assert.That((paying.Owed, Forms(2026).Ledger.PaidOut, Forms(2027).Ledger.PaidOut, Forms(2026).Agrees), Is.EqualTo((Money.Parse("13827.18"), Money.Zero, Money.Zero, true)));
        Assert.That((paying.Paid().Payments.Count, paying.Owed), Is.EqualTo((7, Money.Zero)));
        Assert.That(paying.Findings, Is.Empty);
    }

    [Test]
    public void AnAccountThatChangedIsNotPaidAndAFileIsNotMadeAnother()
    {
        BankAll();
        _ = paying.Prepare().Value;
        _ = paying.Approve(1).Value;
        paying.Bank(2, account: "999");
        Assert.That(paying.Write(1).Refusal!.Sentence, Does.Contain("0002"));
        Assert.That(paying.Write(1).Refusal!.Code, Is.EqualTo("bank-details-changed"));
        _ = paying.Prepare().Value;
        Assert.That((paying.Approve(1, "cleo").Refusal!.Code, paying.Write(1).Refusal!.Code, paying.Settle(1).Refusal!.Code), Is.EqualTo(("payments-already-approved", "payment-run-superseded", "payment-run-superseded")));
        _ = paying.Approve(2).Value;
        var file = paying.Write(2).Value;
        Assert.That(PayingBakery.Lines(file.Content).Single(line => line.Contains("0002 ", StringComparison.Ordinal)), Does.Contain("999 "));
        Assert.That((paying.Write(2, null, null, null).Value.AlreadyThere, paying.Write(2, bank: "Another").Refusal!.Code), Is.EqualTo((true, "payment-file-changed")));
        paying.Bank(2, account: "998");
        Assert.That(paying.Write(2).Refusal!.Code, Is.EqualTo("payment-file-changed"));
        paying.Bank(2, account: "999");
        Assert.That(paying.Write(2).Value.Content, Is.EqualTo(file.Content));
        database.Books.Write<int>(false, db => db.Members.Where(member => member.Number == "0003").ExecuteUpdate(set => set.SetProperty(member => member.Name, "Renamed")));
        Assert.That(paying.Write(2).Refusal!.Code, Is.EqualTo("payment-file-changed"));
    }

    [Test]
    public void NoAccountNumberIsInTheBooksInClear()
    {
        if (database.Kind != DatabaseKind.Sqlite) return;
        BankAll();
        _ = paying.Prepare().Value;
        _ = paying.Approve(1).Value;
        var written = Encoding.ASCII.GetString(paying.Write(1).Value.Content);
        _ = paying.Settle(1).Value;
        _ = paying.Void(1, "0001").Value;
        SqliteConnection.ClearAllPools();
        var books = string.Concat(Directory.GetFiles(Path.GetDirectoryName(database.Address.Path!)!, Path.GetFileName(database.Address.Path!) + "*").Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.That(books, Does.Contain("R03, no account"));
        for (var member = 1; member <= 7; member++)
        {
            Assert.That(written, Does.Contain(PayingBakery.AccountOf(member)));
            Assert.That(books, Does.Not.Contain(PayingBakery.AccountOf(member)));
        }
    }

    [Test]
    public void WhatIsNotDueIsRefusedWithItsReason()
    {
        Assert.That(paying.Prepare(run: "2025-7").Refusal!.Code, Is.EqualTo("run-unknown"));
        Assert.That(paying.Approve(1).Refusal!.Code, Is.EqualTo("payment-run-unknown"));
        Assert.That(paying.Prepare().Refusal!.Code, Is.EqualTo("nobody-reached"));
        BankAll();
        Assert.That(paying.Prepare(dryRun: true).Value.Payments, Has.Count.EqualTo(7));
        _ = paying.Prepare(PaymentForm.ByHand).Value;
        Assert.That((paying.Settle(1).Refusal!.Code, paying.Void(1, null).Refusal!.Code), Is.EqualTo(("payments-not-approved", "payments-not-settled")));
        _ = paying.Approve(1).Value;
        Assert.That(paying.Approve(1).Value.Approval!.By, Is.EqualTo("bea"));
        Assert.That(paying.Write(1).Refusal!.Code, Is.EqualTo("payment-form-without-file"));
        _ = paying.Prepare().Value;
        Assert.That(paying.Write(2).Refusal!.Code, Is.EqualTo("payments-not-approved"));
        _ = paying.Approve(2).Value;
        Assert.That(paying.Settle(2).Refusal!.Code, Is.EqualTo("payment-file-missing"));
        Assert.That(paying.Write(2, null).Refusal!.Code, Is.EqualTo("payment-originator-missing"));
        foreach (var (routing, bank, company) in (IEnumerable<(string, string, string)>)[("121042883", "First Bank", "1"), (PayingBakery.Routing, "A bank whose name is far too long", "1"), (PayingBakery.Routing, "First Bank", "12-3456789")])
            Assert.That(paying.Write(2, routing, bank, company).Refusal!.Code, Is.EqualTo("payment-originator-form"));
        Assert.That(paying.Write(2, on: new DateOnly(2026, 1, 14)).Refusal!.Code, Is.EqualTo("payment-effective-day"));
        _ = paying.Write(2).Value;
        Assert.That(paying.Prepare().Refusal!.Code, Is.EqualTo("payment-file-unsettled"));
        Assert.That((paying.Settle(2, " ").Refusal!.Code, paying.Settle(2, on: new DateOnly(2026, 1, 14)).Refusal!.Code), Is.EqualTo(("payment-reference-missing", "payment-day")));
        _ = paying.Settle(2).Value;
        Assert.That((paying.Prepare().Refusal!.Code, paying.Void(2, "0009").Refusal!.Code), Is.EqualTo(("nobody-owed", "member-unknown")));
        _ = paying.Void(2, "0001").Value;
        _ = paying.Paid(PaymentForm.ByHand);
        Assert.That(paying.Void(3, "0002").Refusal!.Code, Is.EqualTo("payment-unknown"));
        _ = Reverse().Value;
        Assert.That(paying.Prepare().Refusal!.Code, Is.EqualTo("run-already-reversed"));
    }

    [Test]
    public void WhatIsPaidAsAWholeIsNotPaidByAFileToo()
    {
        BankAll();
        _ = paying.Prepare().Value;
        _ = PayAll().Value;
        Assert.That((paying.Approve(1).Refusal!.Code, paying.Prepare().Refusal!.Code), Is.EqualTo(("run-paid-as-a-whole", "run-paid-as-a-whole")));
        _ = new CreateCoOp(database.Books).Run(new("society", "The Society", "GB", "GBP", 12, TaxRegime.UkRegisteredSociety, "ann")).Value;
        Assert.That(new PreparePayments(database.Books, paying.Keys).Run(new("society", Bakery.Run, "ann")).Refusal!.Code, Is.EqualTo("payment-form-currency"));
    }

    [Test]
    public void ADueThatMovedIsPreparedAgainAndAMergedRecordIsPaidOnTheOneThatGoesOn()
    {
        BankAll();
        _ = paying.Prepare().Value;
        _ = new MergeMembers(database.Books).Run(new(null, "0001", "0002", "one person", "ann")).Value;
        Assert.That(paying.Approve(1).Refusal!.Code, Is.EqualTo("payments-changed"));
        var paid = paying.Paid();
        Assert.That((paid.Payments.Count, paying.Owed), Is.EqualTo((6, Money.Zero)));
        _ = new MergeMembers(database.Books).Run(new(null, "0003", "0004", "one person", "ann")).Value;
        var amount = paid.Payments.Single(payment => payment.Member == "0004").Amount;
        Assert.That(paying.Void(2, "0003").Value.Amount, Is.EqualTo(amount + paid.Payments.Single(payment => payment.Member == "0003").Amount));
        var again = paying.Paid();
        Assert.That((again.Payments.Single().Member, again.Payments.Single().Amount.IsPositive, paying.Owed), Is.EqualTo(("0003", true, Money.Zero)));
        Assert.That(database.Books.Read(db => MemberBalances.ByMember(db, paying.Bakery.CoOp.Id, AccountCodes.PatronagePayable)), Is.Empty);
        Assert.That((Forms(2026).Agrees, paying.Findings), Is.EqualTo((true, (IReadOnlyList<string>)[])));
    }

    [Test]
    public void WhatDoesNotFitTheLedgerIsFound()
    {
        BankAll();
        _ = paying.Paid();
        _ = paying.Void(1, "0001").Value;
        foreach (var (table, column) in (IEnumerable<(string, string)>)[("PaymentRuns", "TotalCents"), ("PaymentFiles", "EntryHash"), ("PaymentSettlements", "FirstSequence"), ("PaymentVoids", "Sequence")])
        {
            var pastTheGuard = database.Kind switch { DatabaseKind.Sqlite => $"DROP TRIGGER \"{table}_no_update\"", DatabaseKind.PostgreSql => $"ALTER TABLE \"{table}\" DISABLE TRIGGER USER", _ => $"DISABLE TRIGGER ALL ON [{table}]" };
            Assert.That(database.Sql(pastTheGuard, $"UPDATE \"{table}\" SET \"{column}\" = \"{column}\" + 1"), Is.Null);
        }
        foreach (var finding in (string[])["its payments make", "which is not the payment run", "which is not that payment", "the first payment of run 2025-1, which is not noted as paid by it", "which does not take it back"]) Assert.That(paying.Findings, Has.Some.Contains(finding));
    }

    [Test]
    public void TheDatabaseItselfRefusesWhatWasNotApprovedOrDoesNotAddUp()
    {
        for (var member = 1; member <= 6; member++) paying.Bank(member);
        _ = paying.Prepare().Value;
        var (run, coOp, at) = (database.Books.Read(db => db.PaymentRuns.Single()), paying.Bakery.CoOp.Id, database.Books.Now);
        Refuses("payments-not-approved", new PaymentSettlement { PaymentRunId = run.Id, DividendRunId = run.DividendRunId, Round = 1, By = "x", At = at, On = new DateOnly(2026, 1, 15), Reference = "x", FirstSequence = 1 });
        var tooLittle = new PaymentRun { CoOpId = coOp, Number = 2, DividendRunId = run.DividendRunId, Round = 1, Form = PaymentForm.ByHand, By = "x", At = at, Members = 1, TotalCents = 5, EntryHash = 0 };
        database.Books.Write<int>(false, db =>
        {
            db.Add(tooLittle);
            db.SaveChanges();
            db.Add(new Payment { PaymentRunId = tooLittle.Id, No = 1, MemberId = paying.Bakery.Members[0].Id, PatronageCents = 4, InterestCents = 0 });
            return 1;
        });
        Refuses("payments-differ", new PaymentApproval { PaymentRunId = tooLittle.Id, By = "x", At = at });
        _ = paying.Prepare().Value;
        _ = paying.Approve(3).Value;
        Refuses("payments-approved", new Payment { PaymentRunId = database.Books.Read(db => db.PaymentRuns.Single(one => one.Number == 3).Id), No = 9, MemberId = paying.Bakery.Members[6].Id, PatronageCents = 4, InterestCents = 0 });

        void Refuses(string code, object row) => Assert.That(() => database.Books.Write<int>(false, db =>
        {
            db.Add(row);
            return 1;
        }), Throws.Exception.With.InnerException.Message.Contains("evergreen:" + code));
    }
}
