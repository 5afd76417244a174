using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Evergreen.Application.Storage;

/// <summary>Which faults pass when the same work is done again from the start.</summary>
public static class Transient
{
    /// <remarks>A unique key broken by a simultaneous writer counts: done again, the verb sees the other's row and refuses in words.</remarks>
    public static bool Is(Exception fault) => Root(fault) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6,
        PostgresException postgres => postgres.SqlState is "40001" or "40P01" or "23505" or "55P03" or "57P01" or "57P02" or "57P03" || postgres.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException npgsql => npgsql.IsTransient,
        SqlException sql => sql.Number is 1205 or 3960 or 2601 or 2627 or -2 or 64 or 233 or 10053 or 10054 or 10060,
        _ => false,
    };

    /// <summary>The database answered that simultaneous writers were in each other's way, and rolled this one back: only chance decides whose turn it is, so it pays to come again.</summary>
    public static bool IsCollision(Exception fault) => Root(fault) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6,
        PostgresException postgres => postgres.SqlState is "40001" or "40P01",
        SqlException sql => sql.Number is 1205 or 3960,
        _ => false,
    };

    /// <summary>The database could not be reached or had no turn to give: nothing is wrong with the work itself, and it may be asked for again in a while.</summary>
    public static bool IsAway(Exception fault) => Root(fault) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6 or 14,
        PostgresException postgres => postgres.SqlState is "40001" or "40P01" or "53300" or "55P03" || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal) || postgres.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException npgsql => npgsql.IsTransient,
        SqlException sql => sql.Number is 1205 or 3960 or -2 or 53 or 64 or 233 or 10053 or 10054 or 10060 or 10061,
        _ => false,
    };

    /// <summary>The database answered, so that what it refused was rolled back.</summary>
    public static bool IsAnswer(Exception fault) => Root(fault) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6 or 19,
        PostgresException postgres => !postgres.SqlState.StartsWith("57", StringComparison.Ordinal) && !postgres.SqlState.StartsWith("08", StringComparison.Ordinal),
        SqlException sql => sql.Class is > 10 and < 20 && sql.Number > 0,
        _ => false,
    };

    private static Exception Root(Exception fault)
    {
        while (fault is not System.Data.Common.DbException && fault.InnerException is { } inner) fault = inner;
        return fault;
    }
}
