using Evergreen.Domain.Arithmetic;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Evergreen.Application.Storage;

/// <summary>Where the books are kept, read from what a person wrote: <c>books.db</c>, <c>sqlite:books.db</c>, <c>postgres://user@host/name</c>,
/// <c>postgresql:Host=…;Database=…</c> or <c>sqlserver:Server=…;Database=…</c>.</summary>
public sealed record DatabaseAddress
{
    public const string Variable = "EVERGREEN_DATABASE";
    public const string Default = "evergreen.db";

    private readonly string shown;

    private DatabaseAddress(DatabaseKind kind, string connectionString, string? path, string shown) => (Kind, ConnectionString, Path, Place, this.shown) = (kind, connectionString, path, path, shown);

    public DatabaseKind Kind { get; }

    /// <summary>May hold a password: never shown, never logged. <see cref="ToString"/> is for people.</summary>
    public string ConnectionString { get; }

    /// <summary>Full path of the SQLite file; null for a server.</summary>
    public string? Path { get; }

    /// <summary>The path that begins the names of what belongs to the books and lies outside them (keys, uploads, files of long work), where no setting names these. For a server only where the set-up chose it.</summary>
    public string? Place { get; init; }

    /// <summary>The address named by the option, else by the variable <c>EVERGREEN_DATABASE</c>, else <c>evergreen.db</c> in the current folder.</summary>
    public static Outcome<DatabaseAddress> Find(string? option) =>
        Parse(!string.IsNullOrWhiteSpace(option) ? option : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : Default);

    public static Outcome<DatabaseAddress> Parse(string text)
    {
        text = text.Trim();
        try
        {
            if (text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal)) return PostgreSql(FromUri(new Uri(text)));
            if (After("postgresql:") is { } postgres) return PostgreSql(postgres);
            if (After("sqlserver:") is { } sqlServer) return SqlServer(sqlServer);
            return Sqlite(After("sqlite:") ?? text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException)
        {
            return Refusals.NotAnAddress();
        }
        string? After(string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : null;
    }

    public static DatabaseAddress Sqlite(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = System.IO.Path.GetFullPath(path);
        return new(DatabaseKind.Sqlite, new SqliteConnectionStringBuilder { DataSource = full, ForeignKeys = true, DefaultTimeout = SqliteSettings.BusySeconds }.ToString(), full, full);
    }

    /// <remarks>
    /// A question that one connection has asked twenty times is planned once, where the address says nothing else of it (<c>Max Auto Prepare</c>): most of the time of a page went into planning. A pooler between us and the server that hands
    /// connections on by transaction needs <c>Max Auto Prepare=0</c>. Whatever we set, we set for a transaction, so a connection is given back as it is.
    /// </remarks>
    public static DatabaseAddress PostgreSql(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        if (!connectionString.Contains("Auto Prepare", StringComparison.OrdinalIgnoreCase)) (parts.MaxAutoPrepare, parts.AutoPrepareMinUsages) = (100, 20);
        parts.NoResetOnClose = true;
        return new(DatabaseKind.PostgreSql, parts.ToString(), null, $"PostgreSQL {parts.Database} on {parts.Host}");
    }

    public static DatabaseAddress SqlServer(string connectionString)
    {
        var parts = new SqlConnectionStringBuilder(connectionString);
        return new(DatabaseKind.SqlServer, parts.ToString(), null, $"SQL Server {parts.InitialCatalog} on {parts.DataSource}");
    }

    /// <summary>The same database through a few connections of their own, which are free however many are writing.</summary>
    internal DatabaseAddress Beside() => Kind == DatabaseKind.PostgreSql ? PostgreSql(new NpgsqlConnectionStringBuilder(ConnectionString) { MinPoolSize = 0, MaxPoolSize = 4 }.ToString()) : this;

    /// <summary>How a context reaches this database.</summary>
    public DbContextOptions<EvergreenDb> Options(params IInterceptor[] interceptors)
    {
        var options = new DbContextOptionsBuilder<EvergreenDb>();
        _ = Kind switch
        {
            DatabaseKind.Sqlite => options.UseSqlite(ConnectionString, o => o.MigrationsAssembly("Evergreen.Migrations.Sqlite")).AddInterceptors(SqliteSettings.OnOpen),
            DatabaseKind.PostgreSql => options.UseNpgsql(ConnectionString, o => o.MigrationsAssembly("Evergreen.Migrations.PostgreSql")),
            _ => options.UseSqlServer(ConnectionString, o => o.MigrationsAssembly("Evergreen.Migrations.SqlServer")),
        };
        return options.ReplaceService<IMemoryCache, QueryCache>().AddInterceptors(interceptors).Options;
    }

    /// <summary>The file, or server and database; never the user or password.</summary>
    public override string ToString() => shown;

    private static string FromUri(Uri uri)
    {
        if (uri.Host.Length == 0 || uri.AbsolutePath.Length < 2) throw new ArgumentException("A server and a database must be named.", nameof(uri));
        var parts = new NpgsqlConnectionStringBuilder { Host = uri.Host, Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')) };
        if (uri.Port > 0) parts.Port = uri.Port;
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0) parts.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) parts.Password = Uri.UnescapeDataString(user[1]);
        foreach (var setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = setting.Split('=', 2);
            parts[Uri.UnescapeDataString(pair[0])] = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "";
        }
        return parts.ToString();
    }
}
