using System.Text;
using System.Xml;

namespace Evergreen.Application.Imports;

/// <summary>A workbook's table of texts, as UTF-8 in one buffer.</summary>
internal sealed class SharedStrings
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private readonly List<int> ends = [];
    private byte[] texts = [];
    private int used;

    public static SharedStrings Read(XmlReader xml)
    {
        var strings = new SharedStrings();
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" }) strings.Add(XmlText.Of(xml));
        return strings;
    }

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            if ((uint)index >= (uint)ends.Count) throw WorkbookGuard.Damaged("a cell names a text that is not there.");
            var start = index == 0 ? 0 : ends[index - 1];
            return texts.AsSpan(start, ends[index] - start);
        }
    }

    private void Add(string text)
    {
        if (ends.Count >= XlsxReader.MaxCells) throw WorkbookGuard.TooLarge($"{XlsxReader.MaxCells} texts");
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (texts.Length - used < most) Array.Resize(ref texts, Math.Max(2 * texts.Length, used + most + 64 * 1024));
        used += Encoding.UTF8.GetBytes(text, texts.AsSpan(used));
        if (used > MaxBytes) throw WorkbookGuard.TooLarge($"{MaxBytes / 1024 / 1024} MB of text");
        ends.Add(used);
    }
}

/// <summary>The visible text inside an element, phonetic readings left out; cut off a little above the largest cell, so that it can be told apart and memory stays bounded.</summary>
internal static class XmlText
{
    public static string Of(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var depth = xml.Depth;
        var text = "";
        StringBuilder? more = null;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh" }) SkipInside(xml);
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)) continue;
            if (xml.NodeType == XmlNodeType.Whitespace && xml.XmlSpace != XmlSpace.Preserve) continue;
            if (text.Length == 0) { text = xml.Value; continue; }
            more ??= new StringBuilder(text);
            if (more.Length <= RowSource.MaxFieldBytes) more.Append(xml.Value);
        }
        return more?.ToString() ?? text;
    }

    private static void SkipInside(XmlReader xml)
    {
        var depth = xml.Depth;
        if (xml.IsEmptyElement) return;
        while (xml.Read() && xml.Depth > depth) { }
    }
}
