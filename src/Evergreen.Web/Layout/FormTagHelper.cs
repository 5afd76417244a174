using Evergreen.Application.Storage;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evergreen.Web.Layout;

/// <summary>Every form that changes something carries the token that shows it came from our page, and the key under which its work is done once.</summary>
[HtmlTargetElement("form", Attributes = "method")]
public sealed class FormTagHelper(IHtmlGenerator html, Books books) : TagHelper
{
    public string Method { get; set; } = "get";
    public bool Once { get; set; } = true;

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("method", Method);
        if (!string.Equals(Method, "post", StringComparison.OrdinalIgnoreCase)) return;
        output.Attributes.SetAttribute("novalidate", "novalidate");
        if (html.GenerateAntiforgery(ViewContext) is { } token) output.PostContent.AppendHtml(token);
        var once = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        once.Attributes["type"] = "hidden";
        once.Attributes["name"] = OnceFilter.FieldName;
        // Twice: some browsers fill in again what stood in a field before, the hidden ones too, and an old key would do nothing.
        once.Attributes["value"] = once.Attributes["data-key"] = OnceFilter.NewKey(books.Now);
        output.PostContent.AppendHtml(once);
    }
}

/// <summary>Above a form: everything that is wrong, each with a link to its field.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper(PortalWords words) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var wrong = ViewContext.ViewData.ModelState.Where(field => field.Value is { Errors.Count: > 0 }).SelectMany(field => field.Value!.Errors.Select(error => (field.Key, Text: words.Wrong(error)))).ToList();
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
        var list = new TagBuilder("ul");
        foreach (var (key, text) in wrong)
        {
            var item = new TagBuilder("li");
            if (key.Length == 0)
            {
                item.InnerHtml.Append(text);
            }
            else
            {
                var link = new TagBuilder("a");
                link.Attributes["href"] = "#" + TagBuilder.CreateSanitizedId(key, "_");
                link.InnerHtml.Append(text);
                item.InnerHtml.AppendHtml(link);
            }
            list.InnerHtml.AppendHtml(item);
        }
        inner.InnerHtml.AppendHtml(head).AppendHtml(list);
        output.Content.AppendHtml(inner);
    }
}
