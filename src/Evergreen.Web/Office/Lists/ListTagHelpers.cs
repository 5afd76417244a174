using System.Globalization;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evergreen.Web.Office.Lists;

/// <summary>How many rows a list has, on all its pages.</summary>
[HtmlTargetElement("row-count", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class RowCountTagHelper : TagHelper
{
    public long Of { get; set; }
    public string One { get; set; } = "row";
    public string Many { get; set; } = "rows";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("role", "status");
        output.Content.SetContent($"{Of.ToString("N0", CultureInfo.InvariantCulture)} {(Of == 1 ? One : Many)}");
    }
}

/// <summary>Links to the list as a file, under the filter that the page shows.</summary>
[HtmlTargetElement("hand-out", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class HandOutTagHelper(Desk desk) : TagHelper
{
    /// <summary>Address below the co-op's office, without its ending.</summary>
    public string File { get; set; } = "";

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "no-print");
        output.Content.Append("Hand out what is shown: ");
        Link("csv", "CSV");
        output.Content.Append(" · ");
        Link("xlsx", "Excel workbook");

        void Link(string format, string text)
        {
            var link = new TagBuilder("a");
            link.Attributes["href"] = $"/office/{desk.CoOp.Code}/{File}.{format}{ListQuery.Of(ViewContext.HttpContext.Request)}";
            link.InnerHtml.Append(text);
            output.Content.AppendHtml(link);
        }
    }
}

/// <summary>One thing that a list is filtered by.</summary>
/// <param name="Name">Of the part of the address that asks for it.</param>
/// <param name="Said">In words.</param>
public sealed record FilterChip(string Name, string Said)
{
    /// <returns>Null where nothing is asked.</returns>
    public static FilterChip? Of(string name, string? asked, string? before = null) => string.IsNullOrWhiteSpace(asked) ? null : new(name, before is null ? asked : $"{before} {asked}");

    /// <returns>Null where no day is asked.</returns>
    public static FilterChip? Of(string name, DateOnly? day, string before) => day is { } asked ? new(name, $"{before} {DayTagHelper.Text(asked)}") : null;
}

/// <summary>What the list is filtered by, each with a cross that takes it off.</summary>
[HtmlTargetElement("filter-chips", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FilterChipsTagHelper(Assets assets) : TagHelper
{
    /// <summary>Those that are null are not asked.</summary>
    public IEnumerable<FilterChip?> Chips { get; set; } = [];

    /// <inheritdoc cref="SortTagHelper.At"/>
    public string? At { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        var asked = Chips.OfType<FilterChip>().ToList();
        if (asked.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "chips");
        foreach (var chip in asked)
        {
            var (link, said, off) = (new TagBuilder("a"), new TagBuilder("span"), new TagBuilder("span"));
            link.AddCssClass("chip");
            link.Attributes["href"] = (At ?? request.Path) + ListQuery.Of(request, without: chip.Name);
            said.InnerHtml.Append(chip.Said);
            off.AddCssClass("visually-hidden");
            off.InnerHtml.Append("take this away");
            link.InnerHtml.AppendHtml(said).Append(" ").AppendHtml(IconTagHelper.Svg(assets, "x")).AppendHtml(off);
            output.Content.AppendHtml(link);
        }
    }
}

/// <summary>A column's head by which the list can be sorted: up at first, then the other way round.</summary>
[HtmlTargetElement("th", Attributes = "sort,sorted")]
public sealed class SortTagHelper : TagHelper
{
    /// <summary>The column's name in the address.</summary>
    public string Sort { get; set; } = "";

    /// <summary>The order that the list is in.</summary>
    public string Sorted { get; set; } = "";

    /// <summary>The list's own address, where its page may also be the answer to a form; null for the address that was asked for.</summary>
    public string? At { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        var next = Sorted == Sort ? $"-{Sort}" : Sort;
        var others = ListQuery.Of(request, without: "sort");
        output.Attributes.SetAttribute("scope", "col");
        if (Sorted.TrimStart('-') == Sort) output.Attributes.SetAttribute("aria-sort", Sorted == Sort ? "ascending" : "descending");
        var link = new TagBuilder("a") { TagRenderMode = TagRenderMode.StartTag };
        link.Attributes["href"] = $"{At ?? request.Path}{others}{(others.Length == 0 ? '?' : '&')}sort={Uri.EscapeDataString(next)}";
        output.PreContent.AppendHtml(link);
        output.PostContent.AppendHtml(new HtmlLiteral("</a>"));
    }
}

/// <summary>What a list's address asks for, without how far it was read.</summary>
public static class ListQuery
{
    private static readonly string[] Places = ["after", "before"];

    /// <param name="without">A part that is left out besides.</param>
    /// <returns>With its question mark; empty where nothing is asked.</returns>
    public static string Of(HttpRequest request, string? without = null) =>
        QueryString.Create(request.Query.Where(part => !Places.Contains(part.Key, StringComparer.OrdinalIgnoreCase) && !string.Equals(part.Key, without, StringComparison.OrdinalIgnoreCase)).SelectMany(part => part.Value.Where(value => !string.IsNullOrEmpty(value)).Select(value => KeyValuePair.Create(part.Key, value)))).Value ?? "";
}
