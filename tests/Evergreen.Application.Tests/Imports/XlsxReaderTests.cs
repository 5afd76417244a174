using System.IO.Compression;
using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

public sealed class XlsxReaderTests
{
    private const string Dates = "<numFmts><numFmt numFmtId=\"170\" formatCode=\"dd\\.mm\\.yyyy\"/><numFmt numFmtId=\"171\" formatCode=\"0.00&quot; days&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs>";

    private static List<string> Rows(WorkbookBuilder book, string? sheet = null)
    {
        using var reader = XlsxReader.Open(new MemoryStream(book.Bytes()), sheet).Value;
        var rows = new List<string> { $"1:{string.Join('|', reader.Header)}" };
        while (reader.Read())
            rows.Add(reader.Fault is { } fault ? $"{reader.FaultLine}!{fault.Code}" : $"{reader.Line}:{string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.Text))}");
        Assert.That(reader.Refusal, Is.Null);
        return rows;
    }

    private static string Cell(string cell, string styles = Dates, bool from1904 = false) =>
        Rows(new WorkbookBuilder($"<row><c t=\"inlineStr\"><is><t>h</t></is></c></row><row>{cell}</row>", styles: styles, from1904: from1904))[1];

    [Test]
    public void TextsNumbersDatesAndEmptyRowsComeOutAsTheSpreadsheetShowsThem()
    {
        const string rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>c</t></is></c></row>"
            + "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>2</v></c><c r=\"C4\" s=\"1\"><v>46203</v></c></row><row r=\"5\"/>"
            + "<row r=\"6\"><c r=\"A6\"><v>12.3</v></c><c r=\"B6\" t=\"b\"><v>1</v></c><c r=\"C6\" t=\"str\"><f>A1&amp;B1</f><v>x&lt;y</v></c></row>";
        var book = new WorkbookBuilder(rows, "<si><t>a</t></si><si><r><t>b</t></r><r><t xml:space=\"preserve\"> b</t></r><rPh><t>no</t></rPh></si><si><t>00123</t></si>", Dates);
        Assert.That(Rows(book), Is.EqualTo(new[] { "1:a|b b|c", "4:00123||2026-06-30", "6:12.3|true|x<y" }));
        using var reader = XlsxReader.Open(new MemoryStream(book.Bytes())).Value;
        while (reader.Read()) { }
        Assert.That((reader.Account.Records, reader.Account.Blanks, reader.Account.Lines), Is.EqualTo((2, 3, 6)));
    }

    [TestCase("12.300000000000001", "12.3")]
    [TestCase("7.0000000000000007E-2", "0.07")]
    [TestCase("0.30000000000000004", "0.30000000000000004")]
    [TestCase("-3", "-3")]
    [TestCase("123456789012345", "123456789012345")]
    [TestCase("1.2345678901234567E+19", "1.2345678901234567E+19")]
    public void NumbersComeAsTheShortestDecimalThatIsStored(string stored, string read) => Assert.That(Cell($"<c><v>{stored}</v></c>"), Is.EqualTo("2:" + read));

    [TestCase("46203", 1, "2026-06-30")]
    [TestCase("46203", 2, "2026-06-30")]
    [TestCase("46203.5", 1, "2026-06-30 12:00:00")]
    [TestCase("1", 1, "1900-01-01")]
    [TestCase("60", 1, "1900-02-29")]
    [TestCase("61", 1, "1900-03-01")]
    [TestCase("46203", 3, "46203")]
    [TestCase("-5", 1, "-5")]
    public void SerialNumbersAreDatesWhereTheirFormatSaysSo(string serial, int style, string read) => Assert.That(Cell($"<c s=\"{style}\"><v>{serial}</v></c>"), Is.EqualTo("2:" + read));

    [Test]
    public void TheSystemOf1904IsHonoured() => Assert.That(Cell("<c s=\"1\"><v>44741</v></c>", from1904: true), Is.EqualTo("2:2026-06-30"));

    [TestCase("<c t=\"e\"><v>#N/A</v></c>", "cell-error")]
    [TestCase("<c><v>1</v></c><c><v>2</v></c>", "row-ragged")]
    public void ABadRowCostsItselfOnly(string cells, string code) => Assert.That(Cell(cells), Is.EqualTo("2!" + code));

    [Test]
    public void TheFirstVisibleOrTheNamedSheetIsRead()
    {
        var book = new WorkbookBuilder(WorkbookBuilder.TextRows(["one"]), sheets: "<sheet name=\"Hidden\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"Two\" r:id=\"r2\"/>")
            .With("xl/worksheets/sheet2.xml", WorkbookBuilder.Sheet(WorkbookBuilder.TextRows(["two"])));
        Assert.That((Rows(book)[0], Rows(book, "hidden")[0]), Is.EqualTo(("1:two", "1:one")));
        Assert.That(XlsxReader.Open(new MemoryStream(book.Bytes()), "Three").Refusal!.Code, Is.EqualTo("sheet-unknown"));
    }

    [Test]
    public void AWorkbookIsImportedLikeAFile()
    {
        var rows = "<row r=\"1\">" + string.Concat(new[] { "source_id", "member_number", "purchased_on", "amount" }.Select(h => $"<c t=\"inlineStr\"><is><t>{h}</t></is></c>")) + "</row>"
            + "<row r=\"2\"><c t=\"inlineStr\"><is><t>R1</t></is></c><c t=\"inlineStr\"><is><t>0042</t></is></c><c s=\"1\"><v>46203</v></c><c><v>0.07</v></c></row>"
            + "<row r=\"3\"><c t=\"inlineStr\"><is><t>R2</t></is></c><c/><c s=\"1\"><v>46203.25</v></c><c><v>0.30000000000000004</v></c></row>";
        var (read, problems, totals) = CanonicalRowsTests.ReadAll(new WorkbookBuilder(rows, styles: Dates).File(), Profile.Canonical(CanonicalFile.Purchases));
        Assert.That(read, Is.EqualTo(new[] { "R1|0042|2026-06-30|0.07" }));
        Assert.That(problems.First.Select(p => (p.Sheet, p.Line, p.Column, p.Code)), Is.EqualTo(new[] { ("Sheet1", 3L, "purchased_on", "date-form"), ("Sheet1", 3L, "amount", "amount-decimals") }));
        Assert.That((totals.Sum("amount"), totals.AddsUp), Is.EqualTo((Money.Parse("0.07"), true)));
    }

    private static IEnumerable<TestCaseData> Hostile()
    {
        var good = WorkbookBuilder.TextRows(["a", "b"], ["1", "2"]);
        TestCaseData Case(string name, string code, Func<byte[]> file) => new TestCaseData(file, code).SetArgDisplayNames(name);

        yield return Case("bomb of spaces", "workbook-hostile", () => new WorkbookBuilder(good + new string(' ', 50_000_000)).Bytes());
        yield return Case("bomb of shared texts", "workbook-hostile", () => new WorkbookBuilder(good, new string('x', 50_000_000)).Bytes());
        yield return Case("bomb that lies about its size", "workbook-damaged|workbook-hostile", () => LieAboutSizes(new WorkbookBuilder(good + string.Concat(Enumerable.Repeat("<row><c><v>1</v></c></row>", 1_000_000))).Bytes()));
        yield return Case("too many parts", "workbook-too-large", () => new WorkbookBuilder(good).Bytes(a => { for (var i = 0; i < 2001; i++) a.CreateEntry($"p{i}"); }));
        yield return Case("too much unpacked", "workbook-too-large", () => LieAboutSizes(new WorkbookBuilder(good).Bytes(), 250_000_000));
        yield return Case("zip slip", "workbook-hostile", () => new WorkbookBuilder(good).With("../../evil.txt", "x").Bytes());
        yield return Case("zip slip with backslashes", "workbook-hostile", () => new WorkbookBuilder(good).With("xl\\..\\..\\evil.txt", "x").Bytes());
        yield return Case("absolute name", "workbook-hostile", () => new WorkbookBuilder(good).With("/etc/evil", "x").Bytes());
        yield return Case("symbolic link", "workbook-hostile", () => new WorkbookBuilder(good).Bytes(a => a.CreateEntry("link").ExternalAttributes = unchecked((int)0xA1FF0000)));
        foreach (var part in new[] { "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels" })
            yield return Case($"DTD in {part}", "workbook-damaged", () => new WorkbookBuilder(good).With(part, "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><x>&b;&f;</x>").Bytes());
        yield return Case("huge dimension", "workbook-too-large", () => new WorkbookBuilder(good).With("xl/worksheets/sheet1.xml", WorkbookBuilder.Sheet(good).Replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>", StringComparison.Ordinal)).Bytes());
        yield return Case("cell beyond the columns", "workbook-too-large", () => new WorkbookBuilder(good + "<row r=\"3\"><c r=\"ZZ3\"><v>1</v></c></row>").Bytes());
        yield return Case("cell beyond all columns", "workbook-too-large", () => new WorkbookBuilder(good + "<row r=\"3\"><c r=\"ZZZZZZZZZZZZZZ3\"><v>1</v></c></row>").Bytes());
        yield return Case("row beyond the sheet", "workbook-damaged", () => new WorkbookBuilder(good + "<row r=\"999999999999\"><c><v>1</v></c></row>").Bytes());
        yield return Case("rows out of order", "workbook-damaged", () => new WorkbookBuilder(good + "<row r=\"1\"><c><v>1</v></c></row>").Bytes());
        yield return Case("text that is not there", "workbook-damaged", () => new WorkbookBuilder(good + "<row r=\"3\"><c t=\"s\"><v>99</v></c></row>").Bytes());
        yield return Case("two million cells and more", "workbook-too-large", () => new WorkbookBuilder(good).With("xl/worksheets/sheet1.xml", ManyCells()).Bytes());
        yield return Case("one endless attribute", "workbook-too-large", () => new WorkbookBuilder($"<row r=\"{Random('1', 400_000)}\"/>").Bytes());
        yield return Case("no sheet", "workbook-damaged", () => new WorkbookBuilder(good).Without("xl/worksheets/sheet1.xml").Bytes());
        yield return Case("no workbook", "workbook-damaged", () => new WorkbookBuilder(good).Without("xl/workbook.xml").Bytes());
        yield return Case("malformed XML", "workbook-damaged", () => new WorkbookBuilder(good + "<row><c></row>").Bytes());
        yield return Case("empty sheet", "file-empty", () => new WorkbookBuilder("").Bytes());
        yield return Case("text named xlsx", "file-name-differs", () => "a,b\n1,2\n"u8.ToArray());
        yield return Case("old workbook", "file-kind", () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        yield return Case("PDF named xlsx", "file-kind", () => "%PDF-1.7 ..."u8.ToArray());
        yield return Case("empty archive", "workbook-damaged", () => [0x50, 0x4B, 5, 6, .. new byte[18]]);
        foreach (var percent in new[] { 2, 25, 50, 98 })
            yield return Case($"cut off after {percent} %", "workbook-damaged", () => new WorkbookBuilder(good).Bytes() is var book ? book[..(book.Length * percent / 100)] : []);
    }

    [TestCaseSource(nameof(Hostile))]
    public void AHostileWorkbookIsRefusedAndLeavesNothingBehind(Func<byte[]> make, string codes)
    {
        var file = make();
        var before = TemporaryFiles();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        Assert.That(codes.Split('|'), Does.Contain(RefusalOf(file)));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - memory, Is.LessThan(50_000_000));
        Assert.That(TemporaryFiles(), Is.EqualTo(before));
    }

    [Test]
    public void AnyDamageToAWorkbookIsARefusalOrABadRowAndNeverACrash()
    {
        var book = new WorkbookBuilder(WorkbookBuilder.TextRows([.. Enumerable.Range(0, 50).Select(i => new[] { $"a{i}", "b", "c" })]), "<si><t>x</t></si>", Dates).Bytes();
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 2000; i++)
        {
            var damaged = book.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--) damaged[random.Next(4, damaged.Length)] = (byte)random.Next(256);
            if (RefusalOf(damaged) is not null) refused++;
        }
        Assert.That(refused, Is.InRange(500, 2000));
    }

    /// <summary>Reads to the end as a verb would and tells why it was refused.</summary>
    private static string? RefusalOf(byte[] file)
    {
        var opened = new ImportFile("book.xlsx", () => new MemoryStream(file)).OpenRows();
        if (opened.IsRefused) return opened.Refusal!.Code;
        using var rows = opened.Value;
        while (rows.Read()) { }
        return rows.Refusal?.Code;
    }

    private static string[] TemporaryFiles() => [.. Directory.EnumerateFileSystemEntries(Path.GetTempPath()).Where(f => Path.GetFileName(f).Contains("xlsx", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(f).Contains("MiniExcel", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    private static string Random(char start, int length)
    {
        var random = new Random(1);
        return start + string.Concat(Enumerable.Range(1, length).Select(_ => (char)('0' + random.Next(10))));
    }

    private static string ManyCells()
    {
        var random = new Random(1);
        var sheet = new StringBuilder();
        for (var r = 0; r < 10_001; r++)
        {
            sheet.Append("<row>");
            for (var c = 0; c < 200; c++) sheet.Append("<c><v>").Append(random.Next(100)).Append("</v></c>");
            sheet.Append("</row>");
        }
        return WorkbookBuilder.Sheet(sheet.ToString());
    }

    /// <summary>Writes another size into the directory for the sheet, as a bomb would.</summary>
    private static byte[] LieAboutSizes(byte[] zip, int size = 100)
    {
        for (var i = 0; i + 46 < zip.Length; i++)
        {
            if (!zip.AsSpan(i).StartsWith("PK\u0001\u0002"u8)) continue;
            var name = zip.AsSpan(i + 46, BitConverter.ToInt16(zip, i + 28));
            if (name.SequenceEqual("xl/worksheets/sheet1.xml"u8)) BitConverter.TryWriteBytes(zip.AsSpan(i + 24), size);
        }
        return zip;
    }
}
