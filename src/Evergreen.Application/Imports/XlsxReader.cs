using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>Reads one sheet of an XLSX workbook as rows of text: dates as ISO dates, numbers as plain decimals, texts as they are. The line is the row number that the spreadsheet shows.</summary>
/// <remarks>
/// Streams the sheet; only the table of shared texts is held. A limit passed or damage found midway sets <see cref="RowSource.Refusal"/>.
/// Leading zeros that a spreadsheet has already dropped cannot be seen here.
/// </remarks>
public sealed class XlsxReader : RowSource
{
    public const int MaxCells = 2_000_000;

    private readonly ZipArchive archive;
    private readonly Stream file;
    private readonly int[] starts = new int[MaxColumns];
    private readonly int[] lengths = new int[MaxColumns];
    private SharedStrings strings = new();
    private CellFormats formats = new();
    private XmlReader? xml;
    private byte[] texts = new byte[16 * 1024];
    private int used, filled;
    private long cells, lastRow;
    private bool from1904;

    private XlsxReader(Stream file, ZipArchive archive)
    {
        this.file = file;
        this.archive = archive;
        TotalBytes = file.Length;
    }

    /// <summary>Opens a sheet at its header, the first visible one where none is named. The stream must be able to seek; it is closed with the reader.</summary>
    public static Outcome<XlsxReader> Open(Stream file, string? sheet = null)
    {
        XlsxReader? reader = null;
        try
        {
            var zip = new ZipArchive(file, ZipArchiveMode.Read);
            var guard = WorkbookGuard.Check(zip);
            var workbook = Workbook.Read(zip, guard);
            var chosen = sheet is null ? workbook.Sheets.FirstOrDefault(s => s.Visible)
                : workbook.Sheets.FirstOrDefault(s => s.Name.Equals(sheet, StringComparison.OrdinalIgnoreCase));
            if (chosen is null && sheet is not null) return Refusals.SheetUnknown(sheet, workbook.Sheets.Select(s => s.Name));
            if (chosen?.Part is null) return Refusals.WorkbookDamaged("it has no sheet inside.");
            reader = new XlsxReader(file, zip) { Sheet = chosen.Name };
            return reader.Begin(workbook, chosen.Part, guard) is { } refusal ? refusal : reader;
        }
        catch (Exception e) when (ToRefusal(e) is { } refusal)
        {
            reader?.Dispose();
            return refusal;
        }
    }

    /// <summary>The visible sheets by name, in the workbook's order. The stream is closed.</summary>
    public static Outcome<IReadOnlyList<string>> SheetNames(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            return Workbook.Read(zip, WorkbookGuard.Check(zip)).Sheets.Where(sheet => sheet.Visible).Select(sheet => sheet.Name).ToList();
        }
        catch (Exception e) when (ToRefusal(e) is { } refusal)
        {
            return refusal;
        }
    }

    public override long BytesRead => file.CanRead ? file.Position : TotalBytes;

    public override string RawText => string.Join(',', Enumerable.Range(0, FieldCount).Select(Text));

    public override bool Read()
    {
        FieldCount = 0;
        Fault = null;
        if (Refusal is not null) return false;
        try
        {
            while (NextRow())
            {
                if (filled == 0) continue;
                Finish();
                return true;
            }
        }
        catch (Exception e) when (ToRefusal(e) is { } refusal)
        {
            Refusal = refusal;
        }
        FieldCount = 0;
        return false;
    }

    public override ReadOnlySpan<byte> Field(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)FieldCount, nameof(index));
        return texts.AsSpan(starts[index], lengths[index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        xml?.Dispose();
        archive.Dispose();
    }

    private Refusal? Begin(Workbook workbook, ZipArchiveEntry part, WorkbookGuard guard)
    {
        from1904 = workbook.From1904;
        if (workbook.Strings is not null)
            using (var reader = guard.OpenXml(workbook.Strings)) strings = SharedStrings.Read(reader);
        if (workbook.Styles is not null)
            using (var reader = guard.OpenXml(workbook.Styles)) formats = CellFormats.Read(reader);
        xml = guard.OpenXml(part);
        while (NextRow())
        {
            if (filled == 0) continue;
            if (Fault is not null) return Refusals.HeaderUnreadable(Line, Fault);
            FieldCount = filled;
            Header = Enumerable.Range(0, filled).Select(Text).ToArray();
            Account.CountHeader(1);
            return null;
        }
        return Refusals.FileEmpty;
    }

    /// <summary>Reads the next row of the sheet into the buffer and counts the empty rows before it.</summary>
    private bool NextRow()
    {
        while (xml!.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "sheetData") break;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "dimension") CheckDimension(xml.GetAttribute("ref") ?? "");
            if (xml.LocalName != "row") continue;
            var number = lastRow + 1;
            if (xml.GetAttribute("r") is { } r && !long.TryParse(r, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number <= lastRow || number > 1_048_576)
                throw WorkbookGuard.Damaged("its rows are not in order.");
            var skipped = number - lastRow - 1;
            if (skipped > 0) Account.CountBlank(skipped, skipped);
            (Line, FaultLine, LineCount, lastRow) = (number, number, 1, number);
            ReadCells();
            if (filled == 0) Account.CountBlank(1, 1);
            return true;
        }
        return false;
    }

    private void ReadCells()
    {
        used = filled = 0;
        Fault = null;
        Array.Clear(lengths);
        if (xml!.IsEmptyElement) return;
        var depth = xml.Depth;
        var next = 0;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" }) continue;
            if (++cells > MaxCells) throw WorkbookGuard.TooLarge("2 million cells");
            var place = xml.GetAttribute("r");
            var column = place is null ? next : ColumnOf(place);
            if (column >= MaxColumns) throw WorkbookGuard.TooLarge($"{MaxColumns} columns");
            next = column + 1;
            ReadCell(column, place ?? $"{column + 1} of row {Line}");
        }
    }

    private void ReadCell(int column, string place)
    {
        var type = xml!.GetAttribute("t");
        var dated = int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var style) && formats.IsDate(style);
        var value = CellText();
        if (value.Length == 0) return;
        switch (type)
        {
            case "s":
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) throw WorkbookGuard.Damaged("a cell names a text that is not there.");
                Set(column, strings[index]);
                return;
            case "e":
                Fault ??= RowFaults.CellError(place, value);
                break;
            case "b":
                value = value == "1" ? "true" : "false";
                break;
            case null or "n":
                value = dated ? SpreadsheetNumber.Date(value.Trim(), from1904) : SpreadsheetNumber.Plain(value.Trim());
                break;
            case "d" when value.EndsWith("T00:00:00", StringComparison.Ordinal):
                value = value[..10];
                break;
        }
        Set(column, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The text of <c>v</c> or <c>is</c>; the formula beside it is not read.</summary>
    private string CellText()
    {
        if (xml!.IsEmptyElement) return "";
        var depth = xml.Depth;
        var text = "";
        while (xml.Read() && xml.Depth > depth)
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" or "is" }) text = XmlText.Of(xml);
        return text;
    }

    private void Set(int column, ReadOnlySpan<byte> text)
    {
        if (Blanks.Trim(text).IsEmpty) return;
        if (text.Length > MaxFieldBytes)
        {
            Fault ??= RowFaults.FieldTooLong;
            text = text[..80];
        }
        if (texts.Length - used < text.Length) Array.Resize(ref texts, Math.Max(2 * texts.Length, used + text.Length));
        text.CopyTo(texts.AsSpan(used));
        starts[column] = used;
        lengths[column] = text.Length;
        used += text.Length;
        filled = Math.Max(filled, column + 1);
    }

    /// <summary>Empty cells at the end of a row are not stored, so a short row is whole; a longer one is not.</summary>
    private void Finish()
    {
        FieldCount = Math.Max(filled, Header.Count);
        if (filled > Header.Count) Fault ??= RowFaults.Ragged(Header.Count, filled);
        if (Fault is null) Account.CountRecord(1);
        else Account.CountBad(1);
    }

    private static void CheckDimension(string area)
    {
        var corner = area[(area.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (corner.Length > 0 && ColumnOf(corner) >= MaxColumns) throw WorkbookGuard.TooLarge($"{MaxColumns} columns");
    }

    /// <returns>Counted from 0: A is 0, AA is 26.</returns>
    private static int ColumnOf(string place)
    {
        var column = 0;
        foreach (var c in place)
        {
            if (c is < 'A' or > 'Z') break;
            column = 26 * column + (c - 'A' + 1);
            if (column > 16_384) throw WorkbookGuard.TooLarge($"{MaxColumns} columns");
        }
        return column == 0 ? throw WorkbookGuard.Damaged("a cell has no place.") : column - 1;
    }

    private static Refusal? ToRefusal(Exception e) => e switch
    {
        WorkbookRefusedException refused => refused.Refusal,
        XmlException => Refusals.WorkbookDamaged("its XML is malformed, or carries a document type, which is never read."),
        InvalidDataException or NotSupportedException or EndOfStreamException => Refusals.WorkbookDamaged("its archive is damaged, encrypted or cut off."),
        _ => null,
    };
}
