using System.IO.Compression;
using System.Text;
using Evergreen.Application.Imports;

namespace Evergreen.Application.Tests.Imports;

/// <summary>Makes XLSX files part by part, good and hostile ones.</summary>
internal sealed class WorkbookBuilder
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private readonly Dictionary<string, byte[]> parts = new(StringComparer.Ordinal);

    public WorkbookBuilder(string sheetData, string sharedStrings = "", string styles = "", bool from1904 = false, string sheets = "<sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/>")
    {
        With("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        With("_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        With("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><workbookPr date1904=\"{(from1904 ? 1 : 0)}\"/><sheets>{sheets}</sheets></workbook>");
        With("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{Relations}/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/><Relationship Id=\"r3\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r4\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
        With("xl/worksheets/sheet1.xml", Sheet(sheetData));
        With("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{sharedStrings}</sst>");
        With("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\">{styles}</styleSheet>");
    }

    public static string Sheet(string rows) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>";

    /// <summary>A sheet of texts, row by row.</summary>
    public static string TextRows(params string[][] rows) => string.Concat(rows.Select((row, r) =>
        $"<row r=\"{r + 1}\">{string.Concat(row.Select((text, c) => $"<c r=\"{(char)('A' + c)}{r + 1}\" t=\"inlineStr\"><is><t>{System.Security.SecurityElement.Escape(text)}</t></is></c>"))}</row>"));

    public WorkbookBuilder With(string part, string xml) => With(part, Encoding.UTF8.GetBytes(xml));

    public WorkbookBuilder With(string part, byte[] content)
    {
        parts[part] = content;
        return this;
    }

    public WorkbookBuilder Without(string part)
    {
        parts.Remove(part);
        return this;
    }

    public byte[] Bytes(Action<ZipArchive>? more = null)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
                using (var stream = archive.CreateEntry(name).Open()) stream.Write(content);
            more?.Invoke(archive);
        }
        return file.ToArray();
    }

    public ImportFile File() => new("book.xlsx", () => new MemoryStream(Bytes()));
}
