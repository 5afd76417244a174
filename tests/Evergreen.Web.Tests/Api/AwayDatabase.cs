using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Evergreen.Web.Tests.Api;

/// <summary>Lets a database be away for a while, as one whose server is started anew: no connection opens.</summary>
internal sealed class AwayDatabase : DbConnectionInterceptor
{
    private const int CannotOpen = 14;

    public bool IsAway { get; set; }

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        IsAway ? throw new SqliteException("unable to open database file", CannotOpen) : result;

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ConnectionOpening(connection, eventData, result));
}
