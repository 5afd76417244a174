using Evergreen.Application.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evergreen.Web.Office.Audit;

/// <summary>The way from a thing to all that was done to it: the audit, filtered by its subject. Nothing for whoever may not see the audit.</summary>
[HtmlTargetElement("record-of", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class RecordOfTagHelper(Desk desk, Assets assets) : TagHelper
{
    /// <summary>As the records name it, such as <c>run 2025-1</c>.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The words of the link.</summary>
    public string Say { get; set; } = "Record of changes";

    /// <summary>Said after the link to those who only hear it; for a table, where each row has such a link.</summary>
    public string? Of { get; set; }

    public static string Address(string coOp, string subject) => $"/office/{coOp}/audit{QueryString.Create("subject", subject)}";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!desk.May(Permission.SeeAudit))
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "no-print");
        var link = new TagBuilder("a");
        link.AddCssClass("roomy");
        link.Attributes["href"] = Address(desk.CoOp.Code, Subject);
        if (Of is null) link.InnerHtml.AppendHtml(IconTagHelper.Svg(assets, "history")).Append(" ");
        link.InnerHtml.Append(Say);
        if (Of is not null)
        {
            var of = new TagBuilder("span");
            of.AddCssClass("visually-hidden");
            of.InnerHtml.Append($" of {Of}");
            link.InnerHtml.AppendHtml(of);
        }
        output.Content.SetHtmlContent(link);
    }
}
