using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evergreen.Web.Office.Lists;

/// <summary>Which columns a list shows beside the one that names its rows. The address says it, so that a kept filter keeps it and the file follows it; where nothing is said, all.</summary>
public sealed class ColumnChoice
{
    /// <summary>The part of the address, once for each column.</summary>
    public const string Part = "column";

    private readonly HashSet<string> chosen;

    private ColumnChoice(IEnumerable<string> columns) => chosen = columns.ToHashSet(StringComparer.Ordinal);

    /// <remarks>Asked by each cell of a page, and read from the address once.</remarks>
    public static ColumnChoice Of(HttpRequest request)
    {
        if (request.HttpContext.Items[typeof(ColumnChoice)] is ColumnChoice known) return known;
        var read = new ColumnChoice(request.Query[Part].OfType<string>().Where(column => column.Length > 0));
        request.HttpContext.Items[typeof(ColumnChoice)] = read;
        return read;
    }

    public bool Shows(string column) => chosen.Count == 0 || chosen.Contains(column);

    /// <summary>The columns that were asked for; none where all are shown.</summary>
    public IEnumerable<string> Asked => chosen.Order(StringComparer.Ordinal);
}

/// <summary>In the form by which a list is filtered: the columns that were chosen stay chosen.</summary>
[HtmlTargetElement("kept-columns", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class KeptColumnsTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        foreach (var column in ColumnChoice.Of(ViewContext.HttpContext.Request).Asked)
        {
            var kept = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
            (kept.Attributes["type"], kept.Attributes["name"], kept.Attributes["value"]) = ("hidden", ColumnChoice.Part, column);
            output.Content.AppendHtml(kept);
        }
    }
}

/// <summary>A cell of a column that may have been left out.</summary>
[HtmlTargetElement("th", Attributes = "column")]
[HtmlTargetElement("td", Attributes = "column")]
public sealed class ColumnTagHelper : TagHelper
{
    /// <summary>Its name in the address.</summary>
    public string Column { get; set; } = "";

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>After those that make the cell what it is.</summary>
    public override int Order => int.MaxValue;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!ColumnChoice.Of(ViewContext.HttpContext.Request).Shows(Column)) output.SuppressOutput();
    }
}

/// <summary>Where the columns of a list are chosen.</summary>
[HtmlTargetElement("column-choice", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ColumnChoiceTagHelper : TagHelper
{
    /// <summary>Name in the address and title, in the order of the list.</summary>
    public IEnumerable<(string Column, string Title)> Columns { get; set; } = [];

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        var choice = ColumnChoice.Of(request);
        output.TagName = "details";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "menu choose no-print");
        var (summary, form, set, legend, button) = (new TagBuilder("summary"), new TagBuilder("form"), new TagBuilder("fieldset"), new TagBuilder("legend"), new TagBuilder("button"));
        summary.AddCssClass("btn btn-outline-secondary");
        summary.InnerHtml.Append("Columns");
        form.AddCssClass("sheet");
        form.Attributes["method"] = "get";
        form.Attributes["action"] = request.Path;
        foreach (var part in request.Query.Where(part => part.Key is not (ColumnChoice.Part or "after" or "before")))
            foreach (var value in part.Value.Where(value => !string.IsNullOrEmpty(value)))
            {
                var kept = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
                (kept.Attributes["type"], kept.Attributes["name"], kept.Attributes["value"]) = ("hidden", part.Key, value);
                form.InnerHtml.AppendHtml(kept);
            }
        legend.AddCssClass("visually-hidden");
        legend.InnerHtml.Append("Columns of the list");
        set.InnerHtml.AppendHtml(legend);
        foreach (var (column, title) in Columns)
        {
            var (row, box, label) = (new TagBuilder("div"), new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing }, new TagBuilder("label"));
            row.AddCssClass("form-check");
            box.AddCssClass("form-check-input");
            (box.Attributes["type"], box.Attributes["id"], box.Attributes["name"], box.Attributes["value"]) = ("checkbox", $"column-{column}", ColumnChoice.Part, column);
            if (choice.Shows(column)) box.Attributes["checked"] = "checked";
            label.AddCssClass("form-check-label");
            label.Attributes["for"] = $"column-{column}";
            label.InnerHtml.Append(title);
            row.InnerHtml.AppendHtml(box).AppendHtml(label);
            set.InnerHtml.AppendHtml(row);
        }
        button.AddCssClass("btn btn-outline-primary");
        button.InnerHtml.Append("Show these");
        form.InnerHtml.AppendHtml(set).AppendHtml(button);
        output.Content.AppendHtml(summary).AppendHtml(form);
    }
}
