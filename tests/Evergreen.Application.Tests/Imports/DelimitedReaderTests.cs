using System.Text;
using Evergreen.Application.Imports;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

public sealed class DelimitedReaderTests
{
    /// <summary>Every row as <c>line:field|field</c>, a bad one as <c>line!code</c>.</summary>
    private static List<string> Rows(byte[] file, DelimitedOptions? options = null)
    {
        using var reader = DelimitedReader.Open(new MemoryStream(file), options).Value;
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.Fault is { } fault ? $"{reader.FaultLine}!{fault.Code}"
                : $"{reader.Line}:{string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.Text))}");
        Assert.That(reader.Account.Lines, Is.EqualTo(PhysicalLines.In(reader.Encoding is FileEncoding.Utf16BigEndian or FileEncoding.Utf16LittleEndian ? Utf16(file, reader.Encoding) : file)));
        return rows;
    }

    private static byte[] Utf16(byte[] file, FileEncoding encoding) => Encoding.UTF8.GetBytes(
        (encoding == FileEncoding.Utf16BigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(file));

    private static List<string> Rows(string file, DelimitedOptions? options = null) => Rows(Encoding.UTF8.GetBytes(file), options);

    [TestCase("a,b\r\n1,2\r\n3,4\r\n")]
    [TestCase("a,b\n1,2\n3,4")]
    [TestCase("a,b\r1,2\r3,4\r")]
    [TestCase("a;b\n1;2\n3;4\n")]
    [TestCase("a\tb\n1\t2\n3\t4\n")]
    [TestCase("a|b\n1|2\n3|4\n")]
    [TestCase("\"a\",b\n\"1\",\"2\"\n3,\"4\"\n")]
    [TestCase("\uFEFFa,b\n1,2\n3,4\n")]
    public void AnySeparatorAndAnyNewlineGiveTheSameRows(string file) => Assert.That(Rows(file), Is.EqualTo(new[] { "2:1|2", "3:3|4" }));

    [Test]
    public void BlankLinesAreCountedAndTheLinesAfterThemKeepTheirNumbers()
    {
        using var reader = DelimitedReader.Open(new MemoryStream("\na,b\n\n1,2\n,\n  \n3,4\n"u8.ToArray())).Value;
        var lines = new List<long>();
        while (reader.Read()) lines.Add(reader.Line);
        Assert.That(lines, Is.EqualTo(new[] { 4, 7 }));
        Assert.That((reader.Account.HeaderLines, reader.Account.Records, reader.Account.Blanks), Is.EqualTo((1, 2, 4)));
    }

    [Test]
    public void AQuotedFieldMayHoldSeparatorsQuotesAndLineBreaks() =>
        Assert.That(Rows("a,b\n\"x,\"\"y\"\"\",\"one\r\ntwo\"\n3,4\n"), Is.EqualTo(new[] { "2:x,\"y\"|one\r\ntwo", "4:3|4" }));

    [Test]
    public void AnOpenQuoteCostsItsOwnLineOnly() =>
        Assert.That(Rows("a,b\n1,\"open\n3,4\n5,6\n"), Is.EqualTo(new[] { "2!quote-open", "3:3|4", "4:5|6" }));

    [Test]
    public void AnOpenQuoteBeforeAQuotedFieldCostsItsOwnLineOnly() =>
        Assert.That(Rows("a,b,c\n1,\"open,0\n3,\"four\",5\n6,7,8\n"), Is.EqualTo(new[] { "2!quote-open", "3:3|four|5", "4:6|7|8" }));

    [Test]
    public void AnOpenQuoteIsReportedWhereItOpensEvenInsideALongerRecord() =>
        Assert.That(Rows("a,b\n\"one\ntwo\",\"open\n3,4\n"), Is.EqualTo(new[] { "3!quote-open", "4:3|4" }));

    [Test]
    public void AnOpenQuoteIsFollowedForSixtyFourLinesOnly()
    {
        var file = "a,b\n1,\"open\n" + string.Concat(Enumerable.Repeat("3,4\n", 1000)) + "5,\"x\"\n";
        var rows = Rows(file);
        Assert.That(rows, Has.Count.EqualTo(1002));
        Assert.That((rows[0], rows[1], rows[^1]), Is.EqualTo(("2!quote-open", "3:3|4", "1003:5|x")));
    }

    [Test]
    public void AQuoteThatClosesByAccidentSwallowsNoRowsInSilence() =>
        Assert.That(Rows("a,b,c\n1,\"open,2\n3,4,5\n6,7\",8\n9,9,9\n"), Is.EqualTo(new[] { "2!quote-swallows-rows", "5:9|9|9" }));

    [TestCase("1,a\"b", "quote-stray")]
    [TestCase("1, \"b\"", "quote-stray")]
    [TestCase("1,\"a\"b", "quote-text-after")]
    [TestCase("1,a\0b", "nul-byte")]
    [TestCase("1,\"a\0b\"", "nul-byte")]
    [TestCase("1", "row-ragged")]
    [TestCase("1,2,3", "row-ragged")]
    public void AMalformedRowCostsItselfOnly(string row, string code) =>
        Assert.That(Rows($"a,b\n{row}\n3,4\n"), Is.EqualTo(new[] { $"2!{code}", "3:3|4" }));

    [TestCase(40_000, "field-too-long")]
    [TestCase(1_000_000, "field-too-long")]
    [TestCase(1_000_000, "field-too-long", '"')]
    public void AnOverlongFieldCostsItsLineOnly(int length, string code, char? quote = null)
    {
        var field = quote + new string('x', length) + quote;
        Assert.That(Rows($"a,b\n1,{field}\n3,4\n"), Is.EqualTo(new[] { $"2!{code}", "3:3|4" }));
        Assert.That(Rows($"a,b\r\n1,{field}\r\n\r\n3,4\r\n1,{field}"), Is.EqualTo(new[] { $"2!{code}", "4:3|4", $"5!{code}" }));
    }

    [Test]
    public void ALongLineOfShortFieldsIsOneBadRow()
    {
        var line = string.Join(',', Enumerable.Repeat(new string('x', 10_000), 200));
        Assert.That(Rows($"a,b\n{line}\n3,4\n"), Is.EqualTo(new[] { "2!line-too-long", "3:3|4" }));
        Assert.That(Rows($"a,b\n{new string(',', 300)}1\n3,4\n"), Is.EqualTo(new[] { "2!too-many-columns", "3:3|4" }));
    }

    [Test]
    public void InvalidUtf8InAUtf8FileCostsItsRowOnly() =>
        Assert.That(Rows([.. "a,b\n1,é\n2,"u8, 0xE9, .. "\n3,4\n"u8]), Is.EqualTo(new[] { "2:1|é", "3!encoding-invalid", "4:3|4" }));

    [Test]
    public void AFileThatCannotBeUtf8IsReadAsWindows1252WithAWarning()
    {
        byte[] file = [.. "a,b\n1,caf"u8, 0xE9, .. "\n2,"u8, 0x80, .. "\n"u8];
        using var reader = DelimitedReader.Open(new MemoryStream(file)).Value;
        Assert.That(reader.Notices.Select(n => n.Code), Is.EqualTo(new[] { "encoding-assumed" }));
        Assert.That(Rows(file), Is.EqualTo(new[] { "2:1|café", "3:2|€" }));
        Assert.That(Rows(file, new(FileEncoding.Utf8)), Is.EqualTo(new[] { "2!encoding-invalid", "3!encoding-invalid" }));
        Assert.That(Rows(file, new(FileEncoding.Windows1252)), Is.EqualTo(new[] { "2:1|café", "3:2|€" }));
    }

    [Test]
    public void Utf16IsReadByItsMarkOrWhenToldSo()
    {
        foreach (var encoding in new Encoding[] { Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.That(Rows([.. encoding.GetPreamble(), .. encoding.GetBytes("a;b\r\n1;é€\r\n")]), Is.EqualTo(new[] { "2:1|é€" }));
        Assert.That(Rows(Encoding.Unicode.GetBytes("a,b\n1,2\n"), new(FileEncoding.Utf16LittleEndian)), Is.EqualTo(new[] { "2:1|2" }));
        Assert.That(DelimitedReader.Open(new MemoryStream(Encoding.Unicode.GetBytes("a,b\n1,2\n"))).Refusal!.Code, Is.EqualTo("header-unreadable"));
    }

    [Test]
    public void AFileWithoutAReadableHeaderIsRefused()
    {
        Assert.That(DelimitedReader.Open(new MemoryStream()).Refusal!.Code, Is.EqualTo("file-empty"));
        Assert.That(DelimitedReader.Open(new MemoryStream("\n\n"u8.ToArray())).Refusal!.Code, Is.EqualTo("file-empty"));
        Assert.That(DelimitedReader.Open(new MemoryStream("a,\"b\n1,2\n"u8.ToArray())).Refusal!.Code, Is.EqualTo("header-unreadable"));
        Assert.That(DelimitedReader.Open(new MemoryStream("a,b"u8.ToArray()), new(Separator: 'x')).Refusal!.Code, Is.EqualTo("separator-unknown"));
    }

    [Test]
    public void RowsAcrossTheBufferEdgeAreReadWhole()
    {
        var text = new StringBuilder("a,b\r\n");
        for (var i = 0; i < 200_000; i++) text.Append(i % 3 == 0 ? $"{i},\"q\"\"{i}\"\r\n" : $"{i},é{i}\r\n");
        var rows = Rows(text.ToString());
        Assert.That(rows, Has.Count.EqualTo(200_000));
        for (var i = 0; i < rows.Count; i++)
            Assert.That(rows[i], Is.EqualTo(i % 3 == 0 ? $"{i + 2}:{i}|q\"{i}" : $"{i + 2}:{i}|é{i}"));
    }
}
