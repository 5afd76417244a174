using System.Text;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Equity;

/// <summary>The ledger of one small year, written for other programs.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class ExportJournalTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, [100_00, 100_00], net: "100.00", otherHours: 0);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private (ExportJournal.Result Result, string Text) Export(ExportJournal.Form form, int? year = null, DateOnly? from = null, DateOnly? to = null)
    {
        using var file = new MemoryStream();
        var result = new ExportJournal(database.Books).Run(new("bakery", form, year, from, to), file).Value;
        return (result, Encoding.UTF8.GetString(file.ToArray()));
    }

    private string Hash(long sequence) => Convert.ToHexStringLower(database.Books.Read(db => db.LedgerEntries.Single(entry => entry.CoOpId == bakery.CoOp.Id && entry.Sequence == sequence)).Hash)[..12];

    [Test]
    public void HledgerHasEachEntryWithItsPlaceAndItsHash() => Assert.That(Export(ExportJournal.Form.Hledger), Is.EqualTo((new ExportJournal.Result(3, Opens: false, new DateOnly(2025, 1, 2), new DateOnly(2025, 12, 31)), $"""
        ; The Bakery (bakery), 2025-01-02 to 2025-12-31
        commodity 1000.00 USD

        account Assets:Net assets as in the books  ; type: A
        account Equity:Membership shares:M0001  ; type: E
        account Equity:Membership shares:M0002  ; type: E
        account Equity:Qualified notices of allocation:M0001:2024  ; type: E
        account Equity:Qualified notices of allocation:M0002:2024  ; type: E
        account Equity:Net income of the year:2025  ; type: E

        2025-01-02 * (1) Opening balance
            ; sequence: 1
            ; hash: {Hash(1)}
            Assets:Net assets as in the books                                                 150.00 USD
            Equity:Membership shares:M0001                                                   -100.00 USD
            Equity:Qualified notices of allocation:M0001:2024                                 -50.00 USD

        2025-01-02 * (2) Opening balance
            ; sequence: 2
            ; hash: {Hash(2)}
            Assets:Net assets as in the books                                                 150.00 USD
            Equity:Membership shares:M0002                                                   -100.00 USD
            Equity:Qualified notices of allocation:M0002:2024                                 -50.00 USD

        2025-12-31 * (3) Net income of FY2025
            ; sequence: 3
            ; hash: {Hash(3)}
            Assets:Net assets as in the books                                                 100.00 USD
            Equity:Net income of the year:2025                                               -100.00 USD

        """)));

    [Test]
    public void JournalThatBeginsLaterOpensWithWhatStoodBefore()
    {
        var (result, text) = Export(ExportJournal.Form.Beancount, from: new DateOnly(2025, 1, 3));
        Assert.That(result, Is.EqualTo(new ExportJournal.Result(1, Opens: true, new DateOnly(2025, 1, 3), new DateOnly(2025, 12, 31))));
        Assert.That(text, Does.StartWith("""
            ; The Bakery (bakery), 2025-01-03 to 2025-12-31
            option "title" "The Bakery (bakery)"
            option "operating_currency" "USD"

            2025-01-03 open Assets:Net-assets-as-in-the-books USD
            2025-01-03 open Equity:Membership-shares:M0001 USD

            """).And.Contain("""
            2025-01-03 open Equity:Net-income-of-the-year:2025 USD

            2025-01-03 * "Opening balances"
                Assets:Net-assets-as-in-the-books                                                 300.00 USD
                Equity:Membership-shares:M0001                                                   -100.00 USD
                Equity:Membership-shares:M0002                                                   -100.00 USD
                Equity:Qualified-notices-of-allocation:M0001:2024                                 -50.00 USD
                Equity:Qualified-notices-of-allocation:M0002:2024                                 -50.00 USD

            2025-12-31 * "Net income of FY2025"
              sequence: 3

            """));
        Assert.That(Export(ExportJournal.Form.Ledger, year: 2026).Result, Is.EqualTo(new ExportJournal.Result(0, Opens: true, new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31))));
        Assert.That(Export(ExportJournal.Form.Ledger, to: new DateOnly(2025, 1, 2)).Result, Is.EqualTo(new ExportJournal.Result(2, Opens: false, new DateOnly(2025, 1, 2), new DateOnly(2025, 1, 2))));
        Assert.That(Export(ExportJournal.Form.Ledger, to: new DateOnly(2024, 12, 31)).Result.Entries, Is.Zero);
    }

    [Test]
    public void QuickBooksHasTheLinesOfAnEntryUnderOneNumber()
    {
        var rows = Export(ExportJournal.Form.QuickBooks, from: new DateOnly(2025, 1, 3)).Text.Split("\r\n");
        Assert.That(rows[..3], Is.EqualTo(new[]
        {
            "Journal No,Journal Date,Account Name,Debits,Credits,Description,Name,Currency",
            "0,01/03/2025,Net assets as in the books,300.00,,Opening balances,,USD",
            "0,01/03/2025,Membership shares,,100.00,Opening balances,0001,USD",
        }));
        Assert.That(rows[4..], Is.EqualTo(new[]
        {
            "0,01/03/2025,Qualified notices of allocation:2024,,50.00,Opening balances,0001,USD",
            "0,01/03/2025,Qualified notices of allocation:2024,,50.00,Opening balances,0002,USD",
            $"3,12/31/2025,Net assets as in the books,100.00,,\"Net income of FY2025 (entry 3, hash {Hash(3)})\",,USD",
            $"3,12/31/2025,Net income of the year:2025,,100.00,\"Net income of FY2025 (entry 3, hash {Hash(3)})\",,USD",
            "",
        }));
    }

    [Test]
    public void EntryThatTakesAnotherBackSaysSo()
    {
        bakery.UpToApproval();
        bakery.Post();
        Assert.That(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "wrong; hours")).Refusal, Is.Null);
        var back = database.Books.Read(db => db.LedgerEntries.Where(entry => entry.Reverses != null).OrderBy(entry => entry.Sequence).Select(entry => new { entry.Sequence, entry.Reverses, entry.On }).First());
        foreach (var form in (ExportJournal.Form[])[ExportJournal.Form.Hledger, ExportJournal.Form.Ledger])
            Assert.That(Export(form).Text, Does.Match($@"\n{back.On:yyyy-MM-dd} \* \({back.Sequence}\) [^;\n]*wrong, hours[^;\n]*\n    ; sequence: {back.Sequence}\n    ; hash: {Hash(back.Sequence)}\n    ; reverses: {back.Reverses}\n"));
        Assert.That(Export(ExportJournal.Form.Beancount).Text, Does.Contain($"  sequence: {back.Sequence}\n  hash: \"{Hash(back.Sequence)}\"\n  reverses: {back.Reverses}\n").And.Contain("wrong; hours"));
        Assert.That(Export(ExportJournal.Form.QuickBooks).Text, Does.Contain($"(entry {back.Sequence}, hash {Hash(back.Sequence)}, reverses entry {back.Reverses})"));
    }

    [Test]
    public void EmptyLedgerIsAJournalWithoutEntries()
    {
        new CreateCoOp(database.Books).Run(new("attic", "The Attic", "US", "USD", 12, TaxRegime.SubchapterT, "ann"));
        using var file = new MemoryStream();
        Assert.That(new ExportJournal(database.Books).Run(new("attic", ExportJournal.Form.Ledger), file).Value, Is.EqualTo(new ExportJournal.Result(0, Opens: false, null, null)));
        Assert.That(Encoding.UTF8.GetString(file.ToArray()), Does.StartWith("; The Attic (attic), no entries\ncommodity USD\n"));
    }

    [Test]
    public void DaysThatSayNothingClearAreRefused()
    {
        string? Code(string coOp, int? year, DateOnly? from, DateOnly? to) => new ExportJournal(database.Books).Run(new(coOp, ExportJournal.Form.Hledger, year, from, to), Stream.Null).Refusal?.Code;
        var day = new DateOnly(2025, 1, 2);
        Assert.That(Code("bakery", 2025, day, null), Is.EqualTo("journal-year-and-days"));
        Assert.That(Code("bakery", 2025, null, day), Is.EqualTo("journal-year-and-days"));
        Assert.That(Code("bakery", null, day, day.AddDays(-1)), Is.EqualTo("journal-days"));
        Assert.That(Code("attic", null, null, null), Is.EqualTo("coop-unknown"));
    }

    /// <summary>Whatever its length, no more of a ledger is held than what is on its way: its 16,000 lines would take several megabytes.</summary>
    [Test]
    public void LongLedgerIsNotHeld()
    {
        const int Entries = 8_000;
        database.Books.Write<int>(dryRun: false, db =>
        {
            LedgerGuard.Append(db, bakery.CoOp, Enumerable.Range(1, Entries).Select(i => new EntryDraft(EntryKind.Transfer, 9_999, i, new DateOnly(2026, 1, 2), "A narration as long as those of dividends are", null,
                new EntryLine(AccountCodes.MembershipShares, bakery.Members[i % 2].Id, null, i), new EntryLine(AccountCodes.QualifiedNotices, bakery.Members[i % 2].Id, 2020 + i % 5, -i))), database.Books.Now);
            return 1;
        });
        using var warm = new LookAtMemory();
        new ExportJournal(database.Books).Run(new("bakery", ExportJournal.Form.Hledger, To: new DateOnly(2025, 12, 31)), warm);
        using var look = new LookAtMemory();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var result = new ExportJournal(database.Books).Run(new("bakery", ExportJournal.Form.Hledger), look).Value;
        TestContext.Out.WriteLine($"{look.Most - before:N0} bytes at most, for {look.Length:N0}.");
        Assert.That((result.Entries, look.Length > 2_000_000, look.Most - before < 1_000_000), Is.EqualTo((Entries + 3L, true, true)), $"{look.Most - before:N0}");
    }

    /// <summary>Looks at what is held, now and then, while it is written to.</summary>
    private sealed class LookAtMemory : Stream
    {
        private int writes;
        private long written;

        public long Most { get; private set; }
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => written;
        public override long Position { get => written; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            written += count;
            if (writes++ % 10 != 0) return;
            Most = Math.Max(Most, GC.GetTotalMemory(forceFullCollection: true));
        }

        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
