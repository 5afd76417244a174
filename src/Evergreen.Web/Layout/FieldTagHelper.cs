using System.Globalization;
using Evergreen.Domain.Arithmetic;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evergreen.Web.Layout;

/// <summary>What every question of a form has: a label above, a hint below it, what is wrong, and what was typed.</summary>
public abstract class QuestionTagHelper(PortalWords words) : TagHelper
{
    [HtmlAttributeName("for")]
    public ModelExpression For { get; set; } = null!;

    public string Label { get; set; } = "";
    public string? Hint { get; set; }

    /// <summary>Shown beside the label of what may be left empty.</summary>
    public bool Optional { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    protected string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
    protected string Id => TagBuilder.CreateSanitizedId(Name, "_");
    protected string LabelText => Optional ? words["optional", Label] : Label;

    protected ModelStateEntry? State => ViewContext.ViewData.ModelState.TryGetValue(Name, out var entry) ? entry : null;
    protected IReadOnlyList<string> Wrong => State is { Errors.Count: > 0 } state ? [.. state.Errors.Select(words.Wrong)] : [];

    /// <summary>What was typed, also where it could not be understood; else the value of the form.</summary>
    protected string Typed => State?.AttemptedValue ?? TextOf(For.Model);

    protected static string TextOf(object? value) => value switch
    {
        null => "",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Money money => money.ToString(),
        Enum choice => choice.ToString(),
        IFormattable text => text.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <returns>The ids that describe the field, for <c>aria-describedby</c>; null where there are none.</returns>
    protected string? Describe(TagHelperContent content)
    {
        var ids = new List<string>();
        if (!string.IsNullOrEmpty(Hint))
        {
            var hint = new TagBuilder("div");
            hint.AddCssClass("hint");
            hint.Attributes["id"] = Id + "-hint";
            hint.InnerHtml.Append(Hint);
            content.AppendHtml(hint);
            ids.Add(Id + "-hint");
        }
        if (Wrong.Count > 0)
        {
            var wrong = new TagBuilder("p");
            wrong.AddCssClass("wrong");
            wrong.Attributes["id"] = Id + "-error";
            var hidden = new TagBuilder("span");
            hidden.AddCssClass("visually-hidden");
            hidden.InnerHtml.Append(words["error"] + " ");
            wrong.InnerHtml.AppendHtml(hidden).Append(string.Join(" ", Wrong));
            content.AppendHtml(wrong);
            ids.Add(Id + "-error");
        }
        return ids.Count == 0 ? null : string.Join(' ', ids);
    }

    protected void Frame(TagHelperOutput output)
    {
        FieldsBelow.Of(ViewContext).Add(Name);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Wrong.Count > 0 ? "field is-wrong" : "field");
    }
}

/// <summary>A line or a box to type in.</summary>
[HtmlTargetElement("field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(PortalWords words) : QuestionTagHelper(words)
{
    public string Type { get; set; } = "text";
    public string? Autocomplete { get; set; }
    public string? Inputmode { get; set; }
    public string? Accept { get; set; }

    /// <summary>Characters that are expected: 4, 10 or 20; the whole width without it.</summary>
    public int Width { get; set; }
    public int Rows { get; set; } = 4;
    public int Maxlength { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Frame(output);
        var label = new TagBuilder("label");
        label.Attributes["for"] = Id;
        label.InnerHtml.Append(LabelText);
        output.Content.AppendHtml(label);
        var described = Describe(output.Content);
        var box = new TagBuilder(Type == "textarea" ? "textarea" : "input") { TagRenderMode = Type == "textarea" ? TagRenderMode.Normal : TagRenderMode.SelfClosing };
        box.AddCssClass(Width > 0 ? $"form-control w-{Width}ch" : "form-control");
        box.Attributes["id"] = Id;
        box.Attributes["name"] = Name;
        if (Type == "textarea")
        {
            box.Attributes["rows"] = Rows.ToString(CultureInfo.InvariantCulture);
            box.InnerHtml.Append(Environment.NewLine).Append(Typed);
        }
        else
        {
            box.Attributes["type"] = Type;
            if (Type is not ("password" or "file")) box.Attributes["value"] = Typed;
        }
        if (Autocomplete is not null) box.Attributes["autocomplete"] = Autocomplete;
        if (Inputmode is not null) box.Attributes["inputmode"] = Inputmode;
        if (Accept is not null) box.Attributes["accept"] = Accept;
        if (Maxlength > 0) box.Attributes["maxlength"] = Maxlength.ToString(CultureInfo.InvariantCulture);
        if (described is not null) box.Attributes["aria-describedby"] = described;
        if (Wrong.Count > 0) box.Attributes["aria-invalid"] = "true";
        output.Content.AppendHtml(box);
    }
}

/// <summary>One of several: radio buttons, or a list with <c>as="select"</c>.</summary>
[HtmlTargetElement("choice", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChoiceTagHelper(PortalWords words) : QuestionTagHelper(words)
{
    public IEnumerable<SelectListItem> Items { get; set; } = [];
    public string As { get; set; } = "radios";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Frame(output);
        if (As == "select") Select(output);
        else Radios(output);
    }

    private void Select(TagHelperOutput output)
    {
        var label = new TagBuilder("label");
        label.Attributes["for"] = Id;
        label.InnerHtml.Append(LabelText);
        output.Content.AppendHtml(label);
        var described = Describe(output.Content);
        var select = new TagBuilder("select");
        select.AddCssClass("form-select");
        select.Attributes["id"] = Id;
        select.Attributes["name"] = Name;
        if (described is not null) select.Attributes["aria-describedby"] = described;
        foreach (var item in Items)
        {
            var option = new TagBuilder("option");
            option.Attributes["value"] = item.Value;
            if (item.Value == Typed) option.Attributes["selected"] = "selected";
            option.InnerHtml.Append(item.Text);
            select.InnerHtml.AppendHtml(option);
        }
        output.Content.AppendHtml(select);
    }

    private void Radios(TagHelperOutput output)
    {
        var set = new TagBuilder("fieldset");
        var legend = new TagBuilder("legend");
        legend.InnerHtml.Append(LabelText);
        set.InnerHtml.AppendHtml(legend);
        var before = new DefaultTagHelperContent();
        if (Describe(before) is { } described) set.Attributes["aria-describedby"] = described;
        set.InnerHtml.AppendHtml(before);
        foreach (var (item, place) in Items.Select((item, place) => (item, place)))
        {
            var row = new TagBuilder("div");
            row.AddCssClass("form-check");
            var radio = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
            radio.AddCssClass("form-check-input");
            // The summary of errors leads to the first.
            var id = place == 0 ? Id : $"{Id}-{place}";
            radio.Attributes["type"] = "radio";
            radio.Attributes["id"] = id;
            radio.Attributes["name"] = Name;
            radio.Attributes["value"] = item.Value;
            if (item.Value == Typed) radio.Attributes["checked"] = "checked";
            var label = new TagBuilder("label");
            label.AddCssClass("form-check-label");
            label.Attributes["for"] = id;
            label.InnerHtml.Append(item.Text);
            row.InnerHtml.AppendHtml(radio).AppendHtml(label);
            set.InnerHtml.AppendHtml(row);
        }
        output.Content.AppendHtml(set);
    }
}

/// <summary>Yes or no.</summary>
[HtmlTargetElement("tick", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TickTagHelper(PortalWords words) : QuestionTagHelper(words)
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Frame(output);
        var described = Describe(output.Content);
        var row = new TagBuilder("div");
        row.AddCssClass("form-check");
        var box = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        box.AddCssClass("form-check-input");
        box.Attributes["type"] = "checkbox";
        box.Attributes["id"] = Id;
        box.Attributes["name"] = Name;
        box.Attributes["value"] = "true";
        if (For.Model is true || Typed.StartsWith("true", StringComparison.OrdinalIgnoreCase)) box.Attributes["checked"] = "checked";
        if (described is not null) box.Attributes["aria-describedby"] = described;
        var label = new TagBuilder("label");
        label.AddCssClass("form-check-label");
        label.Attributes["for"] = Id;
        label.InnerHtml.Append(LabelText);
        row.InnerHtml.AppendHtml(box).AppendHtml(label);
        output.Content.AppendHtml(row);
    }
}
