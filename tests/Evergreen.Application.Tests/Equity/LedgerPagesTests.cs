using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Equity;

/// <summary>The ledger as it is read: its accounts, the entries of one, and one entry with what it came from.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class LedgerPagesTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, Bakery.SevenWorkers);
        bakery.Adopt();
    }

    [TearDown]
    public void Close() => database.Dispose();

    private ShowEntry.Result Entry(long sequence) => new ShowEntry(database.Books).Run(null, sequence).Value;

    [Test]
    public void AccountsComeToNothingAndOpenToTheirEntries()
    {
        bakery.Calculate();
        bakery.Approve();
        bakery.Post();
        var accounts = new ListAccounts(database.Books).Run(null).Value;
        Assert.That((accounts.Sum, accounts.Capital), Is.EqualTo((Money.Zero, new YearOverview(database.Books).Run(null).Value.Capital)));
        foreach (var account in accounts.Rows)
        {
            var entries = new AccountEntries(database.Books).Run(new(null, account.Code)).Value;
            Assert.That((entries.Balance, entries.Rows.Sum(row => row.Amount), entries.Count), Is.EqualTo((account.Balance, account.Balance, (long)entries.Rows.Count)), account.Code);
        }
        var shares = new AccountEntries(database.Books).Run(new(null, AccountCodes.MembershipShares)).Value;
        Assert.That(shares.Rows.Select(row => row.Amount.Cents), Is.EqualTo(Enumerable.Repeat(-100_00L, 7)));
        Assert.That(new AccountEntries(database.Books).Run(new(null, "9999")).Refusal!.Code, Is.EqualTo("ledger-account-unknown"));
    }

    [Test]
    public void AnEntryOpensToWhatItCameFromAndToTheOneThatTookItBack()
    {
        bakery.Calculate();
        bakery.Approve();
        bakery.Post();
        Assert.That((Entry(1).From, Entry(1).Lines.Select(line => (line.AccountCode, line.Member, line.Lot, line.Amount.Cents)).ToArray()), Is.EqualTo((new ShowEntry.Source(Import: 1, Row: 1), new (string, string?, int?, long)[] { ("1000", null, null, 150_00), ("3000", "0001", null, -100_00), ("3200", "0001", 2024, -50_00) })));
        var of = database.Books.Read(db => db.LedgerEntries.ToList()).ToLookup(entry => entry.Kind, entry => entry.Sequence);
        Assert.That(Entry(of[EntryKind.YearClosing].Single()).From.Year, Is.EqualTo(2025));
        Assert.That(Entry(of[EntryKind.Appropriation].Single()).From, Is.EqualTo(new ShowEntry.Source(Run: Bakery.Run)));
        Assert.That(new RunPage(database.Books).Run(null, Bakery.Run).Value.Appropriation, Is.EqualTo(of[EntryKind.Appropriation].Single()));
        var first = of[EntryKind.DividendAllocation].Min();
        Assert.That((Entry(first).From, Entry(first).ReversedBy), Is.EqualTo((new ShowEntry.Source(Run: Bakery.Run, Member: "0001"), (long?)null)));
        Assert.That(Entry(first).Lines.Sum(line => line.Amount), Is.EqualTo(Money.Zero));

        Assert.That(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "Wrong share", null)).IsRefused, Is.False);
        var back = Entry(first).ReversedBy!.Value;
        Assert.That((Entry(back).Entry.Kind, Entry(back).Entry.Reverses, Entry(back).ReversedBy, Entry(back).Last >= back), Is.EqualTo((EntryKind.Reversal, (long?)first, (long?)null, true)));
        Assert.That(new ShowEntry(database.Books).Run(null, 9_999).Refusal!.Code, Is.EqualTo("ledger-entry-unknown"));
    }
}
