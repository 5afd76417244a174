using Evergreen.Application.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evergreen.Benchmarks.Serving;

/// <summary>The least that a page of the books can be: one MVC action, one query, one view; nobody is asked who they are.</summary>
internal static class PlainSite
{
    public const string MemberPage = "/plain/member/";

    public static WebApplication Build(DatabaseAddress books)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(PlainSite).Assembly.GetName().Name });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(new Books(books, TimeProvider.System));
        builder.Services.AddControllersWithViews().AddApplicationPart(typeof(PlainSite).Assembly);
        var site = builder.Build();
        site.MapControllers();
        return site;
    }
}

/// <summary>A member's number, name and what they own, from one query.</summary>
public sealed record PlainMember(string Number, string Name, long Cents);

[Route("plain")]
public sealed class PlainController(Books books) : Controller
{
    [HttpGet("member/{id:int}")]
    public IActionResult Member(int id)
    {
        using var db = books.Open();
        var member = db.Members.AsNoTracking().Where(member => member.Id == id)
            .Select(member => new PlainMember(member.Number, member.Name, -db.LedgerLines.Where(line => line.MemberId == id).Sum(line => line.AmountCents))).FirstOrDefault();
        return member is null ? NotFound() : View("/Serving/PlainMember.cshtml", member);
    }
}
