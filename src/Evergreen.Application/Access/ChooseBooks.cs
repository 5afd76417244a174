using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Evergreen.Application.Access;

/// <summary>At the set-up: tries a database server, makes the tables there, takes the set-up with it and notes the choice. From the next start on the books are there; those in the SQLite file stay, empty as they are.</summary>
public sealed class ChooseBooks(Books books, AccessMode mode, ChosenBooks chosen)
{
    private const int ConnectSeconds = 10;

    /// <param name="Code">The set-up code: nobody else may have the site connect anywhere.</param>
    /// <param name="Port">Null for the usual one.</param>
    /// <param name="Verified">Only over an encrypted line to a server whose certificate is right.</param>
    public sealed record Request(string Code, DatabaseKind Kind, string? Host, int? Port, string? Database, string? User, string? Password, bool Verified, string From);

    public Outcome<DatabaseAddress> Run(Request request)
    {
        var right = new SetUpHouse(books, mode).CheckCode(request.Code, request.From);
        if (right.IsRefused) return right.Refusal!;
        var (host, name, user) = (request.Host?.Trim() ?? "", request.Database?.Trim() ?? "", request.User?.Trim() ?? "");
        // An instance of SQL Server is named behind a backslash.
        if (Uri.CheckHostName(request.Kind == DatabaseKind.SqlServer ? host.Split('\\')[0] : host) == UriHostNameType.Unknown) return Refusals.DatabaseHost();
        if (request.Port is < 1 or > 65_535) return Refusals.DatabasePort();
        if (name.Length == 0) return Refusals.DatabaseUnnamed();
        if (user.Length == 0) return Refusals.DatabaseUser();
        var address = AddressOf(request, host, name, user);
        try
        {
            if (Holds(address)) return Refusals.DatabaseTaken(name);
            Migrator.Run(address);
            var moved = Move(address, request.From);
            if (moved.IsRefused) return moved.Refusal!;
        }
        catch (Exception fault) when (WhyOf(fault, request with { Host = host, Database = name, User = user }) is { } why)
        {
            return why;
        }
        return chosen.Keep(address, DateOnly.FromDateTime(books.Now));
    }

    private static DatabaseAddress AddressOf(Request request, string host, string name, string user)
    {
        if (request.Kind == DatabaseKind.PostgreSql)
        {
            var postgres = new NpgsqlConnectionStringBuilder { Host = host, Database = name, Username = user, Password = request.Password, SslMode = request.Verified ? SslMode.VerifyFull : SslMode.Prefer, Timeout = ConnectSeconds };
            if (request.Port is { } port) postgres.Port = port;
            return DatabaseAddress.PostgreSql(postgres.ToString());
        }
        return DatabaseAddress.SqlServer(new SqlConnectionStringBuilder
        {
            DataSource = request.Port is { } at ? $"{host},{at.ToString(CultureInfo.InvariantCulture)}" : host, InitialCatalog = name, UserID = user, Password = request.Password ?? "",
            Encrypt = request.Verified ? SqlConnectionEncryptOption.Mandatory : SqlConnectionEncryptOption.Optional, TrustServerCertificate = !request.Verified, ConnectTimeout = ConnectSeconds,
        }.ToString());
    }

    /// <summary>Whether there are books in it, or tables of another program.</summary>
    private static bool Holds(DatabaseAddress address)
    {
        using var db = new EvergreenDb(address.Options());
        db.Database.OpenConnection();
        return SchemaStanding.Of(address).State switch
        {
            "missing" => db.Database.GetService<IRelationalDatabaseCreator>().HasTables(),
            "current" => HasBegun(db),
            _ => true,
        };
    }

    private static bool HasBegun(EvergreenDb db) => db.CoOps.Any() || db.SignIns.Any();

    /// <summary>The code goes on to be good, and so do the keys of cookies and forms: whoever is in the middle of the set-up stays there.</summary>
    private Outcome<bool> Move(DatabaseAddress address, string from)
    {
        var (codes, keys) = books.Read(db => (db.SetUpCodes.ToList(), db.SiteKeys.OrderBy(key => key.Id).ToList()));
        return new Books(address, books.Clock).Write<bool>(dryRun: false, db =>
        {
            if (HasBegun(db)) return Refusals.DatabaseTaken(address.ToString());
            // Of an earlier try that was broken off.
            db.SetUpCodes.ExecuteDelete();
            db.SiteKeys.ExecuteDelete();
            db.SetUpCodes.AddRange(codes.Select(code => new SetUpCode { Id = code.Id, CodeDigest = code.CodeDigest, MadeAt = code.MadeAt }));
            db.SiteKeys.AddRange(keys.Select(key => new SiteKey { Name = key.Name, Sealed = key.Sealed }));
            Entry.Record(db, books.Now, Audit.Actors.Stranger, "access.set-up-books", "house", from, address.ToString());
            return true;
        });
    }

    /// <summary>What the server meant, in a sentence; null for what is no answer of a server.</summary>
    private static Refusal? WhyOf(Exception fault, Request request)
    {
        var silent = false;
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (Said(inner, request) is { } why) return why;
            silent |= inner is DbException or TimeoutException or SocketException;
        }
        return silent ? Refusals.DatabaseSilent(request.Host!, request.Port ?? (request.Kind == DatabaseKind.PostgreSql ? 5432 : 1433)) : null;
    }

    private static Refusal? Said(Exception fault, Request request) => fault switch
    {
        PostgresException { SqlState: "28P01" or "28000" } or SqlException { Number: 18456 } => Refusals.DatabaseLogin(request.User!),
        PostgresException { SqlState: "3D000" } or SqlException { Number: 4060 } => Refusals.DatabaseAbsent(request.Database!),
        PostgresException { SqlState: "42501" } or SqlException { Number: 229 or 262 or 2760 } => Refusals.DatabaseRights(request.User!, request.Database!),
        PostgresException or SqlException { Class: > 10 and < 20 } or StorageFault => Refusals.DatabaseOther(fault.Message),
        AuthenticationException => Refusals.DatabaseLine(request.Host!),
        NpgsqlException when fault.Message.Contains("SSL", StringComparison.Ordinal) => Refusals.DatabaseLine(request.Host!),
        _ => null,
    };
}
