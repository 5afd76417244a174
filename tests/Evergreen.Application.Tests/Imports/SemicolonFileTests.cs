using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

/// <summary>The same table with semicolons: no cell changes, none is split and none is joined.</summary>
public sealed class SemicolonFileTests
{
    [TestCase("a,b\r\n", "a;b\r\n")]
    [TestCase("\"a,b\",c\r\n", "\"a,b\";c\r\n")]
    [TestCase("a;b,c\r\n", "\"a;b\";c\r\n")]
    [TestCase("\"say \"\"a;b,c\"\"\r\nand go\",d", "\"say \"\"a;b,c\"\"\r\nand go\";d")]
    [TestCase(",,\r\n", ";;\r\n")]
    [TestCase("x,a;b", "x;\"a;b\"")]
    [TestCase("", "")]
    [TestCase("\uFEFF\"a;b\",c", "\uFEFF\"a;b\";c")]
    [TestCase("\uFEFFa;b,c", "\uFEFF\"a;b\";c")]
    public void FieldsStayWhatTheyAre(string commas, string semicolons)
    {
        using var to = new MemoryStream();
        SemicolonFile.Write(new MemoryStream(Encoding.UTF8.GetBytes(commas)), to);
        Assert.That(Encoding.UTF8.GetString(to.ToArray()), Is.EqualTo(semicolons));
    }

    /// <summary>What the house wrote with commas and handed out with semicolons is read back as it was, also where a field lies across two reads.</summary>
    [Test]
    public void LongFileIsReadBackAsItWas()
    {
        string[] texts = ["plain", "with, comma", "with; semicolon", "\"quoted\"", "two\r\nlines", "Núñez; \"José\", and so on", "=SUM(A1;B1)", " spaced "];
        using var commas = new MemoryStream();
        using (var writer = new StreamWriter(commas, new UTF8Encoding(false), leaveOpen: true))
        {
            var csv = new CsvWriter(writer);
            for (var row = 0; row < 3000; row++) csv.Text(texts[row % 8]).Amount(new Money(row)).Text(texts[(row + 3) % 8]).EndRow();
        }
        commas.Position = 0;
        using var semicolons = new MemoryStream();
        SemicolonFile.Write(commas, semicolons);
        Assert.That(Cells(semicolons.ToArray(), ';'), Is.EqualTo(Cells(commas.ToArray(), ',')));
        Assert.That(Cells(semicolons.ToArray(), ';'), Has.Count.EqualTo(9000));
    }

    private static List<string> Cells(byte[] file, char separator)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        var text = Encoding.UTF8.GetString(file);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            if (!quoted && (text[i] == separator || text[i] == '\n'))
            {
                cells.Add(cell.ToString().TrimEnd('\r').Trim('"'));
                cell.Clear();
            }
            else cell.Append(text[i]);
        }
        return cells;
    }
}
