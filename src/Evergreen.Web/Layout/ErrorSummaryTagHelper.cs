using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evergreen.Web.Layout;

/// <summary>Above a form: everything that is wrong, each with a link to its field, in the order in which the fields stand below.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper(PortalWords words) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var wrong = ViewContext.ViewData.ModelState.Where(field => field.Value is { Errors.Count: > 0 }).SelectMany(field => field.Value!.Errors.Select(error => new Line(field.Key, words.Wrong(error)))).ToList();
        if (wrong.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "notice error error-summary");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("role", "alert");
        var inner = new TagBuilder("div");
        var head = new TagBuilder("h2");
        head.AddCssClass("h3 mt-0");
        head.InnerHtml.Append(words["not-right-yet"]);
        inner.InnerHtml.AppendHtml(head).AppendHtml(new Lines(wrong, FieldsBelow.Of(ViewContext)));
        output.Content.AppendHtml(inner);
    }

    private sealed record Line(string Field, string Text);

    /// <summary>Written when the page is sent: by then every field has said where it stands.</summary>
    private sealed class Lines(IReadOnlyList<Line> wrong, FieldsBelow below) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            var list = new TagBuilder("ul");
            foreach (var (field, text) in wrong.OrderBy(line => below.Place(line.Field)))
            {
                var item = new TagBuilder("li");
                if (field.Length == 0)
                {
                    item.InnerHtml.Append(text);
                }
                else
                {
                    var link = new TagBuilder("a");
                    link.Attributes["href"] = "#" + TagBuilder.CreateSanitizedId(field, "_");
                    link.InnerHtml.Append(text);
                    item.InnerHtml.AppendHtml(link);
                }
                list.InnerHtml.AppendHtml(item);
            }
            list.WriteTo(writer, encoder);
        }
    }
}

/// <summary>The fields of a page in the order in which they stand on it; what is wrong is kept by name, which is no order for a reader.</summary>
internal sealed class FieldsBelow
{
    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);

    public static FieldsBelow Of(ViewContext view)
    {
        if (view.HttpContext.Items[typeof(FieldsBelow)] is FieldsBelow fields) return fields;
        view.HttpContext.Items[typeof(FieldsBelow)] = fields = new FieldsBelow();
        return fields;
    }

    public void Add(string name) => places.TryAdd(name, places.Count);

    /// <summary>What is wrong with the form as a whole comes first, and a field that did not say where it stands last.</summary>
    public int Place(string name) => name.Length == 0 ? -1 : places.GetValueOrDefault(name, int.MaxValue);
}
