using System.Globalization;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evergreen.Web.Layout;

/// <summary>A chart of bars, drawn here as SVG, with its figures in a table below: what a bar shows can always be read.</summary>
/// <param name="Title">What the chart shows.</param>
/// <param name="Series">Names of the parts of each bar, at most four.</param>
/// <param name="Bars">A label and as many values as there are series; each value zero or more where bars have several parts.</param>
/// <param name="Write">How a value is written.</param>
public sealed record BarChart(string Title, IReadOnlyList<string> Series, IReadOnlyList<(string Label, IReadOnlyList<long> Values)> Bars, Func<long, string> Write)
{
    /// <param name="language">How amounts are written; null as in the office.</param>
    public static BarChart OfMoney(string title, string currency, IReadOnlyList<string> series, IReadOnlyList<(string Label, IReadOnlyList<long> Cents)> bars, Language? language = null) =>
        new(title, series, bars, cents => (language ?? Language.English).Amount(new Money(cents), currency));

    public static BarChart OfCounts(string title, IReadOnlyList<string> series, IReadOnlyList<(string Label, IReadOnlyList<long> Counts)> bars) =>
        new(title, series, bars, count => count.ToString("N0", CultureInfo.InvariantCulture));
}

[HtmlTargetElement("bars", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class BarsTagHelper(PortalWords words) : TagHelper
{
    private const int Width = 360, Height = 170, Top = 10, Bottom = 24;

    public BarChart Chart { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Chart.Bars.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "figure";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.AppendHtml(Picture());
        if (Chart.Series.Count > 1) output.Content.AppendHtml(Keys());
        output.Content.AppendHtml(Words());
    }

    private TagBuilder Picture()
    {
        var svg = new TagBuilder("svg");
        svg.AddCssClass("chart");
        svg.Attributes["viewBox"] = $"0 0 {Width} {Height}";
        svg.Attributes["role"] = "img";
        svg.Attributes["aria-label"] = words["chart", Chart.Title];
        var most = Math.Max(1, Chart.Bars.Max(bar => bar.Values.Where(value => value > 0).Sum()));
        var least = Math.Min(0, Chart.Bars.Min(bar => bar.Values.Where(value => value < 0).Sum()));
        var room = Height - Top - Bottom;
        var step = Width / (decimal)Chart.Bars.Count;
        var broad = Math.Min(56, step * 0.6m);
        var zero = Top + room * most / (decimal)(most - least);
        var axis = new TagBuilder("line");
        axis.AddCssClass("axis");
        Set(axis, ("x1", 0), ("x2", Width), ("y1", zero), ("y2", zero));
        svg.InnerHtml.AppendHtml(axis);
        for (var at = 0; at < Chart.Bars.Count; at++)
        {
            var (label, values) = Chart.Bars[at];
            var middle = step * at + step / 2;
            decimal up = zero, down = zero;
            for (var part = 0; part < values.Count; part++)
            {
                var tall = room * Math.Abs((decimal)values[part]) / (most - least);
                var bar = new TagBuilder("rect");
                bar.AddCssClass($"bar-{part + 1}");
                Set(bar, ("x", middle - broad / 2), ("y", values[part] >= 0 ? up - tall : down), ("width", broad), ("height", tall));
                if (values[part] >= 0) up -= tall;
                else down += tall;
                svg.InnerHtml.AppendHtml(bar);
            }
            var text = new TagBuilder("text");
            Set(text, ("x", middle), ("y", Height - 6));
            text.Attributes["text-anchor"] = "middle";
            text.InnerHtml.Append(label);
            svg.InnerHtml.AppendHtml(text);
        }
        return svg;
    }

    /// <summary>Which colour is what, where the head of the table, which says it too, has no room.</summary>
    private TagBuilder Keys()
    {
        var keys = new TagBuilder("p");
        keys.AddCssClass("keys");
        keys.Attributes["aria-hidden"] = "true";
        foreach (var (name, place) in Chart.Series.Select((name, place) => (name, place)))
        {
            var one = new TagBuilder("span");
            one.InnerHtml.AppendHtml(Key(place)).Append(" " + name);
            keys.InnerHtml.AppendHtml(one);
        }
        return keys;
    }

    private static TagBuilder Key(int place)
    {
        var key = new TagBuilder("span");
        key.AddCssClass($"key key-{place + 1}");
        return key;
    }

    private TagBuilder Words()
    {
        var table = new TagBuilder("table");
        table.AddCssClass("ledger");
        var caption = new TagBuilder("caption");
        caption.InnerHtml.Append(Chart.Title);
        var head = new TagBuilder("tr");
        head.InnerHtml.AppendHtml(Cell("th", "", "col"));
        foreach (var (name, place) in Chart.Series.Select((name, place) => (name, place)))
        {
            var cell = Cell("th", "", "col");
            cell.AddCssClass("figure");
            var key = Key(place);
            key.Attributes["aria-hidden"] = "true";
            cell.InnerHtml.AppendHtml(key).Append(" " + name);
            head.InnerHtml.AppendHtml(cell);
        }
        var rows = new TagBuilder("tbody");
        foreach (var (label, values) in Chart.Bars)
        {
            var row = new TagBuilder("tr");
            row.InnerHtml.AppendHtml(Cell("th", label, "row"));
            for (var part = 0; part < values.Count; part++)
            {
                var cell = Cell("td", Chart.Write(values[part]), null);
                cell.AddCssClass("figure");
                cell.Attributes["data-label"] = Chart.Series[part];
                row.InnerHtml.AppendHtml(cell);
            }
            rows.InnerHtml.AppendHtml(row);
        }
        var top = new TagBuilder("thead");
        top.InnerHtml.AppendHtml(head);
        table.InnerHtml.AppendHtml(caption).AppendHtml(top).AppendHtml(rows);
        return table;
    }

    private static TagBuilder Cell(string tag, string text, string? scope)
    {
        var cell = new TagBuilder(tag);
        if (scope is not null) cell.Attributes["scope"] = scope;
        cell.InnerHtml.Append(text);
        return cell;
    }

    private static void Set(TagBuilder tag, params (string Name, decimal Value)[] values)
    {
        foreach (var (name, value) in values) tag.Attributes[name] = Math.Round(value, 2, MidpointRounding.ToEven).ToString(CultureInfo.InvariantCulture);
    }
}
