using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>From the posted dividend to the day on which nobody is owed anything any more.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class PaymentTests(TestDatabase databases)
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

    private Outcome<PayDividend.Result> Pay(string run = Bakery.Run, string reference = "ACH 17", DateOnly? on = null, bool dryRun = false) => new PayDividend(database.Books).Run(new(null, run, "bea", reference, on, dryRun));
    private Outcome<ReverseDividend.Result> Reverse(string? recovery = null) => new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "bea", "wrong hours") { Recovery = recovery });
    private RunCourse Course(string run = Bakery.Run) => new RunLifecycle(database.Books).Run(null, run).Value;
    private Money Balance(string account) => database.Books.Read(db => MemberBalances.OfAccount(db, bakery.CoOp.Id, account));
    private IReadOnlyList<string> Findings() => new CheckBooks(database.Books).Run(new CheckBooks.Request()).Value.Findings;

    [Test]
    public void PaidRunLeavesNothingOwedAndIsPaidOnce()
    {
        bakery.UpToApproval();
        Assert.That(Pay().Refusal!.Code, Is.EqualTo("run-not-posted"));
        bakery.Post();
        Assert.That(Pay(reference: " ").Refusal!.Code, Is.EqualTo("payment-reference-missing"));
        Assert.That(Pay(on: new DateOnly(2026, 1, 1)).Refusal!.Code, Is.EqualTo("payment-day"));
        Assert.That(Pay(on: new DateOnly(2031, 1, 1)).Refusal!.Code, Is.EqualTo("payment-day"));
        Assert.That(Pay(dryRun: true).Value.Payment.PaidCents, Is.EqualTo(13_827_18));
        Assert.That(Course().Reached, Is.EqualTo(RunStage.Posted), "a dry run changes nothing");

        var paid = Pay().Value;
        Assert.That((paid.AlreadyThere, paid.Payment.Members, paid.Payment.PaidCents), Is.EqualTo((false, 7, 13_827_18L)));
        Assert.That((Balance(AccountCodes.PatronagePayable), Balance(AccountCodes.Bank)), Is.EqualTo((Money.Zero, Money.Parse("-13827.18"))));
        Assert.That((Course().Reached, Course().Next), Is.EqualTo((RunStage.Paid, (RunStage?)RunStage.Closed)));
        Assert.That(Course().Steps[5], Is.EqualTo(new RunStep(RunStage.Paid, "bea", paid.Payment.At, "dated 15 Jan 2026, ACH 17")));

        var again = Pay(reference: "ACH 18").Value;
        Assert.That((again.AlreadyThere, again.Payment.Reference), Is.EqualTo((true, "ACH 17")));
        Assert.That(Balance(AccountCodes.Bank), Is.EqualTo(Money.Parse("-13827.18")));
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void WhatComesAfterThePaymentPeriodIsDoneAndWarnedOf()
    {
        bakery.UpToApproval();
        Come(new DateOnly(2026, 8, 15));
        Assert.That(Page().Warnings, Is.Empty, "thirty-one days are left");
        Come(new DateOnly(2026, 8, 16));
        Assert.That(Page().Warnings.Single(), Does.StartWith("The payment period of 2025 ends on 15 September 2026, in 30 days:").And.EndsWith("Run 2025-1 is approved and not paid yet; its statements are not issued."));
        Come(new DateOnly(2026, 9, 15));
        Assert.That(new PostDividend(database.Books).Run(new(null, Bakery.Run, "bea", DryRun: true)).Value.Warning, Is.Null, "the last day is in time");
        Assert.That(Page().Warnings.Single(), Does.Contain("15 September 2026, today:"));
        Assert.That(Page().ReturnDue, Is.EqualTo(new DateOnly(2026, 9, 15)), "more than half of the year's earnings go to patrons");
        database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(Page().Warnings, Has.Count.EqualTo(1), "before anything is posted");
        var late = new PostDividend(database.Books).Run(new(null, Bakery.Run, "bea", new DateOnly(2026, 3, 1))).Value;
        Assert.That(late.Warning, Does.StartWith("The payment period of 2025 ended on 15 September 2026.").And.Contain("can no longer deduct it for 2025"), "an earlier date brings nothing into the period");
        Assert.That(Statements(null), Is.EqualTo(late.Warning));
        Assert.That(Statements(new DateOnly(2026, 9, 15)), Is.Null);
        Assert.That((Pay(on: new DateOnly(2026, 9, 15), dryRun: true).Value.Warning, Pay().Value.Warning, Pay().Value.Warning), Is.EqualTo(((string?)null, late.Warning, late.Warning)));
        Assert.That(Page().Warnings, Is.EqualTo(new[] { late.Warning }));
        Assert.That(Findings(), Is.Empty);

        RunPage.Result Page() => new RunPage(database.Books).Run(null, Bakery.Run).Value;
        void Come(DateOnly day) => database.Clock.Advance(TimeSpan.FromDays(day.DayNumber - database.Books.Today(bakery.CoOp).DayNumber));
        string? Statements(DateOnly? on) => new StatementsInTime(database.Books).Run(new(null, Bakery.Run, on)).Value.Warning;
    }

    [Test]
    public void ARunSaysUntilWhenItIsPaidInTimeAndHowMuchOfItIsMoney()
    {
        bakery.Adopt();
        var run = bakery.Calculate().Run;
        var (page, shown) = (new RunPage(database.Books).Run(null, Bakery.Run).Value, new DividendWorksheet(database.Books).Show(null, Bakery.Run).Value);
        // 69,135.79 for seven; each cash leg is rounded up, so that together they are a few cents more than a fifth.
        Assert.That((page.PayBy, page.Fifth), Is.EqualTo((new DateOnly(2026, 9, 15), new FifthInMoney(7, 7, Money.Parse("13827.18"), Money.Parse("69135.79")))));
        Assert.That(page.Fifth!.Percent, Is.EqualTo("20%"));
        Assert.That((shown.PayBy, shown.Fifth), Is.EqualTo((page.PayBy, page.Fifth)));
        // Past every verb, a second pool that gives the first member a qualified notice and no money with it.
        database.Books.Write<int>(false, db =>
        {
            db.Add(new RunPool { RunId = run.Id, PoolNo = 2, Code = "extra", Name = "Extra", Unit = "hours", TotalUnits = "1", UnitsScale = "1", AmountCents = 100, LeftoverCents = 0, ResidueCents = 0 });
            db.SaveChanges();
            db.Add(new Allocation { RunId = run.Id, PoolNo = 2, MemberId = bakery.Members[0].Id, Units = "1", FloorCents = 100, ExtraCent = 0, DividendCents = 100, CashCents = 0, QualifiedCents = 100, NonqualifiedCents = 0, CapitalCents = 0, WithheldCents = 0, Treatment = CashTreatment.Paid });
            return 1;
        });
        Assert.That(new RunPage(database.Books).Run(null, Bakery.Run).Value.Fifth!.Passing, Is.EqualTo(6));
    }

    [Test]
    public void CashThatIsOwedWhenThePeriodEndsIsRemindedOfUntilItIsPaid()
    {
        IReadOnlyList<string> Reminders() => new CheckBooks(database.Books).Run(new CheckBooks.Request()).Value.Reminders;
        bakery.UpToApproval();
        database.Clock.Advance(TimeSpan.FromDays(new DateOnly(2026, 9, 10).DayNumber - new DateOnly(2026, 1, 15).DayNumber));
        Assert.That(Reminders(), Is.Empty, "nothing is owed before the posting");
        bakery.Post();
        Assert.That(Reminders().Single(), Does.StartWith("bakery: run 2025-1 is posted, and its cash is not noted as paid. The payment period of 2025 ends on 15 September 2026, in 5 days"));
        database.Clock.Advance(TimeSpan.FromDays(6));
        Assert.That(Reminders().Single(), Does.Contain("The payment period of 2025 ended on 15 September 2026."));
        Assert.That(Findings(), Is.Empty, "late is not wrong");
        _ = Pay().Value;
        Assert.That(Reminders(), Is.Empty);
    }

    [Test]
    public void PaidRunIsReversedOnlyWithAPlanForTheMoneyAndTheNextPaymentSetsItOff()
    {
        bakery.UpToApproval();
        bakery.Post();
        _ = Pay().Value;
        Assert.That(Reverse().Refusal!.Code, Is.EqualTo("run-paid"));
        Assert.That(Reverse("set off against the corrected run").Value.Reversal.Reason, Is.EqualTo("wrong hours (paid money: set off against the corrected run)"));
        Assert.That(Pay().Refusal!.Code, Is.EqualTo("run-already-reversed"));
        Assert.That(Balance(AccountCodes.PatronagePayable), Is.EqualTo(Money.Parse("13827.18")), "the members owe it back");

        // The corrected run keeps a little more in the reserve, so everybody is owed a little less than they were paid.
        bakery.Adopt(Bakery.Policy.Replace("\"20%\"", "\"30%\"", StringComparison.Ordinal));
        bakery.Calculate();
        bakery.Approve("2025-2");
        bakery.Post("2025-2");
        var payable = database.Books.Read(db => db.Allocations.Where(row => row.RunId == db.DividendRuns.Single(run => run.Number == 2).Id).Sum(row => row.CashCents));
        Assert.That(payable, Is.GreaterThan(13_827_18));
        var paid = Pay("2025-2").Value.Payment;
        Assert.That((paid.PaidCents, paid.Members), Is.EqualTo((payable - 13_827_18, 7)));
        Assert.That(Balance(AccountCodes.PatronagePayable), Is.EqualTo(Money.Zero));
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void RunIsClosedWithTheYearInWhichItWasPostedAndPaid()
    {
        bakery.UpToApproval();
        bakery.Post();
        _ = Pay().Value;
        database.Clock.Advance(TimeSpan.FromDays(366));
        bakery.CloseYear("-70.00", 2026);
        Assert.That((Course().Reached, Course().Next, Course().Closing!.FiscalYear), Is.EqualTo((RunStage.Closed, (RunStage?)null, 2026)));
    }

    [Test]
    public void PaymentThatDoesNotFitItsEntriesIsFound()
    {
        bakery.UpToApproval();
        bakery.Post();
        _ = Pay().Value;
        using (var db = database.Books.Open())
        {
            db.Database.ExecuteSql(PastTheGuard(db.Kind));
            db.Database.ExecuteSql($"UPDATE \"DividendPayments\" SET \"PaidCents\" = \"PaidCents\" + 1");
        }
        Assert.That(Findings(), Has.Some.StartsWith("bakery: run 2025-1 is noted as paid"), "by the name that people know");

        static FormattableString PastTheGuard(DatabaseKind kind) => kind switch
        {
            DatabaseKind.Sqlite => $"DROP TRIGGER \"DividendPayments_no_update\"",
            DatabaseKind.PostgreSql => $"ALTER TABLE \"DividendPayments\" DISABLE TRIGGER \"DividendPayments_no_change\"",
            _ => $"DISABLE TRIGGER [DividendPayments_no_change] ON [DividendPayments]",
        };
    }

    [Test]
    public void DatabaseKeepsAPaymentAsItIs() =>
        Assert.That(() =>
        {
            bakery.UpToApproval();
            bakery.Post();
            _ = Pay().Value;
            database.Books.Write<int>(false, db => db.DividendPayments.ExecuteDelete());
        }, Throws.Exception.With.Message.Contains("evergreen:posted-row").Or.InnerException.Message.Contains("evergreen:posted-row"));
}
