using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>Files with rows as another program reads them, without any code of the house.</summary>
internal static class HandedOut
{
    public const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="Number">It is a number to the spreadsheet.</param>
    /// <param name="Risky">The spreadsheet would work it out.</param>
    public readonly record struct Cell(string Text, bool Number, bool Risky);

    /// <summary>Routes whose name says that rows are handed out, and which have none to hand out in the prepared books.</summary>
    public static readonly IReadOnlyCollection<string> NotInTheseBooks = ["/office/{coop}/members/duplicates.{format}", "/office/{coop}/settings/webhooks.{format}", "/office/{coop}/settings/webhooks/{webhook}/deliveries.{format}"];

    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Whether the address of a route says that it hands out rows.</summary>
    public static bool Names(string pattern) => pattern.EndsWith(".csv", StringComparison.Ordinal) || pattern.EndsWith(".xlsx", StringComparison.Ordinal) || pattern.EndsWith(".{format}", StringComparison.Ordinal) || pattern.EndsWith("/export", StringComparison.Ordinal)
        || pattern.EndsWith("/rejects", StringComparison.Ordinal) || pattern.Contains("/templates/", StringComparison.Ordinal);

    /// <summary>After RFC 4180.</summary>
    public static List<List<Cell>> Csv(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var rows = new List<List<Cell>>();
        var row = new List<Cell>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
            else if (text[i] == '"') quoted = !quoted;
            else if (!quoted && (text[i] is ',' or '\n'))
            {
                if (text[i] == '\n' && field.Length > 0 && field[^1] == '\r') field.Length--;
                row.Add(Of(field.ToString()));
                field.Clear();
                if (text[i] != '\n') continue;
                rows.Add(row);
                row = [];
            }
            else field.Append(text[i]);
        }
        if (field.Length > 0 || row.Count > 0) rows.Add([.. row, Of(field.ToString())]);
        return rows;

        static Cell Of(string text)
        {
            var number = decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) && !text.StartsWith('+');
            // Spaces in front are passed over by some spreadsheets.
            return new Cell(text, number, !number && text.TrimStart(' ') is { Length: > 0 } read && Planting.FormulaSigns.Contains(read[0]));
        }
    }

    /// <summary>The cells of every sheet; a workbook with anything in it that could run or reach elsewhere is a fault.</summary>
    public static List<List<Cell>> Sheet(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes, writable: false));
        Assert.That(archive.Entries.Select(entry => entry.FullName).Where(name => name.Contains("vba", StringComparison.OrdinalIgnoreCase) || name.Contains("externalLink", StringComparison.OrdinalIgnoreCase) || name.Contains("connection", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bin", StringComparison.Ordinal)), Is.Empty);
        var rows = new List<List<Cell>>();
        foreach (var part in archive.Entries)
        {
            using var stream = part.Open();
            var xml = XDocument.Load(stream);
            Assert.That(xml.Descendants().Attributes("TargetMode"), Is.Empty, part.FullName);
            if (!part.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)) continue;
            Assert.That(xml.Descendants(Main + "f").Concat(xml.Descendants(Main + "hyperlink")), Is.Empty, part.FullName);
            rows.AddRange(xml.Descendants(Main + "row").Select(row => row.Elements(Main + "c").Select(Of).ToList()));
        }
        return rows;

        static Cell Of(XElement cell)
        {
            var type = cell.Attribute("t")?.Value;
            var text = type == "inlineStr" ? string.Concat(cell.Descendants(Main + "t").Select(part => part.Value)) : cell.Element(Main + "v")?.Value ?? "";
            var number = type is null or "n" && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
            return new Cell(text, number, !number && type is not ("inlineStr" or "s") && text.Length > 0);
        }
    }
}
