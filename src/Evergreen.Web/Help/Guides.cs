using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Markdig;
using Microsoft.AspNetCore.Html;

namespace Evergreen.Web.Help;

/// <summary>The guides as they were written, read once. Each heading names its section, in the same word in every language.</summary>
public static partial class Guides
{
    /// <param name="Name">As in its address; ends in <c>.es</c> where it is written in Spanish.</param>
    /// <param name="Body">Made from our own text, in which no markup is let through.</param>
    /// <param name="Sections">Of the second rank, in their order.</param>
    public sealed record Guide(string Name, string Title, IHtmlContent Body, IReadOnlyList<Section> Sections)
    {
        public string Tongue => Name.EndsWith(Spanish, StringComparison.Ordinal) ? "es" : "en";

        /// <summary>The name that a guide has in every language.</summary>
        public string Subject => Tongue == "es" ? Name[..^Spanish.Length] : Name;
    }

    /// <param name="Anchor">Its name in the page's address.</param>
    public sealed record Section(string Anchor, string Title);

    private const string Spanish = ".es";
    private static readonly MarkdownPipeline Rules = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().UseGenericAttributes().Build();
    private static readonly string[] Order = ["member", "member.es", "administrator", "accountant", "operator", "api", "keys"];
    private static readonly FrozenDictionary<string, Guide> ByName = Order.ToFrozenDictionary(name => name, Read, StringComparer.Ordinal);

    /// <summary>In the order in which the contents show them.</summary>
    public static IEnumerable<Guide> All => Order.Select(name => ByName[name]);

    /// <returns>Null where there is no such guide.</returns>
    public static Guide? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The guide in a language, or in English where it is written in no other.</summary>
    public static Guide In(string subject, string tongue) => ByName.GetValueOrDefault($"{subject}.{tongue}") ?? ByName[subject];

    private static Guide Read(string name)
    {
        using var stream = typeof(Guides).Assembly.GetManifestResourceStream($"help/{name}.md")!;
        using var reader = new StreamReader(stream);
        var (head, body) = Split(reader.ReadToEnd());
        return new Guide(name, head, new Layout.HtmlLiteral(Markdown.ToHtml(body, Rules).Replace("<table>", "<table class=\"ledger\">", StringComparison.Ordinal)),
            [.. Heading().Matches(body).Select(heading => new Section(heading.Groups["anchor"].Value, heading.Groups["title"].Value))]);
    }

    /// <summary>The first line is the title; the frame of the page shows it.</summary>
    private static (string Head, string Body) Split(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return (text[..end].TrimStart('#', ' ').TrimEnd(), text[end..]);
    }

    [GeneratedRegex(@"^## (?<title>.+?) \{#(?<anchor>[a-z-]+)\}\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
