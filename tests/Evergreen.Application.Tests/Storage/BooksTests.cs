using System.Data.Common;
using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Audit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class BooksTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    private AuditRecord Note(string subject) => new() { At = database.Books.Now, By = "ann", Verb = "test", Subject = subject };

    private int Notes => database.Books.Read(db => db.AuditRecords.Count());

    private Outcome<int> Write(Books books, string subject, bool dryRun = false, bool canLookUp = true) => books.Write<int>(dryRun, db =>
    {
        db.Add(Note(subject));
        return 1;
    }, canLookUp ? db => db.AuditRecords.Any(a => a.Subject == subject) ? 2 : null : null);

    [Test]
    public void DoneWorkStays()
    {
        Assert.That(Write(database.Books, "a").Value, Is.EqualTo(1));
        Assert.That(Notes, Is.EqualTo(1));
    }

    [Test]
    public void DryRunLeavesNothing()
    {
        Assert.That(Write(database.Books, "a", dryRun: true).Value, Is.EqualTo(1));
        Assert.That(Notes, Is.Zero);
    }

    [Test]
    public void RefusedWorkLeavesNothing()
    {
        var outcome = database.Books.Write<int>(dryRun: false, db =>
        {
            db.Add(Note("a"));
            db.SaveChanges();
            return new Refusal("no", "No.");
        });
        Assert.That(outcome.Refusal!.Code, Is.EqualTo("no"));
        Assert.That(Notes, Is.Zero);
    }

    [Test]
    public void FailedWorkLeavesNothingAndTheNextIsDone()
    {
        Assert.That(() => database.Books.Write<int>(dryRun: false, db =>
        {
            db.Add(Note("a"));
            db.SaveChanges();
            throw new InvalidOperationException("broken");
        }), Throws.InvalidOperationException);
        Assert.That(Write(database.Books, "b").IsRefused, Is.False);
        Assert.That(Notes, Is.EqualTo(1));
    }

    [Test]
    public void LostAnswerToCommitIsLookedUp()
    {
        var books = new Books(database.Address, database.Clock, null, new BrokenCommit(afterwards: true, times: 1));
        Assert.That(Write(books, "a").Value, Is.EqualTo(2), "found, not done again");
        Assert.That(Notes, Is.EqualTo(1));
    }

    [Test]
    public void CommitThatNeverHappenedIsDoneAgain()
    {
        var books = new Books(database.Address, database.Clock, null, new BrokenCommit(afterwards: false, times: 2));
        Assert.That(Write(books, "a").Value, Is.EqualTo(1));
        Assert.That(Notes, Is.EqualTo(1));
    }

    [Test]
    public void LostAnswerThatNobodyCanLookUpIsSaidToBeUnknown()
    {
        var books = new Books(database.Address, database.Clock, null, new BrokenCommit(afterwards: true, times: 1));
        Assert.That(() => Write(books, "a", canLookUp: false), Throws.InstanceOf<StorageFault>().With.Property(nameof(StorageFault.Code)).EqualTo("commit-unknown"));
    }

    /// <remarks>R-05: 10 % of commits break, half before and half after they took effect.</remarks>
    [Test]
    public void WorkIsDoneExactlyOnceWhileCommitsBreak()
    {
        var books = new Books(database.Address, database.Clock, null, new BrokenCommit(new Random(7)));
        var count = databases.Kind == DatabaseKind.Sqlite ? 1_000 : 300;
        for (var i = 0; i < count; i++) Assert.That(Write(books, $"note {i}").IsRefused, Is.False);
        var subjects = database.Books.Read(db => db.AuditRecords.Select(a => a.Subject).ToList());
        Assert.That(subjects, Is.Unique);
        Assert.That(subjects, Has.Count.EqualTo(count));
    }

    [Test]
    public void SimultaneousWritersAllGetTheirTurn()
    {
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Write(database.Books, $"note {i}"));
        Assert.That(Notes, Is.EqualTo(40));
    }

    /// <summary>What the database says to a writer that another one came before.</summary>
    private Exception Collision() => databases.Kind switch
    {
        DatabaseKind.Sqlite => new SqliteException("database is locked", 5),
        // SQL Server's own answer cannot be made here: the servers share what follows from it.
        _ => new PostgresException("could not serialize access", "ERROR", "ERROR", "40001"),
    };

    [Test]
    public void WriterThatOthersKeepComingBeforeGetsItsTurn()
    {
        var left = 12;
        var outcome = database.Books.Write<int>(dryRun: false, db =>
        {
            db.Add(Note("a"));
            db.SaveChanges();
            return left-- > 0 ? throw Collision() : 1;
        });
        Assert.That((outcome.Value, Notes), Is.EqualTo((1, 1)));
    }

    [Test]
    public void WriterWhosePatienceIsOverIsToldAfterTheFifthThatCameBefore()
    {
        var runs = 0;
        var hasty = new Books(database.Address, database.Clock, TimeSpan.Zero);
        Assert.That(() => hasty.Write<int>(dryRun: false, db =>
        {
            runs++;
            db.Add(Note("a"));
            db.SaveChanges();
            throw Collision();
        }), Throws.InstanceOf<StorageFault>().With.Property(nameof(StorageFault.Code)).EqualTo("database-busy"));
        Assert.That((runs, Notes), Is.EqualTo((5, 0)));
    }

    [Test]
    public void ReadersSeeOnePictureWhileOthersWrite()
    {
        Write(database.Books, "a");
        var (before, after) = database.Books.Read(db =>
        {
            var first = db.AuditRecords.Count();
            if (databases.Kind != DatabaseKind.SqlServer) Write(new Books(database.Address, database.Clock), "b");
            return (first, db.AuditRecords.Count());
        });
        Assert.That((before, after), Is.EqualTo((1, 1)));
    }

    [Test]
    public void WriterThatWaitsTooLongIsTold()
    {
        // A server queues writers by row.
        if (databases.Kind != DatabaseKind.Sqlite) return;
        var hasty = new Books(database.Address, TimeProvider.System, TimeSpan.Zero);
        database.Books.Write<int>(dryRun: true, _ =>
        {
            Assert.That(() => Write(hasty, "b"), Throws.InstanceOf<StorageFault>().With.Property(nameof(StorageFault.Code)).EqualTo("database-busy"));
            return 0;
        });
    }

    [Test]
    public void AConnectionThatIsUsedAgainStillFlushesEveryCommit()
    {
        // The servers' own settings are not ours to make.
        if (databases.Kind != DatabaseKind.Sqlite) return;
        Write(database.Books, "a");
        Write(database.Books, "b", dryRun: true);
        var asked = Enumerable.Range(0, 3).Select(_ => database.Books.Read(Ask)).ToList();
        Assert.That(asked.Select(connection => connection.Handle).Distinct().Count(), Is.EqualTo(1), "one connection of the pool, used again");
        Assert.That(asked.Select(connection => connection.Told), Is.All.EqualTo("wal, synchronous 2, foreign keys 1, secure delete 1, cache -2000"));

        static (object Handle, string Told) Ask(EvergreenDb db)
        {
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            string Pragma(string name)
            {
                using var command = connection.CreateCommand();
                command.CommandText = $"PRAGMA {name}";
                return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
            }
            return (connection.Handle!, $"{Pragma("journal_mode")}, synchronous {Pragma("synchronous")}, foreign keys {Pragma("foreign_keys")}, secure delete {Pragma("secure_delete")}, cache {Pragma("cache_size")}");
        }
    }

    /// <summary>Breaks the connection's answer at COMMIT: before it took effect, or after.</summary>
    private sealed class BrokenCommit : DbTransactionInterceptor
    {
        private readonly Random? random;
        private readonly bool afterwards;
        private int left;

        public BrokenCommit(bool afterwards, int times) => (this.afterwards, left) = (afterwards, times);
        public BrokenCommit(Random random) => this.random = random;

        public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
        {
            if (random is null ? !afterwards && left-- > 0 : random.Next(20) == 0) throw new IOException("The line went dead before COMMIT.");
            return result;
        }

        public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
        {
            if (random is null ? afterwards && left-- > 0 : random.Next(20) == 0) throw new IOException("The line went dead after COMMIT.");
        }
    }
}
