using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using QRCoder;

namespace Evergreen.Web.Access;

/// <summary>A QR code, drawn as one path; the same stands beside it in letters.</summary>
[HtmlTargetElement("qr", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class QrTagHelper : TagHelper
{
    public string Value { get; set; } = "";

    /// <summary>What it is, for those who do not see it.</summary>
    public string Label { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        using var made = QRCodeGenerator.GenerateQrCode(Value, QRCodeGenerator.ECCLevel.M);
        var rows = made.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
            for (var x = 0; x < rows[y].Length; x++)
                if (rows[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        var size = rows.Count.ToString(CultureInfo.InvariantCulture);
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("viewBox", $"0 0 {size} {size}");
        output.Attributes.SetAttribute("width", "232");
        output.Attributes.SetAttribute("height", "232");
        output.Attributes.SetAttribute("role", "img");
        output.Attributes.SetAttribute("aria-label", Label);
        output.Attributes.SetAttribute("shape-rendering", "crispEdges");
        var ground = new TagBuilder("rect") { TagRenderMode = TagRenderMode.SelfClosing };
        (ground.Attributes["width"], ground.Attributes["height"], ground.Attributes["fill"]) = (size, size, "#fff");
        var dots = new TagBuilder("path") { TagRenderMode = TagRenderMode.SelfClosing };
        (dots.Attributes["d"], dots.Attributes["fill"]) = (path.ToString(), "#000");
        output.Content.AppendHtml(ground).AppendHtml(dots);
    }
}
