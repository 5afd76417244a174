using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using NUnit.Framework;
using static Evergreen.Application.Tests.Patronage.Posting;

namespace Evergreen.Application.Tests.Patronage;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class RecordPurchasesTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;
    private RecordPurchases record = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
        shop.Enrol("1", "2", "03");
        record = new RecordPurchases(database.Books);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private async Task<KeyedAnswer> Answer(PostRequest<PurchaseLine> request) => (await record.Run(request)).Value;

    private (long Rows, long Cents) Stored() => database.Books.Read(db => (db.Purchases.LongCount(), db.PatronageTotals.Where(total => total.Measure == Measure.Purchases).Sum(total => total.Quantity)));

    private void TheBooksAreSound() => Assert.That(new CheckBooks(database.Books).Run(new("shop")).Value.Findings, Is.Empty);

    [Test]
    public async Task AReceiptGoesInWithItsTotalItsAuditRecordAndItsAnswer()
    {
        var answer = await Answer(One("k1", Receipt("R1", "12.34", department: "wine")));
        Assert.That((answer.Status, answer.Replayed), Is.EqualTo((201, false)));
        Assert.That(Stored(), Is.EqualTo((1L, 1234L)));
        var (purchase, import, audit, kept) = database.Books.Read(db => (db.Purchases.Single(), db.Imports.Single(), db.AuditRecords.Single(a => a.Verb == "purchases.record"), db.KeptAnswers.Single()));
        Assert.That((purchase.SourceRef, purchase.AmountCents, purchase.Row, purchase.ImportId), Is.EqualTo(("R1", 1234L, 1L, import.Id)));
        Assert.That((audit.By, audit.Subject, audit.Detail), Is.EqualTo(("the till", "receipt R1", $"import {import.Number}")));
        Assert.That((kept.Body, kept.ImportId), Is.EqualTo((answer.Body, (int?)import.Id)));
        TheBooksAreSound();
    }

    [Test]
    public async Task TheSameKeyIsAnsweredTheSameAndDoesNothingMore()
    {
        var first = await Answer(One("k1", Receipt("R1", "12.34")));
        // As after a restart: nothing is remembered but what is stored.
        record = new RecordPurchases(database.Books);
        var second = await Answer(One("k1", Receipt("R1", "12.34")));
        Assert.That((second.Status, second.Body, second.Replayed), Is.EqualTo((first.Status, first.Body, true)));
        Assert.That(Stored(), Is.EqualTo((1L, 1234L)));
    }

    [Test]
    public async Task TheSameKeyWithAnotherBodyIsRefused()
    {
        await Answer(One("k1", Receipt("R1", "12.34")));
        var refused = await record.Run(One("k1", Receipt("R2", "12.34")));
        Assert.That(refused.Refusal!.Code, Is.EqualTo("idempotency-key-reused"));
        Assert.That(Stored(), Is.EqualTo((1L, 1234L)));
        // Another program's key is another key.
        Assert.That((await Answer(One("k1", Receipt("R2", "1.00"), client: "other"))).Replayed, Is.False);
    }

    [Test]
    public async Task TheSameReceiptUnderAnotherKeyIsInTheBooksOnce()
    {
        await Answer(One("k1", Receipt("R1", "12.34", department: "wine")));
        var again = await Answer(One("k2", Receipt("R1", "12.34", department: "wine")));
        Assert.That((again.Replayed, again.Body), Is.EqualTo((true, $"again:{Receipt("R1", "12.34", department: "wine")}")));
        Assert.That((await Answer(One("k3", Receipt("R1", "12.35", department: "wine")))).Body, Is.EqualTo("purchase-differs-amount/amount"));
        Assert.That((await Answer(One("k4", Receipt("R1", "12.34", member: "2", department: "beer")))).Body, Is.EqualTo("purchase-differs/member/department"));
        Assert.That(Stored(), Is.EqualTo((1L, 1234L)));
        Assert.That(database.Books.Read(db => db.PatronageCategories.Count()), Is.EqualTo(1), "A refused call leaves nothing, not even a department.");
    }

    [Test]
    public async Task WhatIsRefusedLeavesNothingAndMayComeAgainUnderItsKey()
    {
        shop.CloseYear(2025);
        Assert.That((await Answer(One("k1", Receipt("R1", "1.00", member: "9")))).Body, Is.EqualTo("member-unknown/member"));
        Assert.That((await Answer(One("k2", Receipt("R2", "1.00") with { On = new DateOnly(2025, 12, 31) }))).Body, Is.EqualTo("period-closed/on"));
        Assert.That((await Answer(One("k3", Receipt("R3", "1.00", day: 17)))).Body, Is.EqualTo("date-implausible/on"));
        Assert.That((await Answer(One("k4", Receipt("R4", "1.00") with { Currency = "EUR" }))).Body, Is.EqualTo("currency-differs/currency"));
        Assert.That(database.Books.Read(db => (db.Purchases.Count(), db.KeptAnswers.Count(), db.Imports.Count(), db.ImportSources.Count())), Is.EqualTo((0, 0, 0, 0)));
        shop.Enrol("9");
        Assert.That((await Answer(One("k1", Receipt("R1", "1.00", member: "9")))).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task AReceiptOfAYearThatWasClosedSinceIsStillAnswered()
    {
        var line = Receipt("R1", "5.00") with { On = new DateOnly(2025, 12, 30) };
        await Answer(One("k1", line));
        shop.CloseYear(2025);
        Assert.That((await Answer(One("k2", line))).Replayed, Is.True);
    }

    [Test]
    public async Task ABatchIsAnsweredLineByLineAndKeepsTheGoodOnes()
    {
        var batch = Many("b1", Receipt("R1", "1.00"), Receipt("R2", "2.00", member: "9"), Receipt("R1", "1.00"), Receipt("R1", "3.00"), Receipt("R3", "-0.50", member: null));
        var answer = await Answer(batch);
        Assert.That(answer.Body, Is.EqualTo($"new:{Receipt("R1", "1.00")} member-unknown/member again:{Receipt("R1", "1.00")} purchase-differs-amount/amount new:{Receipt("R3", "-0.50", member: null)}"));
        Assert.That((await Answer(batch)).Body, Is.EqualTo(answer.Body));
        Assert.That(Stored(), Is.EqualTo((2L, 50L)));
        TheBooksAreSound();
    }

    [Test]
    public async Task WhatAProgramPostsInADayIsOneImportWithATrueReport()
    {
        await Answer(One("k1", Receipt("R1", "1.00", department: "wine")));
        await Answer(Many("k2", Receipt("R2", "2.50"), Receipt("R3", "3.00") with { On = new DateOnly(2025, 12, 31) }));
        var report = new ListImports(database.Books).Show("shop", 1).Value;
        Assert.That((report.Totals.Accepted, report.Total, report.FileName, report.Profile), Is.EqualTo((3L, (Money?)Money.Parse("6.50"), "the till 2026-01-15", "posted")));
        Assert.That(report.Years, Is.EqualTo(new[] { new YearPart(2025, 1, Money.Parse("3.00")), new YearPart(2026, 2, Money.Parse("3.50")) }));
        Assert.That(report.Created, Is.EqualTo(new[] { "department wine" }));
        database.Clock.Advance(TimeSpan.FromDays(1));
        await Answer(One("k4", Receipt("R4", "1.00")));
        Assert.That(database.Books.Read(db => db.Imports.Count()), Is.EqualTo(2));
        // A file is not measured against what a till posted in part of a day.
        Assert.That(shop.Purchases("F1,1,2026-01-02,10.00,,,,").Before, Is.Null);
    }

    [Test]
    public async Task AWithdrawnDayTakesItsAnswersAlongAndItsReceiptsMayComeAgain()
    {
        await Answer(One("k1", Receipt("R1", "1.00")));
        Assert.That(new WithdrawImport(database.Books).Run(new("shop", 1, "bea", "a test receipt")).Value.RowsRemoved, Is.EqualTo(1));
        Assert.That(Stored(), Is.EqualTo((0L, 0L)));
        var again = await Answer(One("k1", Receipt("R1", "1.00")));
        Assert.That((again.Status, again.Replayed), Is.EqualTo((201, false)));
        Assert.That(database.Books.Read(db => db.Imports.Count()), Is.EqualTo(2));
        TheBooksAreSound();
    }

    [Test]
    public async Task ARowThatWaitsForItsMemberIsDecidedInTheOffice()
    {
        var file = SampleCoOp.PurchaseFile("R1,77,2026-01-02,10.00,,,,");
        Assert.That(new ImportPurchases(database.Books).Run(SampleCoOp.Request(file) with { Source = "app till" }).Value.Totals.Held, Is.EqualTo(1));
        Assert.That((await Answer(One("k1", Receipt("R1", "10.00")))).Body, Is.EqualTo("row-held"));
    }

    [Test]
    public async Task TheNumberOfAMergedRecordCountsForTheOneThatWasKept()
    {
        database.Books.Write<int>(false, db =>
        {
            int Id(string number) => db.Members.Single(member => member.Number == number).Id;
            db.MemberMerges.Add(new MemberMerge { CoOpId = shop.CoOp.Id, OtherId = Id("2"), KeptId = Id("1"), At = database.Books.Now, By = "bea", Reason = "the same person" });
            return 1;
        });
        Assert.That((await Answer(One("k1", Receipt("R1", "1.00", member: "2")))).Body, Is.EqualTo($"new:{Receipt("R1", "1.00", member: "1")}"));
    }

    [Test]
    public async Task FiveHundredCallsOfOneKeyAtOnceFromTwoProgramsMakeOneEntry()
    {
        // Two of everything, as two processes on the same database have it.
        RecordPurchases[] programs = [record, new RecordPurchases(new Books(database.Address, database.Clock, null, AlsoOnSqlServer.Each))];
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(() => programs[i % 2].Run(One("k1", Receipt("R1", "12.34"))))));
        Assert.That(answers.Count(answer => !answer.Value.Replayed), Is.EqualTo(1));
        Assert.That(answers.Select(answer => answer.Value.Body).Distinct().Count(), Is.EqualTo(1));
        Assert.That(Stored(), Is.EqualTo((1L, 1234L)));
        Assert.That(database.Books.Read(db => db.AuditRecords.Count(a => a.Verb == "purchases.record")), Is.EqualTo(1));
        TheBooksAreSound();
    }

    [Test]
    public async Task ManyTillsAtOnceLoseNothingAndDoubleNothing()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(i => Task.Run(() => record.Run(One($"k{i % 300}", Receipt($"R{i % 300}", "1.00", member: (i % 300 % 2 + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)), client: $"till-{i % 300 % 3}")))));
        Assert.That(answers.Count(answer => !answer.Value.Replayed), Is.EqualTo(300));
        Assert.That(Stored(), Is.EqualTo((300L, 30000L)));
        TheBooksAreSound();
    }

    [Test]
    public async Task ACallThatBreaksSpoilsNoneOfItsNeighbours()
    {
        var broken = new PostRequest<PurchaseLine>("shop", new KeyedCall("till", "bad", "x"), "the till", [Receipt("B", "1.00")], true, (_, _) => throw new InvalidOperationException("broken"));
        var all = Enumerable.Range(0, 40).Select(i => Task.Run(() => record.Run(i == 20 ? broken : One($"k{i}", Receipt($"R{i}", "1.00"))))).ToList();
        Assert.That(async () => await all[20], Throws.InvalidOperationException);
        foreach (var (call, i) in all.Select((call, i) => (call, i)).Where(one => one.i != 20)) Assert.That((await call).Value.Replayed, Is.False, $"{i}");
        Assert.That(Stored(), Is.EqualTo((39L, 3900L)));
    }
}
