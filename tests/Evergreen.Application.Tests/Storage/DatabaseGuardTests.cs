using System.Globalization;
using System.Reflection;
using Evergreen.Application.Storage;
using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.Audit;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Payments;
using Evergreen.Domain.Tax;
using Evergreen.Domain.Webhooks;
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

    private string? Add(params object[] rows)
    {
        try
        {
            database.Books.Write<int>(dryRun: false, db =>
            {
                db.AddRange(rows);
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

    /// <summary>Every list of guarded tables that there is: one that is added later is tried too.</summary>
    private static IReadOnlyList<GuardedTable> Guarded { get; } =
        [.. typeof(GuardedTable).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<IReadOnlyList<GuardedTable>>().SelectMany(tables => tables)];

    [Test]
    public void PostedRowsAreNeitherChangedNorDeleted()
    {
        var run = Posted();
        Assert.That(Add([.. RestOf(run)]), Is.Null);
        var columns = database.Books.Read(db => db.Model.GetEntityTypes().ToDictionary(entity => entity.GetTableName()!, entity => entity.GetProperties().First(property => !property.IsPrimaryKey()).GetColumnName(), StringComparer.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(Guarded.Select(table => table.Name), Is.SupersetOf(new[] { "LedgerLines", "AuditRecords", "DividendPayments", "WebhookAttempts" }).And.Unique);
            foreach (var table in Guarded.Select(table => table.Name))
            {
                Assert.That(RowsOf(table), Is.Positive, table);
                Refuses(database.Sql($"UPDATE \"{table}\" SET \"{columns[table]}\" = \"{columns[table]}\""), "posted-row");
                Assert.That(database.Sql($"DELETE FROM \"{table}\""), Is.Not.Null, table);
                if (database.Kind == DatabaseKind.PostgreSql) Refuses(database.Sql($"TRUNCATE \"{table}\" CASCADE"), "posted-row");
                if (database.Kind == DatabaseKind.Sqlite) Assert.That(database.Sql($"INSERT OR REPLACE INTO \"{table}\" SELECT * FROM \"{table}\""), Does.Contain("evergreen:"), table);
                Assert.That(RowsOf(table), Is.Positive, table);
            }
        });
    }

    private int RowsOf(string table)
    {
        using var db = database.Books.Open();
        db.Database.OpenConnection();
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT count(*) FROM \"{table}\"";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>A row of each guarded table that a posted run does not fill by itself.</summary>
    private IEnumerable<object> RestOf(int run)
    {
        var (coOp, at, on) = (laundry.CoOp.Id, database.Books.Now, new DateOnly(2026, 1, 15));
        var digest = new string('4', 64);
        var filed = database.Books.Write<(int Scenario, int Application, long Delivery)>(dryRun: false, db =>
        {
            var scenario = new Scenario { CoOpId = coOp, FiscalYear = 2025, Name = "more cash", PolicyJson = "{}", PolicySha256 = digest, InputsSha256 = digest, ResultSha256 = digest, FiguresJson = "{}", At = at, By = "ann" };
            var application = new MembershipApplication { CoOpId = coOp, Number = 1, ReceivedOn = on, At = at, By = "ann", Kind = MemberKind.Person, Name = "Di" };
            var endpoint = new WebhookEndpoint { CoOpId = coOp, Number = 1, Url = "https://till.example/", Events = "", SecretSealed = "", CreatedAt = at, CreatedBy = "ann" };
            db.AddRange(scenario, application, endpoint);
            db.SaveChanges();
            var delivery = new WebhookDelivery { EndpointId = endpoint.Id, MessageId = "m1", Type = "test", Body = "{}", QueuedAt = at, DueAt = at };
            db.Add(delivery);
            db.SaveChanges();
            return (scenario.Id, application.Id, delivery.Id);
        }).Value;
        yield return new AuditSeal { Chain = coOp, Number = 1_000, Records = 1, Hash = new byte[32] };
        yield return new DividendReversal { RunId = run, By = "ann", At = at, On = on, Reason = "slip", FirstSequence = 1, LastSequence = 1 };
        yield return new DividendPayment { RunId = run, By = "ann", At = at, On = on, Reference = "batch 1", Members = 1, PaidCents = 1, FirstSequence = 1, LastSequence = 1 };
        yield return new EquityRedemption { CoOpId = coOp, Number = 1, By = "ann", At = at, On = on, Resolution = "R1", ThroughYear = 2020, Order = RedemptionOrder.OldestFirst, Kinds = CapitalKinds.Notices, Members = 1, PaidCents = 1, NonqualifiedCents = 0, FirstSequence = 1, LastSequence = 1 };
        yield return new EquityRedemptionReversal { CoOpId = coOp, Number = 1, By = "ann", At = at, On = on, Reason = "slip", FirstSequence = 1, LastSequence = 1 };
        yield return new DividendReview { RunId = run, At = at, By = "ann" };
        yield return new FindingSignOff { RunId = run, Finding = "reserve", At = at, By = "ann" };
        yield return new ScenarioDrop { ScenarioId = filed.Scenario, At = at, By = "ann" };
        yield return new ApplicationDecision { ApplicationId = filed.Application, Approved = true, On = on, At = at, By = "ann" };
        yield return new HouseholdChange { CoOpId = coOp, MemberId = laundry.Members[0].Id, OwnerId = laundry.Members[1].Id, On = on, RecordedAt = at, By = "ann" };
        yield return new MemberMerge { OtherId = laundry.Members[0].Id, CoOpId = coOp, KeptId = laundry.Members[1].Id, At = at, By = "ann", Reason = "one person" };
        yield return new HouseholdShare { CoOpId = coOp, OwnerId = laundry.Members[0].Id, AdultId = laundry.Members[1].Id, Share = Share.Stake, Allowed = true, At = at, By = "ann" };
        yield return new Domain.CoOps.TextVersion { CoOpId = coOp, Name = "letter.welcome", Language = "en", Version = 1, Subject = "Welcome", Words = "Your number is {number}.", At = at, By = "ann" };
        var payments = database.Books.Write<int>(dryRun: false, db =>
        {
            var prepared = new PaymentRun { CoOpId = coOp, Number = 1, DividendRunId = run, Round = 1, Form = PaymentForm.ByHand, By = "ann", At = at, Members = 1, TotalCents = 1, EntryHash = 0 };
            db.Add(prepared);
            db.SaveChanges();
            db.Add(new Payment { PaymentRunId = prepared.Id, No = 1, MemberId = laundry.Members[0].Id, PatronageCents = 1, InterestCents = 0 });
            db.Add(new PaymentLeftOut { PaymentRunId = prepared.Id, MemberId = laundry.Members[1].Id, PatronageCents = 1, InterestCents = 0, Reason = LeftOutReason.NoBankDetails });
            db.SaveChanges();
            db.Add(new PaymentApproval { PaymentRunId = prepared.Id, By = "bea", At = at });
            db.SaveChanges();
            db.Add(new PaymentSettlement { PaymentRunId = prepared.Id, DividendRunId = run, Round = 1, By = "ann", At = at, On = on, Reference = "batch 1", FirstSequence = 1 });
            return prepared.Id;
        }).Value;
        yield return new PaymentFile { PaymentRunId = payments, DividendRunId = run, Round = 1, By = "ann", At = at, EffectiveOn = on, Modifier = "A", BankRouting = "121042882", BankName = "First Bank", CompanyId = "1", CompanyName = "The Laundry", Sha256 = digest, Entries = 1, TotalCents = 1, EntryHash = 0 };
        yield return new PaymentVoid { PaymentRunId = payments, No = 1, By = "ann", At = at, On = on, Reason = "R03", Sequence = 1 };
        yield return new TaxFormRelease { CoOpId = coOp, CalendarYear = 2025, Number = 1, PayerTaxId = "12-3456789", On = on, By = "ann", At = at };
        yield return new TaxFiling { CoOpId = coOp, CalendarYear = 2025, Number = 1, Release = 1, PayerTaxId = "12-3456789", Forms = 1, Files = 1, DividendsCents = 10_00, WithheldCents = 0, RedeemedCents = 0, By = "ann", At = at };
        yield return new TaxFilingFile { CoOpId = coOp, CalendarYear = 2025, Number = 1, No = 1, Forms = 1, Sha256 = digest };
        yield return new TaxFilingSent { CoOpId = coOp, CalendarYear = 2025, Number = 1, Receipts = "2026-1", By = "ann", At = at };
        yield return new WebhookAttempt { DeliveryId = filed.Delivery, At = at, TookMs = 1 };
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

    /// <summary>A plan that was made for a handful of rows and is kept reads the whole table for each of the hundred thousand that come later.</summary>
    [Test]
    public void GuardsOfPostgreSqlThatLookForRowsFindThemByKey()
    {
        if (database.Kind != DatabaseKind.PostgreSql) Assert.Pass("The other databases keep no such plans.");
        var guards = database.Books.Read(db => db.Database.SqlQuery<string>($"SELECT proname || ' ' || coalesce(array_to_string(proconfig, ' '), '') AS \"Value\" FROM pg_proc WHERE proname LIKE 'evergreen%' AND prorettype = 'trigger'::regtype").ToList());
        Assert.That(guards, Has.Count.GreaterThan(5));
        Assert.That(guards.Where(guard => !guard.EndsWith("enable_seqscan=off", StringComparison.Ordinal)), Is.EqualTo(new[] { "evergreen_posted_row " }), "the one that looks for nothing");
    }

    private static readonly string[] ImportedTables = ["Purchases", "HoursWorked", "EquityRows", "HeldRows"];

    [TestCaseSource(nameof(ImportedTables))]
    public void SameSourceIdIsNotStoredTwice(string table)
    {
        Posted();
        var import = database.Books.Write<ImportBatch>(dryRun: false, db =>
        {
            var source = new ImportSource { CoOpId = laundry.CoOp.Id, Kind = ImportKind.Purchases, Name = "till" };
            db.Add(source);
            db.SaveChanges();
            var batch = new ImportBatch
            {
                CoOpId = laundry.CoOp.Id, Kind = ImportKind.Purchases, Number = 1, SourceId = source.Id, FileName = "till.csv", Sha256 = new string('5', 64), Profile = "canonical", At = database.Books.Now, By = "ann",
                Accepted = 1, Rejected = 0, Held = 0, Skipped = 0, Blank = 0, TotalsJson = "{}",
            };
            db.Add(batch);
            return batch;
        }).Value;
        Assert.That(Add(Row("r-1", 1)), Is.Null);
        Assert.That(Add(Row("r-1", 2)), Is.Not.Null);
        Assert.That(Add(Row("r-2", 2)), Is.Null);

        object Row(string reference, long row)
        {
            var (source, coOp, on) = (import.SourceId, laundry.CoOp.Id, new DateOnly(2025, 5, 1));
            return table switch
            {
                "Purchases" => new Purchase { SourceId = source, SourceRef = reference, CoOpId = coOp, On = on, AmountCents = 100, CategoryId = 0, Eligibility = RowEligibility.ByDepartment, ImportId = import.Id, Row = row },
                "HoursWorked" => new HoursWorked { SourceId = source, SourceRef = reference, CoOpId = coOp, On = on, HoursHundredths = 100, CategoryId = 0, ImportId = import.Id, Row = row },
                "EquityRows" => new EquityRow { SourceId = source, SourceRef = reference, CoOpId = coOp, ImportId = import.Id, Row = row, Sequence = 1, MemberId = laundry.Members[0].Id, AccountCode = AccountCodes.MembershipShares, On = on, AmountCents = 100 },
                _ => new HeldRow { CoOpId = coOp, ImportId = import.Id, Kind = ImportKind.Purchases, Row = row, SourceId = source, SourceRef = reference, MemberNumber = "77", On = on, Quantity = 100, RowJson = "{}" },
            };
        }
    }
}
