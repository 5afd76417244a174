using Evergreen.Application.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evergreen.Web.Office.Ledger;

/// <summary>An amount that opens to what it is made of, for whoever may see that; to others the amount alone.</summary>
[HtmlTargetElement("made-of", Attributes = "href,needs")]
public sealed class MadeOfTagHelper(Desk desk) : TagHelper
{
    public string Href { get; set; } = "";
    public Permission Needs { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = desk.Holds(Needs) ? "a" : null;
        if (output.TagName is not null) output.Attributes.SetAttribute("href", Href);
    }
}
