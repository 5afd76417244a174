using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

public sealed class XlsxWriterTests
{
    [Test]
    public void WhatXmlCannotHoldIsWrittenInTheFormatsOwnEscape()
    {
        using var bytes = new MemoryStream();
        using (var workbook = new XlsxWriter(bytes, "")) workbook.Header(["text"]).Text("a\u0001b").EndRow().Text("_x0041_").EndRow();
        using var archive = new System.IO.Compression.ZipArchive(bytes);
        using var sheet = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.That(sheet.ReadToEnd(), Does.Contain(">a_x0001_b<").And.Contain(">_x005F_x0041_<"));
    }

    [Test]
    public void WorkbookReadsBackWhatWasWritten()
    {
        string[] texts = ["=1+1", "O'Neil & Söhne <\"x\">", " two  spaces ", "𝄞", "0007"];
        using var bytes = new MemoryStream();
        using (var workbook = new XlsxWriter(bytes, "A/very:long*name that does not fit a sheet"))
        {
            workbook.Header(["text", "amount", "date", "count"]);
            foreach (var text in texts) workbook.Text(text).Amount(Money.Parse("-12345678901.05")).Date(new DateOnly(2026, 6, 30)).Integer(-7).EndRow();
            workbook.Text("").Amount(null).Date(null).Integer(null).EndRow();
        }
        using var rows = new ImportFile("a.xlsx", () => new MemoryStream(bytes.ToArray(), writable: false)).OpenRows().Value;
        Assert.That(rows.Header, Is.EqualTo(["text", "amount", "date", "count"]));
        foreach (var text in texts)
        {
            Assert.That(rows.Read(), Is.True);
            string Field(int column) => Encoding.UTF8.GetString(rows.Field(column));
            Assert.That((Field(0).Trim(), Field(1), Field(2), Field(3)), Is.EqualTo((text.Trim(), "-12345678901.05", "2026-06-30", "-7")));
        }
    }
}
