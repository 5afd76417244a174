using System.Data.Common;
using Evergreen.Application.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Spares the database the flush at each commit, where a test makes thousands and none of them is to outlive a power cut.</summary>
internal sealed class WithoutFlushing : DbConnectionInterceptor
{
    public static readonly WithoutFlushing OnOpen = new();

    /// <summary>The same database for a test that asks it a hundred thousand times: PostgreSQL neither flushes at COMMIT nor plans the same statement anew each time.</summary>
    public static DatabaseAddress Address(DatabaseAddress address) => address.Kind != DatabaseKind.PostgreSql ? address
        : DatabaseAddress.PostgreSql(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Options = "-c synchronous_commit=off -c jit=off", MaxAutoPrepare = 300, AutoPrepareMinUsages = 2, NoResetOnClose = true }.ToString());

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (connection is not SqliteConnection) return;
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF";
        command.ExecuteNonQuery();
    }
}
