using Evergreen.Application.Storage;
using Evergreen.Domain.Patronage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class BulkWriterTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Laundry laundry = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        laundry = Laundry.In(database);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private Purchase Bought(string reference, long cents = 100, int import = 1, long row = 1, string? store = null) => new()
    {
        SourceId = 1,
        SourceRef = reference,
        CoOpId = laundry.CoOp.Id,
        MemberId = laundry.Members[0].Id,
        On = new DateOnly(2025, 2, 28),
        AmountCents = cents,
        CategoryId = 0,
        Eligibility = RowEligibility.Eligible,
        Store = store,
        ImportId = import,
        Row = row,
    };

    private (long Written, List<(string Ref, long Row, bool Same)> Repeats) Import(IEnumerable<Purchase> rows)
    {
        var repeats = new List<(string, long, bool)>();
        var written = database.Books.Write<long>(dryRun: false, db =>
        {
            repeats.Clear();
            return BulkWriter.InsertOrSkip(db, rows, (row, same) => repeats.Add((row.SourceRef, row.Row, same)), nameof(Purchase.ImportId), nameof(Purchase.Row));
        }).Value;
        return (written, repeats);
    }

    [Test]
    public void RowsComeBackAsTheyWereWritten()
    {
        var written = new Purchase
        {
            SourceId = 3,
            SourceRef = "Ωμέγα '\"\\ \n ж",
            CoOpId = laundry.CoOp.Id,
            MemberId = null,
            On = new DateOnly(2024, 2, 29),
            AmountCents = -long.MaxValue,
            VolumeHundredths = 7,
            CategoryId = 0,
            Eligibility = RowEligibility.NotEligible,
            Store = "",
            ImportId = 9,
            Row = 5_000_000_000,
        };
        database.Books.Write<long>(dryRun: false, db => BulkWriter.Insert(db, [written]));
        var read = database.Books.Read(db => db.Purchases.Single());
        Assert.That(System.Text.Json.JsonSerializer.Serialize(read), Is.EqualTo(System.Text.Json.JsonSerializer.Serialize(written)));
    }

    [Test]
    public void BulkWrittenMomentsAreTheSameAsTrackedOnes()
    {
        database.Clock.Advance(TimeSpan.FromMilliseconds(123.4567));
        var closing = laundry.Closing(2025);
        var at = database.Books.Now;
        var bulk = new Domain.Equity.LedgerHead { CoOpId = laundry.CoOp.Id, Sequence = 0, RecordedAt = at, Hash = [1, 2, 3] };
        database.Books.Write<long>(dryRun: false, db =>
        {
            db.Add(closing);
            return BulkWriter.Insert(db, [bulk]);
        });
        var (head, year) = database.Books.Read(db => (db.LedgerHeads.Single(h => h.RecordedAt == at), db.YearClosings.Single(y => y.At == closing.At)));
        Assert.That((head.RecordedAt, head.RecordedAt.Kind, year.At.Kind), Is.EqualTo((at, DateTimeKind.Utc, DateTimeKind.Utc)));
        Assert.That(head.Hash, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void RowsThatAreThereAreReportedWithWhetherTheySayTheSame()
    {
        Assert.That(Import([Bought("a"), Bought("b"), Bought("c", store: "north")]).Written, Is.EqualTo(3));
        var (written, repeats) = Import([Bought("d", import: 2, row: 1), Bought("a", import: 2, row: 2), Bought("b", 101, import: 2, row: 3), Bought("c", import: 2, row: 4)]);
        Assert.That(written, Is.EqualTo(1));
        Assert.That(repeats, Is.EqualTo(new[] { ("a", 2L, true), ("b", 3L, false), ("c", 4L, false) }));
        Assert.That(database.Books.Read(db => db.Purchases.Sum(p => p.AmountCents)), Is.EqualTo(400));
    }

    [Test]
    public void FirstOfTwoEqualRowsInAFileStays()
    {
        var (written, repeats) = Import([Bought("a", 5, row: 1), Bought("b", 7, row: 2), Bought("a", 5, row: 3), Bought("a", 6, row: 4)]);
        Assert.That((written, repeats.Count), Is.EqualTo((2, 2)));
        Assert.That(repeats, Is.EqualTo(new[] { ("a", 3L, true), ("a", 4L, false) }));
        Assert.That(database.Books.Read(db => db.Purchases.OrderBy(p => p.SourceRef).Select(p => p.AmountCents).ToList()), Is.EqualTo(new[] { 5, 7 }));
    }

    [Test]
    public void KeysDifferByCaseAndAccent() =>
        Assert.That(Import([Bought("a"), Bought("A"), Bought("á")]).Written, Is.EqualTo(3));

    [Test]
    public void KeptTotalsGrow()
    {
        PatronageTotal Total(int member, long cents) => new()
        {
            CoOpId = laundry.CoOp.Id,
            FiscalYear = 2025,
            MemberId = member,
            Measure = Measure.Purchases,
            CategoryId = 0,
            Eligibility = RowEligibility.Eligible,
            Quantity = cents,
            Rows = 1,
        };
        for (var i = 0; i < 2; i++)
            database.Books.Write<int>(dryRun: false, db =>
            {
                BulkWriter.InsertOrAdd(db, [Total(1, 10), Total(0, -3), Total(1, 5)], nameof(PatronageTotal.Quantity), nameof(PatronageTotal.Rows));
                return 0;
            });
        Assert.That(database.Books.Read(db => db.PatronageTotals.OrderBy(t => t.MemberId).Select(t => new { t.MemberId, t.Quantity, t.Rows }).ToList().Select(t => (t.MemberId, t.Quantity, t.Rows))),
            Is.EqualTo(new[] { (0, -6L, 2L), (1, 30L, 4L) }));
    }

    [Test]
    public void RowOfAnUnknownMemberIsRefusedAndNothingStays()
    {
        var stranger = new Purchase { SourceId = 1, SourceRef = "x", CoOpId = laundry.CoOp.Id, MemberId = 999_999, On = new DateOnly(2025, 1, 1), AmountCents = 1, CategoryId = 0, Eligibility = RowEligibility.Eligible, ImportId = 1, Row = 1 };
        Assert.That(() => Import([Bought("a"), stranger]), Throws.InstanceOf<System.Data.Common.DbException>());
        Assert.That(database.Books.Read(db => db.Purchases.Count()), Is.Zero);
    }
}
