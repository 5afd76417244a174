using System.Globalization;
using System.Xml;

namespace Evergreen.Application.Imports;

/// <summary>Tells which cell styles show their number as a date.</summary>
internal sealed class CellFormats
{
    private readonly List<bool> isDate = [];

    public bool IsDate(int style) => (uint)style < (uint)isDate.Count && isDate[style];

    public static CellFormats Read(XmlReader xml)
    {
        var formats = new CellFormats();
        var custom = new Dictionary<int, bool>();
        var inCellFormats = false;
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs") inCellFormats = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && Number(xml, "numFmtId") is { } id) custom[id] = ShowsDate(xml.GetAttribute("formatCode") ?? "");
            if (!inCellFormats || xml.LocalName != "xf") continue;
            var format = Number(xml, "numFmtId") ?? 0;
            if (formats.isDate.Count > 65_536) throw WorkbookGuard.TooLarge("65,536 cell styles");
            formats.isDate.Add(custom.TryGetValue(format, out var date) ? date : IsBuiltInDate(format));
        }
        return formats;
    }

    /// <summary>ECMA-376 part 1, 18.8.30.</summary>
    private static bool IsBuiltInDate(int format) => format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    /// <summary>A day, month, year, hour or second sign outside quotes, brackets and escapes.</summary>
    internal static bool ShowsDate(string code)
    {
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = code.IndexOf('"', i + 1);
                    if (i < 0) return false;
                    break;
                case '[':
                    i = code.IndexOf(']', i + 1);
                    if (i < 0) return false;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S':
                    return true;
            }
        }
        return false;
    }

    private static int? Number(XmlReader xml, string attribute) =>
        int.TryParse(xml.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
