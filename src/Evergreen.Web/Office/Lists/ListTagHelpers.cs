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

/// <summary>What a list's address asks for, without how far it was read.</summary>
public static class ListQuery
{
    private static readonly string[] Places = ["after", "before"];

    /// <returns>With its question mark; empty where nothing is asked.</returns>
    public static string Of(HttpRequest request) =>
        QueryString.Create(request.Query.Where(part => !Places.Contains(part.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(part => part.Value.Where(value => !string.IsNullOrEmpty(value)).Select(value => KeyValuePair.Create(part.Key, value)))).Value ?? "";
}
