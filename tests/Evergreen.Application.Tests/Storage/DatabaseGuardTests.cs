using Evergreen.Application.Storage;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

/// <summary>What the database refuses by itself, asked in SQL and not through our own code.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class DatabaseGuardTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Laundry laundry = null!;
    private int account;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        laundry = Laundry.In(database);
        account = database.Books.Read(db => db.Accounts.OrderBy(a => a.Code).First().Id);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private string Header(long sequence, int lines, string on = "2026-02-01", long item = 1, string reverses = "NULL") => $"""
        INSERT INTO "LedgerEntries" ("CoOpId", "Sequence", "Kind", "Source", "Item", "On", "RecordedAt", "Narration", "Reverses", "LineCount", "Hash")
        VALUES ({laundry.CoOp.Id}, {sequence}, 1, 99, {item}, '{on}', '2026-02-01 00:00:00', 'by hand', {reverses}, {lines}, {Bytes})
        """;

    private string Bytes => database.Kind switch { DatabaseKind.Sqlite => "x'00'", DatabaseKind.PostgreSql => "'\\x00'", _ => "0x00" };

    private string Lines(long sequence, int firstNo, params int[] cents) => $"""
        INSERT INTO "LedgerLines" ("CoOpId", "Sequence", "LineNo", "AccountId", "AmountCents")
        VALUES {string.Join(", ", cents.Select((c, i) => $"({laundry.CoOp.Id}, {sequence}, {firstNo + i}, {account}, {c})"))}
        """;

    /// <summary>Header and lines in the order that this database wants them.</summary>
    private string? Entry(string header, string lines) => database.Kind == DatabaseKind.Sqlite ? database.Sql(lines, header) : database.Sql(header, lines);

    private void Refuses(string? answer, string code) => Assert.That(answer, Does.Contain("evergreen:" + code));

    private int Posted(bool post = true)
    {
        return database.Books.Write<int>(dryRun: false, db =>
        {
            LedgerGuard.Append(db, laundry.CoOp, [laundry.Contribution(1)], database.Books.Now);
            var run = laundry.Propose(db);
            db.Add(new DividendApproval { RunId = run, By = "ann", At = database.Books.Now, Resolution = "R1" });
            db.SaveChanges();
            if (post) db.Add(Posting(run));
            db.Add(new Domain.Audit.AuditRecord { At = database.Books.Now, By = "ann", Verb = "test", Subject = "run 2025-1" });
            return run;
        }).Value;
    }

    private DividendPosting Posting(int run, int generation = 0) => new()
    {
        RunId = run,
        CoOpId = laundry.CoOp.Id,
        FiscalYear = 2025,
        Generation = generation,
        By = "bea",
        At = database.Books.Now,
        On = new DateOnly(2026, 1, 15),
        FirstSequence = 1,
        LastSequence = 1,
    };

    private string? Add(object row)
    {
        try
        {
            database.Books.Write<int>(dryRun: false, db =>
            {
                db.Add(row);
                return 0;
            });
            return null;
        }
        catch (DbUpdateException refused)
        {
            return refused.InnerException!.Message;
        }
    }

    [Test]
    public void BalancedEntryIsTaken() => Assert.That(Entry(Header(1, 3), Lines(1, 1, 100, -60, -40)), Is.Null);

    [Test]
    public void UnbalancedEntryIsRefused() => Refuses(Entry(Header(1, 2), Lines(1, 1, 100, -99)), "unbalanced-entry");

    [Test]
    public void EntryWhoseLinesAreNotCountedRightIsRefused() => Refuses(Entry(Header(1, 3), Lines(1, 1, 100, -100)), "unbalanced-entry");

    [Test]
    public void EntryWhoseLinesAreNotNumberedFromOneIsRefused() => Refuses(Entry(Header(1, 2), Lines(1, 2, 100, -100)), "unbalanced-entry");

    [Test]
    public void EntryOfOneLineIsRefused() => Assert.That(Entry(Header(1, 1), Lines(1, 1, 100)), Is.Not.Null);

    [Test]
    public void LineOfNothingIsRefused() => Assert.That(Entry(Header(1, 3), Lines(1, 1, 100, -100, 0)), Does.Contain("CK_LedgerLines_AmountCents"));

    [Test]
    public void EntryWithoutLinesIsRefused()
    {
        // SQL Server has no check at COMMIT; evergreen check finds such a header.
        if (database.Kind == DatabaseKind.SqlServer) return;
        Refuses(database.Sql(Header(1, 2)), "unbalanced-entry");
    }

    [Test]
    public void LinesWithoutEntryAreRefused() => Assert.That(database.Sql(Lines(1, 1, 100, -100)), Is.Not.Null);

    [Test]
    public void FurtherLinesOfAPostedEntryAreRefused()
    {
        Entry(Header(1, 2), Lines(1, 1, 100, -100));
        Refuses(database.Sql(Lines(1, 3, 100, -100)), database.Kind == DatabaseKind.Sqlite ? "entry-complete" : "unbalanced-entry");
    }

    [Test]
    public void GapInTheSequenceIsRefused()
    {
        Entry(Header(1, 2), Lines(1, 1, 100, -100));
        Refuses(Entry(Header(3, 2, item: 3), Lines(3, 1, 100, -100)), "sequence-gap");
        Refuses(Entry(Header(0, 2, item: 4), Lines(0, 1, 100, -100)), "sequence-gap");
    }

    [TestCase("2025-01-01")]
    [TestCase("2025-12-31")]
    public void EntryInAClosedYearIsRefused(string on)
    {
        Assert.That(Add(laundry.Closing(2025)), Is.Null);
        Refuses(Entry(Header(1, 2, on), Lines(1, 1, 100, -100)), "closed-year");
    }

    [TestCase("2024-12-31")]
    [TestCase("2026-01-01")]
    public void EntryBesideAClosedYearIsTaken(string on)
    {
        Assert.That(Add(laundry.Closing(2025)), Is.Null);
        Assert.That(Entry(Header(1, 2, on), Lines(1, 1, 100, -100)), Is.Null);
    }

    [Test]
    public void SameSourceAndItemAreNotPostedTwice()
    {
        Entry(Header(1, 2), Lines(1, 1, 100, -100));
        var answer = Entry(Header(2, 2), Lines(2, 1, 100, -100));
        Assert.That(answer, database.Kind == DatabaseKind.Sqlite ? Does.Contain("evergreen:already-posted") : Does.Contain("IX_LedgerEntries_Kind_Source_Item_CoOpId"));
    }

    [Test]
    public void EntryIsReversedOnceAtMost()
    {
        Entry(Header(1, 2), Lines(1, 1, 100, -100));
        Assert.That(Entry(Header(2, 2, item: 2, reverses: "1"), Lines(2, 1, -100, 100)), Is.Null);
        var answer = Entry(Header(3, 2, item: 3, reverses: "1"), Lines(3, 1, -100, 100));
        Assert.That(answer, database.Kind == DatabaseKind.Sqlite ? Does.Contain("evergreen:already-reversed") : Does.Contain("IX_LedgerEntries_CoOpId_Reverses"));
    }

    [Test]
    public void PostedRowsAreNeitherChangedNorDeleted()
    {
        Assert.That(Add(new DividendReversal { RunId = Posted(), By = "ann", At = database.Books.Now, On = new DateOnly(2026, 1, 15), Reason = "slip", FirstSequence = 1, LastSequence = 1 }), Is.Null);
        (string Table, string Column)[] guarded =
        [
            ("LedgerEntries", "Narration"), ("LedgerLines", "Lot"), ("DividendRuns", "WorkingJson"), ("RunPools", "Name"), ("Allocations", "Units"), ("DividendApprovals", "Resolution"),
            ("DividendPostings", "By"), ("DividendReversals", "Reason"), ("YearClosings", "By"), ("PolicyVersions", "Json"), ("AuditRecords", "Detail"),
        ];
        Assert.Multiple(() =>
        {
            foreach (var (table, column) in guarded)
            {
                Refuses(database.Sql($"UPDATE \"{table}\" SET \"{column}\" = \"{column}\""), "posted-row");
                Assert.That(database.Sql($"DELETE FROM \"{table}\""), Is.Not.Null, table);
                if (database.Kind == DatabaseKind.PostgreSql) Refuses(database.Sql($"TRUNCATE \"{table}\" CASCADE"), "posted-row");
                if (database.Kind == DatabaseKind.Sqlite) Assert.That(database.Sql($"INSERT OR REPLACE INTO \"{table}\" SELECT * FROM \"{table}\""), Does.Contain("evergreen:"), table);
            }
        });
    }

    [Test]
    public void RunIsPostedOnce()
    {
        var run = Posted();
        Assert.That(Add(Posting(run)), Is.Not.Null);
        Assert.That(Add(Posting(run, generation: 1)), Is.Not.Null);
    }

    [Test]
    public void RunIsNotPostedWithoutApproval()
    {
        var run = database.Books.Write<int>(dryRun: false, db => laundry.Propose(db)).Value;
        Refuses(Add(Posting(run)), "not-approved");
    }

    [Test]
    public void SecondRunOfAYearIsPostedOnlyAfterTheFirstIsReversed()
    {
        var first = Posted();
        var second = database.Books.Write<int>(dryRun: false, db =>
        {
            var run = laundry.Propose(db, number: 2);
            db.Add(new DividendApproval { RunId = run, By = "ann", At = database.Books.Now, Resolution = "R2" });
            return run;
        }).Value;
        Refuses(Add(Posting(second, generation: 1)), "year-posted");
        Assert.That(Add(new DividendReversal { RunId = first, By = "ann", At = database.Books.Now, On = new DateOnly(2026, 1, 15), Reason = "slip", FirstSequence = 1, LastSequence = 1 }), Is.Null);
        Refuses(Add(Posting(second, generation: 7)), "year-posted");
        Assert.That(Add(Posting(second, generation: 1)), Is.Null);
    }

    [Test]
    public void RunWhosePartsAreNotThePoolIsNotApproved()
    {
        var run = database.Books.Write<int>(dryRun: false, db => laundry.Propose(db, residueCents: 1)).Value;
        Refuses(Add(new DividendApproval { RunId = run, By = "ann", At = database.Books.Now, Resolution = "R1" }), "pool-not-exhausted");
    }

    [Test]
    public void ApprovedRunTakesNoFurtherAllocation()
    {
        var run = Posted(post: false);
        Refuses(Add(laundry.Part(run, 2, 1, 0)), "run-approved");
    }

    [Test]
    public void AllocationWhosePartsDoNotAddUpIsRefused()
    {
        var run = database.Books.Write<int>(dryRun: false, db => laundry.Propose(db)).Value;
        Assert.That(database.Sql($"""
            INSERT INTO "Allocations" ("RunId", "PoolNo", "MemberId", "Units", "FloorCents", "ExtraCent", "DividendCents", "CashCents", "QualifiedCents", "NonqualifiedCents", "CapitalCents", "WithheldCents", "Treatment")
            VALUES ({run}, 1, {laundry.Members[2].Id}, '1', 100, 0, 100, 20, 79, 0, 0, 0, 1)
            """), Does.Contain("CK_Allocations_Parts"));
    }

    [Test]
    public void SameSourceIdIsNotStoredTwice()
    {
        var purchase = new Purchase { SourceId = 1, SourceRef = "r-1", CoOpId = laundry.CoOp.Id, On = new DateOnly(2025, 5, 1), AmountCents = 100, CategoryId = 0, Eligibility = RowEligibility.ByDepartment, ImportId = 1, Row = 1 };
        Assert.That(Add(purchase), Is.Null);
        Assert.That(Add(purchase), Is.Not.Null);
    }
}
