using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Evergreen.Web.Layout;

/// <summary>Markup that stands in our own source: never anything that came from outside.</summary>
internal sealed class HtmlLiteral(string markup) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(markup);
}
