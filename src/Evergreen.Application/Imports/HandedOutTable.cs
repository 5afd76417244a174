using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Evergreen.Application.Imports;

/// <summary>A table as it is shown, to be handed out as CSV or as a workbook. Text never runs as a formula in either.</summary>
/// <param name="Rows">Read once, while the file is written.</param>
public sealed record HandedOutTable(string Name, IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<Cell>> Rows)
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly DateOnly DayZero = new(1899, 12, 30);
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>UTF-8, CRLF, as every CSV of the house.</summary>
    public void WriteCsv(Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var csv = new CsvWriter(writer).Header(Columns);
        foreach (var row in Rows)
        {
            foreach (var cell in row)
            {
                if (cell.Day is { } day) csv.Date(day);
                else if (cell.Amount is { } amount) csv.Amount(amount);
                else if (cell.Number is { } number) csv.Integer(number);
                else csv.Text(cell.Text);
            }
            csv.EndRow();
        }
    }

    /// <summary>Office Open XML with one sheet; text stands inline as text, so that a leading sign is no formula. The same rows give the same bytes.</summary>
    public void WriteXlsx(Stream to)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        Part(zip, "[Content_Types].xml", """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
            """);
        Part(zip, "_rels/.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Part(zip, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""");
        // Formats: 0 as it comes, 1 a day, 2 an amount, 3 a heading.
        Part(zip, "xl/styles.xml", $"""<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>""");
        Part(zip, "xl/workbook.xml", xml =>
        {
            xml.WriteStartElement("workbook", Main);
            xml.WriteStartElement("sheets");
            xml.WriteStartElement("sheet");
            xml.WriteAttributeString("name", SheetName);
            xml.WriteAttributeString("sheetId", "1");
            xml.WriteAttributeString("id", Relations, "rId1");
        });
        Part(zip, "xl/worksheets/sheet1.xml", Sheet);
    }

    /// <summary>A sheet's name has at most 31 characters and none of <c>[ ] : * ? / \</c>.</summary>
    private string SheetName
    {
        get
        {
            var name = string.Concat(Name.Where(c => c is not ('[' or ']' or ':' or '*' or '?' or '/' or '\\')));
            return name.Length <= 31 ? name : name[..31];
        }
    }

    private void Sheet(XmlWriter xml)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        xml.WriteStartElement("sheetData");
        xml.WriteStartElement("row");
        foreach (var column in Columns) Text(xml, column, style: 3);
        xml.WriteEndElement();
        foreach (var row in Rows)
        {
            xml.WriteStartElement("row");
            foreach (var cell in row) Write(xml, cell);
            xml.WriteEndElement();
        }
    }

    private static void Write(XmlWriter xml, Cell cell)
    {
        if (cell.Day is { } day) Value(xml, (day.DayNumber - DayZero.DayNumber).ToString(CultureInfo.InvariantCulture), style: 1);
        else if (cell.Amount is { } amount) Value(xml, amount.ToString(), style: 2);
        else if (cell.Number is { } number) Value(xml, number.ToString(CultureInfo.InvariantCulture), style: 0);
        else Text(xml, cell.Text, style: 0);
    }

    private static void Value(XmlWriter xml, string number, int style)
    {
        xml.WriteStartElement("c");
        if (style > 0) xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("v", number);
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string? text, int style)
    {
        xml.WriteStartElement("c");
        if (style > 0) xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        if (!string.IsNullOrEmpty(text))
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is");
            xml.WriteStartElement("t");
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(string.Concat(text.EnumerateRunes().Where(rune => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value)).Select(rune => rune.ToString())));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Part(ZipArchive zip, string path, string content)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = Stamp;
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + content));
    }

    private static void Part(ZipArchive zip, string path, Action<XmlWriter> write)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = Stamp;
        using var stream = entry.Open();
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartDocument(standalone: true);
        write(xml);
        xml.WriteEndDocument();
    }
}
