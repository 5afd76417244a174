using System.Globalization;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evergreen.Web.Layout;

/// <summary>An icon of the sprite; for the eye only, words always stand beside it.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper(Assets assets) : TagHelper
{
    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        output.Content.SetHtmlContent(Use(assets, Name));
    }

    internal static TagBuilder Use(Assets assets, string name)
    {
        var use = new TagBuilder("use");
        use.Attributes["href"] = $"{assets.Url("icons.svg")}#{name}";
        return use;
    }

    internal static TagBuilder Svg(Assets assets, string name)
    {
        var svg = new TagBuilder("svg");
        svg.AddCssClass("icon");
        svg.Attributes["aria-hidden"] = "true";
        svg.Attributes["focusable"] = "false";
        svg.InnerHtml.AppendHtml(Use(assets, name));
        return svg;
    }
}

/// <summary>An amount with its currency's sign, grouped, with a real minus, as the language of the page writes it.</summary>
[HtmlTargetElement("money", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MoneyTagHelper(PageLanguage page) : TagHelper
{
    public Money? Amount { get; set; }
    public string Currency { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "money");
        output.Content.SetContent(Amount is { } amount ? page.Language.Amount(amount, Currency) : "–");
    }

    /// <summary>As the office's pages write it.</summary>
    public static string Text(Money amount, string currency) => Language.English.Amount(amount, currency);
}

/// <summary>A date as people say it, in the language of the page.</summary>
[HtmlTargetElement("day", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DayTagHelper(PortalWords words) : TagHelper
{
    public DateOnly? Value { get; set; }

    /// <summary>With the month's name in full: for sentences.</summary>
    public bool Full { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Value is not { } day)
        {
            output.TagName = "span";
            output.Content.SetContent("–");
            return;
        }
        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        output.Content.SetContent(Full ? words.Day(day) : words.ShortDay(day));
    }

    /// <summary>As the office's pages write it.</summary>
    public static string Text(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}

/// <summary>A moment, in UTC.</summary>
[HtmlTargetElement("moment", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MomentTagHelper(PageLanguage page) : TagHelper
{
    public DateTime? Value { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Value is not { } at)
        {
            output.TagName = "span";
            output.Content.SetContent("–");
            return;
        }
        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Content.SetContent(page.IsOffice ? at.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture) : page.Language.Moment(at));
    }
}

/// <summary>Something to know before reading on.</summary>
[HtmlTargetElement("notice")]
public sealed class NoticeTagHelper(Assets assets) : TagHelper
{
    public string Kind { get; set; } = "info";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", $"notice {Kind}");
        if (Kind is "success" or "error") output.Attributes.SetAttribute("role", Kind == "error" ? "alert" : "status");
        output.PreContent.AppendHtml(IconTagHelper.Svg(assets, Kind switch { "success" => "circle-check", "error" or "warning" => "alert-triangle", _ => "info-circle" }));
        output.PreContent.AppendHtml(new HtmlLiteral("<div>"));
        output.PostContent.AppendHtml(new HtmlLiteral("</div>"));
    }
}

/// <summary>Where a list has nothing to show: what it is for, and the next step.</summary>
[HtmlTargetElement("empty")]
public sealed class EmptyTagHelper(Assets assets) : TagHelper
{
    public string Title { get; set; } = "";
    public string? Next { get; set; }
    public string? Say { get; set; }
    public string Icon { get; set; } = "file-text";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "empty");
        output.PreContent.AppendHtml(IconTagHelper.Svg(assets, Icon));
        var head = new TagBuilder("h2");
        head.AddCssClass("h3 mt-2");
        head.InnerHtml.Append(Title);
        output.PreContent.AppendHtml(head).AppendHtml(new HtmlLiteral("<p class=\"quiet\">"));
        output.PostContent.AppendHtml(new HtmlLiteral("</p>"));
        if (Next is null || Say is null) return;
        var link = new TagBuilder("a");
        link.AddCssClass("btn btn-primary");
        link.Attributes["href"] = Next;
        link.InnerHtml.Append(Say);
        output.PostContent.AppendHtml(link);
    }
}

/// <summary>The way to the next part of a list.</summary>
[HtmlTargetElement("pager", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagerTagHelper(PortalWords words) : TagHelper
{
    /// <summary>Key of the last row shown; null or empty where there is no more: a page's expression that gives null arrives here as an empty text.</summary>
    public string? Next { get; set; }

    /// <summary>Name of the query parameter that holds the key.</summary>
    public string By { get; set; } = "after";

    /// <summary>The list's own address, where its page may also be the answer to a form, which has another.</summary>
    public string? At { get; set; }

    [HtmlAttributeNotBound, Microsoft.AspNetCore.Mvc.ViewFeatures.ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (request, query) = (ViewContext.HttpContext.Request, ViewContext.HttpContext.Request.Query);
        var first = query.ContainsKey(By);
        // An attribute that was given null arrives empty.
        if (string.IsNullOrEmpty(Next) && !first)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "actions");
        output.Attributes.SetAttribute("aria-label", words["pages"]);
        if (first) Add(words["pages.start"], null);
        if (!string.IsNullOrEmpty(Next)) Add(words["pages.next"], Next);

        void Add(string text, string? key)
        {
            var others = query.Where(part => part.Key != By).SelectMany(part => part.Value.Select(value => KeyValuePair.Create(part.Key, value)));
            var link = new TagBuilder("a");
            link.AddCssClass("btn btn-outline-secondary");
            link.Attributes["href"] = At is { Length: > 0 } at && !HttpMethods.IsGet(request.Method)
                ? at + (key is null ? "" : $"{(at.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{By}={Uri.EscapeDataString(key)}")
                : request.Path + QueryString.Create(key is null ? others : others.Append(KeyValuePair.Create(By, (string?)key)));
            link.InnerHtml.Append(text);
            output.Content.AppendHtml(link);
        }
    }
}
