using Evergreen.Application.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evergreen.Benchmarks.Serving;

/// <summary>The least that a page of the books can be: one MVC action, one query, one view; nobody is asked who they are.</summary>
internal static class PlainSite
{
    public const string MemberPage = "/plain/member/", Inserts = "/plain/receipts";

    public static WebApplication Build(DatabaseAddress books)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(PlainSite).Assembly.GetName().Name });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(new Books(books, TimeProvider.System));
        builder.Services.AddControllersWithViews().AddApplicationPart(typeof(PlainSite).Assembly);
        builder.Services.AddSingleton(new PlainReceipts(books.Path is { } path ? Path.ChangeExtension(path, ".plain.db") : Path.Combine(Path.GetTempPath(), $"evergreen-plain-{Environment.ProcessId}.db")));
        var site = builder.Build();
        site.MapControllers();
        return site;
    }
}

/// <summary>A member's number, name and what they own, from one query.</summary>
public sealed record PlainMember(string Number, string Name, long Cents);

/// <summary>The least that a post can be: one row under a key of its own, in one transaction that is on the disk when it is answered.</summary>
public sealed class PlainReceipts(string path)
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

[Route("plain")]
public sealed class PlainController(Books books, PlainReceipts receipts) : Controller
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
        using var db = books.Open();
        var member = db.Members.AsNoTracking().Where(member => member.Id == id)
            .Select(member => new PlainMember(member.Number, member.Name, -db.LedgerLines.Where(line => line.MemberId == id).Sum(line => line.AmountCents))).FirstOrDefault();
        return member is null ? NotFound() : View("/Serving/PlainMember.cshtml", member);
    }
}
