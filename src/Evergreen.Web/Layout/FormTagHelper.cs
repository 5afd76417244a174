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
