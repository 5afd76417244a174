using System.Globalization;
using System.IO.Compression;
using System.Text;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>
/// Writes a workbook of one sheet straight into a stream, a row at a time. Numbers are written as plain decimals, digit for digit; texts are texts, so that no
/// spreadsheet runs them. The same rows give the same bytes. The workbook is whole once the writer is disposed of.
/// </summary>
/// <remarks>ECMA-376 part 1, the least that a spreadsheet opens.</remarks>
public sealed class XlsxWriter : RowWriter, IDisposable
{
    private const int LongestText = 32_767;

    // Styles by their place in styles.xml.
    private const int Plain = 0, Bold = 1, TwoDecimals = 2, Whole = 3, Day = 4;
    private static readonly DateOnly DayZero = new(1899, 12, 30);
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive archive;
    private readonly StreamWriter sheet;
    private int row, column;

    /// <param name="sheetName">Up to 31 characters; what a sheet's name cannot hold is left out.</param>
    public XlsxWriter(Stream destination, string sheetName)
    {
        archive = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true);
        Part("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>""");
        Part("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Part("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>""");
        Part("xl/workbook.xml", $"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{Escaped(SheetName(sheetName))}" sheetId="1" r:id="rId1"/></sheets></workbook>""");
        Part("xl/styles.xml", """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="49" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="1" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>""");
        sheet = Open("xl/worksheets/sheet1.xml");
        sheet.Write("""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>""");
    }

    public override XlsxWriter Text(string? text) => Words(text, Plain);
    public override XlsxWriter Amount(Money? amount) => Number(amount?.ToString(), TwoDecimals);
    public override XlsxWriter Hours(Hours? hours) => Number(hours?.ToString(), TwoDecimals);
    public override XlsxWriter Integer(long? number) => Number(number?.ToString(CultureInfo.InvariantCulture), Whole);

    /// <summary>As the spreadsheet's own count of days, shown in ISO 8601.</summary>
    public override XlsxWriter Date(DateOnly? date) => Number(date is { } day ? (day.DayNumber - DayZero.DayNumber).ToString(CultureInfo.InvariantCulture) : null, Day);

    public override XlsxWriter Header(IEnumerable<string> names)
    {
        foreach (var name in names) Words(name, Bold);
        return EndRow();
    }

    public override XlsxWriter EndRow()
    {
        if (column == 0) BeginRow();
        sheet.Write("</row>");
        column = 0;
        return this;
    }

    public void Dispose()
    {
        if (column > 0) EndRow();
        sheet.Write("</sheetData></worksheet>");
        sheet.Dispose();
        archive.Dispose();
    }

    private XlsxWriter Words(string? text, int style)
    {
        if (string.IsNullOrEmpty(text)) return Skip();
        Cell(style, "inlineStr");
        sheet.Write("<is><t xml:space=\"preserve\">");
        sheet.Write(Escaped(text.Length > LongestText ? text[..LongestText] : text));
        sheet.Write("</t></is></c>");
        return this;
    }

    private XlsxWriter Number(string? digits, int style)
    {
        if (digits is null) return Skip();
        Cell(style, null);
        sheet.Write("<v>");
        sheet.Write(digits);
        sheet.Write("</v></c>");
        return this;
    }

    private XlsxWriter Skip()
    {
        if (column++ == 0) BeginRow();
        return this;
    }

    private void Cell(int style, string? type)
    {
        if (column++ == 0) BeginRow();
        sheet.Write(string.Create(CultureInfo.InvariantCulture, $"<c r=\"{Letters(column)}{row}\" s=\"{style}\""));
        if (type is not null) sheet.Write($" t=\"{type}\"");
        sheet.Write('>');
    }

    private void BeginRow() => sheet.Write(string.Create(CultureInfo.InvariantCulture, $"<row r=\"{++row}\">"));

    /// <summary>1 is A, 27 is AA.</summary>
    private static string Letters(int column)
    {
        var letters = "";
        for (; column > 0; column = (column - 1) / 26) letters = (char)('A' + (column - 1) % 26) + letters;
        return letters;
    }

    private static string SheetName(string name)
    {
        var kept = new string([.. name.Where(c => c is not ('[' or ']' or ':' or '*' or '?' or '/' or '\\')).Take(31)]).Trim('\'', ' ');
        return kept.Length == 0 ? "Sheet" : kept;
    }

    /// <summary>For XML 1.0; what it cannot hold is written as the format's own escape, and so is a text that only looks like one.</summary>
    private static string Escaped(string text)
    {
        var written = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '<' or '>' or '&' or '"') written.Append(c switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", _ => "&quot;" });
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) written.Append(c).Append(text[++i]);
            else if (c is '\t' or '\n' || (c >= ' ' && !char.IsSurrogate(c) && c < '\uFFFE' && !LooksEscaped(text, i))) written.Append(c);
            else written.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
        }
        return written.ToString();
    }

    private static bool LooksEscaped(string text, int at) =>
        text[at] == '_' && at + 6 < text.Length && text[at + 1] == 'x' && text[at + 6] == '_' && text.AsSpan(at + 2, 4).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;

    private void Part(string name, string xml)
    {
        using var part = Open(name);
        part.Write(xml);
    }

    private StreamWriter Open(string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Stamp;
        var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false), 1 << 14);
        writer.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        return writer;
    }
}
