using System.Data;
using System.Diagnostics;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evergreen.Application.Storage;

/// <summary>The books of one database: every verb reads and writes through here, each time with a fresh context in one transaction.</summary>
/// <param name="patience">How long to wait for another writer before giving up with <c>database-busy</c>; 60 seconds when null.</param>
/// <param name="interceptors">For tests that break things on purpose.</param>
public sealed class Books(DatabaseAddress address, TimeProvider clock, TimeSpan? patience = null, params IInterceptor[] interceptors)
{
    private const int Attempts = 5, LongestPause = 10, MostKept = 64;
    private readonly DbContextOptions<EvergreenDb> options = address.Options(interceptors);

    /// <summary>Contexts that were used and closed, for the next: to make one takes longer than many a page reads.</summary>
    private readonly PooledDbContextFactory<EvergreenDb> contexts = new(address.Options(interceptors), MostKept);
    private readonly Lazy<PooledDbContextFactory<EvergreenDb>> beside = new(() => new(address.Beside().Options(), MostKept));
    private readonly Lazy<Books> hasty = new(() => new(address, clock, TimeSpan.Zero, interceptors));
    private readonly Lock making = new();
    private DbContextOptions<EvergreenDb>? storeOptions;
    private WriteTurn? turns;
    private readonly TimeSpan patience = patience ?? TimeSpan.FromSeconds(60);

    public DatabaseAddress Address => address;
    public TimeProvider Clock => clock;

    internal KeptCounts Counts { get; } = new();

    /// <summary>The same books for work that may lose its right to write: every writing transaction asks first and leaves in order.</summary>
    /// <param name="enter">First in each transaction; throws where the right is lost, and nothing is written.</param>
    /// <param name="leave">Last before the commit.</param>
    public Books Guarded(Action<EvergreenDb> enter, Action<EvergreenDb> leave) => new(address, clock, patience, interceptors) { guard = (enter, leave) };

    private (Action<EvergreenDb> Enter, Action<EvergreenDb> Leave)? guard;

    /// <summary>Now in UTC, whole milliseconds: the precision in which every moment is stored and hashed.</summary>
    public DateTime Now
    {
        get
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    /// <summary>The day it is at a co-op: in its own time zone, or in that of this machine where it has none.</summary>
    /// <remarks>Records keep their moments in UTC; what counts by days, such as the end of a year or a payment period, goes by this.</remarks>
    public DateOnly Today(CoOp coOp) =>
        DateOnly.FromDateTime(coOp.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime : clock.GetLocalNow().DateTime);

    /// <summary>A context of its own, for the rare reader that needs one for long (a check, a migration). Everything else goes through Read and Write.</summary>
    public EvergreenDb Open() => contexts.CreateDbContext();

    /// <summary>A context on a connection of its own, which sees what was committed meanwhile.</summary>
    private EvergreenDb OpenBeside() => beside.Value.CreateDbContext();

    /// <summary>A context for the stores of libraries (sign-in, tokens), which save by themselves: on SQLite each saving waits for its turn and is one transaction, as with Write.</summary>
    public EvergreenDb OpenForStores()
    {
        if (address.Path is null) return new(options);
        lock (making)
        {
            turns ??= new WriteTurn(TakeTurn);
            storeOptions ??= address.Options([.. interceptors, turns]);
        }
        var db = new EvergreenDb(storeOptions) { Leaving = turns.GiveUp };
        db.SaveChangesFailed += (_, _) => turns.GiveUp(db);
        return db;
    }

    private WriteTurn.Held TakeTurn(EvergreenDb db)
    {
        var pass = WriteGate.Enter(address.Path!, patience) ?? throw Busy(null);
        try
        {
            return new(pass, BeginWrite(db));
        }
        catch
        {
            pass.Dispose();
            throw;
        }
    }

    /// <summary>Reads one consistent picture; nothing is tracked, nothing can be written.</summary>
    public T Read<T>(Func<EvergreenDb, T> read)
    {
        using var db = Open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        using var transaction = BeginRead(db);
        return read(db);
    }

    /// <summary>Runs a verb in one writing transaction: a refusal or a dry run rolls back, anything else commits, after saving what the context tracks.</summary>
    /// <param name="dryRun">The same work, with every check of the database, and nothing kept.</param>
    /// <param name="verb">Run again from the start, in a fresh context: when a simultaneous writer came between, for as long as there is patience and five times in any case; when the connection was lost, five times at most.</param>
    /// <param name="lookUp">Asked when the answer to COMMIT was lost: what is there now, or null when the work is absent and may be done again.</param>
    /// <exception cref="StorageFault"><c>database-busy</c> where others kept coming between, or <c>commit-unknown</c> where the answer to COMMIT was lost and nobody can look it up.</exception>
    public Outcome<T> Write<T>(bool dryRun, Func<EvergreenDb, Outcome<T>> verb, Func<EvergreenDb, Outcome<T>?>? lookUp = null)
    {
        using var pass = address.Path is null ? null : WriteGate.Enter(address.Path, patience) ?? throw Busy(null);
        var since = Stopwatch.GetTimestamp();
        for (int attempt = 1, collisions = 0; ; )
        {
            var committing = false;
            try
            {
                using var db = Open();
                using var transaction = BeginWrite(db);
                db.Noted.Clear();
                if (!dryRun) OnceKey.Claim(db, Now);
                guard?.Enter(db);
                var outcome = verb(db);
                if (outcome.IsRefused) return outcome;
                db.SaveChanges();
                if (!dryRun) guard?.Leave(db);
                AuditGuard.Append(db, OpenBeside);
                if (dryRun)
                {
                    CheckDeferred(db);
                    return outcome;
                }
                committing = true;
                transaction.Commit();
                OnceKey.Committed();
                return outcome;
            }
            catch (Exception fault) when (committing && !Transient.IsAnswer(fault))
            {
                if (lookUp is null) throw new StorageFault("commit-unknown", "The connection broke while the work was being stored, so it may or may not be there. Look before you repeat it.", fault);
                if (Found(lookUp, fault) is { } found) return found;
                if (attempt++ == Attempts) throw;
            }
            catch (Exception fault) when (Transient.IsCollision(fault))
            {
                if (++collisions >= Attempts && Stopwatch.GetElapsedTime(since) >= patience) throw Busy(fault);
                Thread.Sleep(Random.Shared.Next(10, 40) * Math.Min(collisions, LongestPause));
            }
            catch (Exception fault) when (attempt < Attempts && Transient.Is(fault))
            {
                Thread.Sleep(Random.Shared.Next(10, 40) * attempt++);
            }
        }
    }

    /// <summary>After something was taken away for good: leaves no earlier state of it in the log beside the file. A server tidies its own tables.</summary>
    internal void Settle()
    {
        if (address.Path is null) return;
        using var pass = WriteGate.Enter(address.Path, patience);
        using var db = Open();
        db.Database.OpenConnection();
        SqliteSettings.EmptyLog(db.Database.GetDbConnection());
    }

    /// <summary>Writes where nobody else is writing, and else not at all: for what may as well be noted a moment later. On SQLite one writer may keep all others waiting, and whoever only reads is not to wait with them.</summary>
    public void WriteUnlessBusy<T>(Func<EvergreenDb, Outcome<T>> verb)
    {
        try
        {
            hasty.Value.Write(dryRun: false, verb);
        }
        catch (StorageFault fault) when (fault.Code == "database-busy")
        {
            // The next page notes it.
        }
    }

    private Outcome<T>? Found<T>(Func<EvergreenDb, Outcome<T>?> lookUp, Exception lost)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Read(lookUp);
            }
            catch (Exception fault) when (Transient.Is(fault) && attempt < Attempts)
            {
                Thread.Sleep(200 * attempt);
            }
            catch (Exception fault) when (Transient.Is(fault))
            {
                throw new StorageFault("commit-unknown", "The connection broke while the work was being stored and the database cannot be reached, so it may or may not be there. Look before you repeat it.",
                    new AggregateException(lost, fault));
            }
        }
    }

    private IDbContextTransaction BeginRead(EvergreenDb db)
    {
        if (db.Kind == DatabaseKind.PostgreSql) return db.Database.BeginTransaction(IsolationLevel.RepeatableRead);
        if (db.Kind == DatabaseKind.SqlServer) return db.Database.BeginTransaction(IsolationLevel.ReadCommitted);
        db.Database.OpenConnection();
        return db.Database.UseTransaction(((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true))!;
    }

    /// <remarks>Immediate on SQLite: a transaction that reads first and writes later may be told BUSY at once, whatever the time-out.</remarks>
    private IDbContextTransaction BeginWrite(EvergreenDb db)
    {
        // Whatever fails ends the whole transaction, so there is nothing to go back to halfway.
        db.Database.AutoSavepointsEnabled = false;
        if (db.Kind != DatabaseKind.Sqlite)
        {
            var begun = db.Database.BeginTransaction(IsolationLevel.Serializable);
            // While much is written a table grows past what a kept plan was made for.
            if (db.Kind == DatabaseKind.PostgreSql) db.Database.ExecuteSql($"SET LOCAL plan_cache_mode = force_custom_plan");
            return begun;
        }
        db.Database.OpenConnection();
        SqliteSettings.PrepareToWrite(db.Database.GetDbConnection());
        var since = Stopwatch.GetTimestamp();
        for (; ; )
        {
            try
            {
                return db.Database.BeginTransaction(IsolationLevel.Serializable);
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode is 5 or 6)
            {
                if (Stopwatch.GetElapsedTime(since) >= patience) throw Busy(busy);
            }
        }
    }

    /// <summary>What COMMIT would check, so that a dry run answers as the real one.</summary>
    private static void CheckDeferred(EvergreenDb db)
    {
        if (db.Kind == DatabaseKind.PostgreSql) db.Database.ExecuteSql($"SET CONSTRAINTS ALL IMMEDIATE");
    }

    private StorageFault Busy(Exception? inner) =>
        new("database-busy", $"Others have been writing to {address} for more than {patience.TotalSeconds:0} seconds. Nothing was changed; try again when they are done.", inner);
}
