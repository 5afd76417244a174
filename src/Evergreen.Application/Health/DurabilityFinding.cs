using System.Net;
using Evergreen.Application.Storage;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Evergreen.Application.Health;

/// <summary>Whether the database keeps what it has promised to keep when the power goes, and whether the line to it may be trusted.</summary>
internal static class DurabilityFinding
{
    private const string Code = "settings", Name = "Database settings";

    public static Finding Of(Books books)
    {
        using var db = books.Open();
        return db.Kind switch
        {
            DatabaseKind.Sqlite => Sqlite(db),
            DatabaseKind.PostgreSql => PostgreSql(db, new NpgsqlConnectionStringBuilder(books.Address.ConnectionString)),
            _ => SqlServer(new SqlConnectionStringBuilder(books.Address.ConnectionString)),
        };
    }

    private static Finding Sqlite(EvergreenDb db)
    {
        db.Database.OpenConnection();
        var (journal, synchronous, foreignKeys) = SqliteSettings.Of(db.Database.GetDbConnection());
        var measured = $"journal_mode {journal}, synchronous {synchronous switch { 0 => "off", 1 => "normal", 2 => "full", _ => "extra" }}, foreign_keys {(foreignKeys ? "on" : "off")}";
        return journal == "wal" && synchronous >= 2 && foreignKeys
            ? Good($"{measured}.")
            : new(Code, Name, HealthState.Warning, $"{measured}; wanted are wal, full and on.", "SQLite could not take its settings: put the file on a local disk where the site may write, beside it too.");
    }

    private static Finding PostgreSql(EvergreenDb db, NpgsqlConnectionStringBuilder line)
    {
        string[] wanted = ["fsync", "full_page_writes", "synchronous_commit"];
        var settings = db.Database.SqlQuery<string>($"SELECT name || ' ' || setting AS \"Value\" FROM pg_settings WHERE name = ANY({wanted}) ORDER BY name").ToList();
        var measured = string.Join(", ", settings);
        var off = settings.Where(setting => setting.EndsWith(" off", StringComparison.Ordinal)).ToList();
        if (off.Count > 0) return new(Code, Name, HealthState.Bad, $"{measured}: what was stored may be lost when the power goes.", "Switch them on in postgresql.conf, as they are without being set, and reload the server.");
        return IsHere(line.Host) || line.SslMode is SslMode.VerifyCA or SslMode.VerifyFull ? Good($"{measured}.") : Unverified(measured, "Add SSL Mode=VerifyFull to the database's address, and Root Certificate=FILE where the server's certificate is your own.");
    }

    private static Finding SqlServer(SqlConnectionStringBuilder line) =>
        line.TrustServerCertificate && !IsHere(line.DataSource.Split(':')[^1].Split(',', '\\')[0]) ? Unverified("TrustServerCertificate is set", "Take TrustServerCertificate out of the database's address.") : Good("The server's certificate is verified, or it runs on this machine.");

    private static Finding Unverified(string measured, string toDo) => new(Code, Name, HealthState.Warning, $"{measured}; the database is on another machine and nothing verifies that it is the right one.", toDo);

    private static Finding Good(string measured) => new(Code, Name, HealthState.Good, measured);

    private static bool IsHere(string? host) =>
        host is null or "" or "." or "(local)" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.StartsWith('/') || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
