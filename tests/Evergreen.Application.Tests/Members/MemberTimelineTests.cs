using System.Text;
using Evergreen.Application.Audit;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Payments;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Payments;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>Whatever reached a member's account, the member's timeline says by whose act, from where, and what tells of it in full.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MemberTimelineTests(TestDatabase databases)
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

    private IReadOnlyList<MemberTimeline.Event> Entries(string number = "0001") => [.. new MemberTimeline(database.Books).Run(null, number).Value.Events.Where(one => one.Kind == "ledger")];

    /// <summary>The event of the newest entry, and its number.</summary>
    private (string? By, string? From, string? About) Newest(string number = "0001")
    {
        var last = Entries(number).MaxBy(one => long.Parse(one.About!["entry ".Length..], System.Globalization.CultureInfo.InvariantCulture))!;
        Assert.That(last.What, Does.StartWith($"Entry {last.About!["entry ".Length..]} of "));
        return (last.By, last.From, last.About);
    }

    /// <summary>From another place each time, and a day later.</summary>
    private void NextDay(string from)
    {
        database.Clock.Advance(TimeSpan.FromDays(1));
        Whence.Begin(from);
    }

    private int Bring(string by)
    {
        var bytes = Encoding.UTF8.GetBytes("source_id,member_number,account,fiscal_year,posted_on,amount\r\nE1,0001,nonqualified_notice,2022,2026-01-02,30.00\r\n");
        return new ImportEquity(database.Books).Run(new ImportRequest(null, new ImportFile("equity.csv", () => new MemoryStream(bytes)), by) { DespiteTotals = true }).Value.Number!.Value;
    }

    [Test]
    public void AFileThatIsTakenBackSaysWhoBroughtItAndWhoTookItBack()
    {
        NextDay("192.0.2.1");
        var import = Bring("ann");
        Assert.That(Newest(), Is.EqualTo(("ann", "192.0.2.1", Newest().About)));
        NextDay("192.0.2.2");
        Assert.That(new WithdrawImport(database.Books).Run(new(null, import, "bea", "wrong file")).Refusal, Is.Null);
        Assert.That(Newest(), Is.EqualTo(("bea", "192.0.2.2", Newest().About)));
        Assert.That(Entries().Count(one => one.By == "ann" && one.From == "192.0.2.1"), Is.EqualTo(1), "the first entry still names who brought it");
    }

    [Test]
    public void AnEntryOfARunNamesWhoPostedItAndItsReversalWhoReversedIt()
    {
        Assert.That(Newest() is { By: "bea", About: not null });
        NextDay("192.0.2.3");
        Assert.That(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "wrong hours")).Refusal, Is.Null);
        Assert.That(Newest(), Is.EqualTo(("ann", "192.0.2.3", Newest().About)));
    }

    [Test]
    public void APaymentNamesWhoNotedItAndItsVoidingWhoVoidedIt()
    {
        NextDay("192.0.2.4");
        var run = paying.Paid(PaymentForm.ByHand).Standing.Run.Number;
        Assert.That(Newest(), Is.EqualTo(("ann", "192.0.2.4", Newest().About)));
        // Two are voided on different days: each from its own place.
        NextDay("192.0.2.5");
        Assert.That(paying.Void(run, "0002").Refusal, Is.Null);
        NextDay("192.0.2.6");
        Assert.That(paying.Void(run, "0001").Refusal, Is.Null);
        Assert.That((Newest().From, Newest("0002").From), Is.EqualTo(("192.0.2.6", "192.0.2.5")));
        NextDay("192.0.2.7");
        paying.Paid(PaymentForm.ByHand);
        Assert.That((Newest().From, Newest("0002").From), Is.EqualTo(("192.0.2.7", "192.0.2.7")), "a later payment");
    }

    [Test]
    public void CapitalPaidBackAndMovedNamesWhoDidIt()
    {
        NextDay("192.0.2.8");
        Assert.That(new RedeemEquity(database.Books).Run(new(null, "bea", "2026/9") { Through = 2024 }).Refusal, Is.Null);
        Assert.That(Newest(), Is.EqualTo(("bea", "192.0.2.8", Newest().About)));
        NextDay("192.0.2.9");
        Assert.That(new ReverseRedemption(database.Books).Run(new(null, 1, "ann", "the bank sent it back")).Refusal, Is.Null);
        Assert.That(Newest(), Is.EqualTo(("ann", "192.0.2.9", Newest().About)));
        NextDay("192.0.2.10");
        Assert.That(new MergeMembers(database.Books).Run(new(null, "0001", "0002", "same person, two cards", "cleo")).Refusal, Is.Null);
        Assert.That(Newest(), Is.EqualTo(("cleo", "192.0.2.10", Newest().About)));
    }
}
