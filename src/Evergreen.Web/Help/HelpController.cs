using System.Collections.Frozen;
using Evergreen.Web.Layout;
using Markdig;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Help;

/// <summary>The guides, one for each kind of reader.</summary>
[AllowAnonymous]
public sealed class HelpController(PageLanguage language, SiteMode mode) : Controller
{
    /// <param name="Body">Made from our own text, in which no markup is let through.</param>
    public sealed record Guide(string Name, string Title, IHtmlContent Body);

    private static readonly MarkdownPipeline Rules = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();
    private static readonly string[] Order = ["member", "member.es", "administrator", "accountant", "operator", "api", "keys"];
    private static readonly FrozenDictionary<string, Guide> Guides = Order.ToFrozenDictionary(name => name, Read, StringComparer.Ordinal);

    [HttpGet("/help")]
    public IActionResult Contents() => View(Order.Select(name => Guides[name]).ToList());

    [HttpGet("/help/{guide}")]
    public IActionResult Show(string guide)
    {
        if (!Guides.TryGetValue(guide, out var found)) return NotFound();
        // Only the members' guide is written in another language than English.
        if (guide.EndsWith(".es", StringComparison.Ordinal)) language.Speak("es", "US");
        return View(found);
    }

    /// <summary>Keys that do something by themselves can be turned off, for whoever speaks to the machine or presses them unawares; kept in a cookie, like the theme.</summary>
    [HttpPost("/help/keys")]
    public IActionResult TurnKeys(bool off)
    {
        if (off) Response.Cookies.Append(mode.KeysCookie, "off", mode.Chosen(Request, TimeSpan.FromDays(365)));
        else Response.Cookies.Delete(mode.KeysCookie, mode.Chosen(Request, null));
        TempData.Say(off ? "The keys are off in this browser." : "The keys are on.");
        return LocalRedirect("/help/keys");
    }

    private static Guide Read(string name)
    {
        using var stream = typeof(HelpController).Assembly.GetManifestResourceStream($"help/{name}.md")!;
        using var reader = new StreamReader(stream);
        var (head, body) = Split(reader.ReadToEnd());
        return new Guide(name, head, new HtmlLiteral(Markdown.ToHtml(body, Rules).Replace("<table>", "<table class=\"ledger\">", StringComparison.Ordinal)));
    }

    /// <summary>The first line is the title; the frame of the page shows it.</summary>
    private static (string Head, string Body) Split(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return (text[..end].TrimStart('#', ' ').TrimEnd(), text[end..]);
    }
}
