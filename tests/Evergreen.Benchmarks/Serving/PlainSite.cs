using Evergreen.Application.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Evergreen.Benchmarks.Serving;

/// <summary>The least that a page of the books can be: one MVC action, one query for the same account, one view; nobody is asked who they are, and nothing is worked out.</summary>
internal static class PlainSite
{
    public const string MemberPage = "/plain/member/", Inserts = "/plain/receipts";

    public static WebApplication Build(DatabaseAddress books)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(PlainSite).Assembly.GetName().Name });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddDbContext<EvergreenDb>(options => _ = books.Kind == DatabaseKind.Sqlite ? options.UseSqlite(books.ConnectionString) : options.UseNpgsql(books.ConnectionString));
        // Alone: the start page that Evergreen's views share would be this one's too.
        builder.Services.AddControllersWithViews().ConfigureApplicationPartManager(parts => parts.ApplicationParts.Clear()).AddApplicationPart(typeof(PlainSite).Assembly);
        builder.Services.AddSingleton<IPlainReceipts>(_ => books.Path is { } path ? new ReceiptsInFile(Path.ChangeExtension(path, ".plain.db")) : new ReceiptsOnServer(books.ConnectionString));
        var site = builder.Build();
        site.MapControllers();
        return site;
    }
}

/// <summary>A line of a member's account, with whose it is.</summary>
public sealed record PlainLine(string Number, string Name, string Account, DateOnly On, long Cents);

/// <summary>The least that a post can be: one row under a key of its own, in one transaction that is on the disk when it is answered.</summary>
public interface IPlainReceipts
{
    void Prepare();

    void Insert(string key, string body, string answer);
}

/// <param name="path">A file of its own: the site beside it writes to the books.</param>
internal sealed class ReceiptsInFile(string path) : IPlainReceipts
{
    private readonly string address = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
    private readonly Lock turn = new();

    public void Prepare()
    {
        using var connection = new SqliteConnection(address);
        connection.Open();
        using var make = connection.CreateCommand();
        make.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS Receipts (Key TEXT PRIMARY KEY, Body TEXT NOT NULL, Answer TEXT NOT NULL) WITHOUT ROWID";
        make.ExecuteNonQuery();
    }

    public void Insert(string key, string body, string answer)
    {
        using var connection = new SqliteConnection(address);
        connection.Open();
        using var full = connection.CreateCommand();
        full.CommandText = "PRAGMA synchronous = FULL";
        full.ExecuteNonQuery();
        // One writer at a time, as SQLite has it: waiting here is cheaper than asking again.
        lock (turn)
        {
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO Receipts VALUES ($key, $body, $answer)";
            insert.Parameters.AddWithValue("$key", key);
            insert.Parameters.AddWithValue("$body", body);
            insert.Parameters.AddWithValue("$answer", answer);
            insert.ExecuteNonQuery();
        }
    }
}

/// <param name="books">The server and database of the books, in which the receipts have a table of their own.</param>
internal sealed class ReceiptsOnServer(string books) : IPlainReceipts, IDisposable
{
    private readonly NpgsqlDataSource server = NpgsqlDataSource.Create(books);

    public void Prepare()
    {
        using var make = server.CreateCommand("CREATE TABLE IF NOT EXISTS plain_receipts (key text PRIMARY KEY, body text NOT NULL, answer text NOT NULL)");
        make.ExecuteNonQuery();
    }

    public void Insert(string key, string body, string answer)
    {
        using var insert = server.CreateCommand("INSERT INTO plain_receipts VALUES ($1, $2, $3)");
        foreach (var value in (string[])[key, body, answer]) insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        insert.ExecuteNonQuery();
    }

    public void Dispose() => server.Dispose();
}

[Route("plain")]
public sealed class PlainController(EvergreenDb db, IPlainReceipts receipts) : Controller
{
    [HttpPost("receipts")]
    public IActionResult Receipt([FromBody] System.Text.Json.JsonElement receipt, [FromHeader(Name = "Idempotency-Key")] string key)
    {
        var body = receipt.GetRawText();
        receipts.Insert(key, body, body);
        return StatusCode(StatusCodes.Status201Created, receipt);
    }

    [HttpGet("member/{id:int}")]
    public IActionResult Member(int id)
    {
        var lines = (from member in db.Members
                     join account in db.Accounts on member.CoOpId equals account.CoOpId
                     join line in db.LedgerLines on new { AccountId = account.Id, MemberId = (int?)member.Id } equals new { line.AccountId, line.MemberId }
                     join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                     where member.Id == id
                     select new PlainLine(member.Number, member.Name, account.Code, entry.On, -line.AmountCents)).ToList();
        return lines.Count == 0 ? NotFound() : View("/Serving/PlainMember.cshtml", lines);
    }
}
