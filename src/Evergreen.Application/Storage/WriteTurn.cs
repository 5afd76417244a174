using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evergreen.Application.Storage;

/// <summary>Puts what a context saves by itself into one writing transaction that waited for its turn, so that a token is issued while a long import writes, only later.</summary>
internal sealed class WriteTurn(Func<EvergreenDb, WriteTurn.Held> take) : SaveChangesInterceptor
{
    internal sealed record Held(IDisposable Pass, IDbContextTransaction Transaction);

    private readonly ConditionalWeakTable<DbContext, Held> held = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (eventData.Context is EvergreenDb db && db.Database.CurrentTransaction is null && db.ChangeTracker.HasChanges()) held.AddOrUpdate(db, take(db));
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => new(SavingChanges(eventData, result));

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Leave(eventData.Context, commit: true);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) => new(SavedChanges(eventData, result));

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Leave(eventData.Context, commit: false);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(eventData.Context, commit: false);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => Leave(eventData.Context, commit: false);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(eventData.Context, commit: false);
        return Task.CompletedTask;
    }

    /// <summary>What neither succeeded nor failed by what is told above, such as a change that came between, is given up with its context at the latest: else nobody could write any more.</summary>
    internal void GiveUp(EvergreenDb db) => Leave(db, commit: false);

    private void Leave(DbContext? context, bool commit)
    {
        if (context is null || !held.TryGetValue(context, out var turn)) return;
        held.Remove(context);
        try
        {
            if (commit) turn.Transaction.Commit();
        }
        finally
        {
            try
            {
                turn.Transaction.Dispose();
                context.Database.CloseConnection();
            }
            finally
            {
                turn.Pass.Dispose();
            }
        }
    }
}
