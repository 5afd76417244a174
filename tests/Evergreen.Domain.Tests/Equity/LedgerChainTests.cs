using System.Security.Cryptography;
using System.Text;
using Evergreen.Domain.Equity;

namespace Evergreen.Domain.Tests.Equity;

public sealed class LedgerChainTests
{
    private sealed record Link(byte[] Previous, string CoOp, string Currency, long Sequence, DateTime At, EntryKind Kind, long Source, long Item, DateOnly On, long? Reverses, string Narration, EntryLine[] Lines)
    {
        public string Hash()
        {
            var hash = new byte[32];
            LedgerChain.Link(Previous, CoOp, Currency, Sequence, At, Kind, Source, Item, On, Reverses, Narration, Lines, hash);
            return Convert.ToHexStringLower(hash);
        }
    }

    private static readonly Link Example = new(LedgerChain.Genesis, "laundry", "USD", 17, new DateTime(2027, 3, 15, 9, 30, 1, 250, DateTimeKind.Utc), EntryKind.DividendAllocation, 4, 1001, new DateOnly(2027, 3, 15), null,
        "Dividend | FY2026\\1\nsecond line, Łódź", [new("3950", null, 2026, 50000), new("2000", 1001, null, -10000), new("3200", 1001, 2026, -40000)]);

    [Test]
    public void TheHashIsThatOfTheDocumentedText()
    {
        const string text = "evergreen-entry-1\n"
            + "laundry|17|4|4|1001|2027-03-15|2027-03-15T09:30:01.250Z|\n"
            + "Dividend \\| FY2026\\\\1\\nsecond line, Łódź\n"
            + "1|3950|USD||2026|50000\n"
            + "2|2000|USD|1001||-10000\n"
            + "3|3200|USD|1001|2026|-40000\n";
        Assert.That(Example.Hash(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData([.. new byte[32], .. Encoding.UTF8.GetBytes(text)]))));
        const string reversal = "evergreen-entry-1\nlaundry|17|4|4|1001|2027-03-15|2027-03-15T09:30:01.250Z|12\nReversal\n1|3950|USD||2026|1\n2|2000|USD|1001||-1\n";
        Assert.That((Example with { Reverses = 12, Narration = "Reversal", Lines = [new("3950", null, 2026, 1), new("2000", 1001, null, -1)] }).Hash(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData([.. new byte[32], .. Encoding.UTF8.GetBytes(reversal)]))));
    }

    [Test]
    public void LongEntriesOutgrowTheStackWithoutAChange()
    {
        var lines = Enumerable.Range(1, 500).SelectMany(i => new EntryLine[] { new("3200", i, 2026, i), new("3950", null, 2026, -i) }).ToArray();
        var text = new StringBuilder("evergreen-entry-1\nlaundry|17|4|4|1001|2027-03-15|2027-03-15T09:30:01.250Z|\nx\n");
        for (var i = 0; i < lines.Length; i++) text.Append($"{i + 1}|{lines[i].AccountCode}|USD|{lines[i].MemberId}|{lines[i].Lot}|{lines[i].AmountCents}\n");
        Assert.That((Example with { Narration = "x", Lines = lines }).Hash(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData([.. new byte[32], .. Encoding.UTF8.GetBytes(text.ToString())]))));
    }

    [Test]
    public void AChangeInAnyFieldChangesTheHash()
    {
        var first = Example.Lines[0];
        Link WithLine(EntryLine line) => Example with { Lines = [line, .. Example.Lines[1..]] };
        Link[] changed =
        [
            Example with { Previous = [1, .. new byte[31]] }, Example with { CoOp = "Laundry" }, Example with { Currency = "GBP" }, Example with { Sequence = 18 }, Example with { At = Example.At.AddMilliseconds(1) },
            Example with { Kind = EntryKind.Reversal }, Example with { Source = 5 }, Example with { Item = 1002 }, Example with { On = Example.On.AddDays(1) }, Example with { Reverses = 1 }, Example with { Narration = Example.Narration + " " },
            Example with { Narration = Example.Narration.Replace("\n", "\\n", StringComparison.Ordinal) },
            WithLine(first with { AccountCode = "3960" }), WithLine(first with { MemberId = 1 }), WithLine(first with { Lot = null }), WithLine(first with { AmountCents = 50001 }),
            Example with { Lines = [Example.Lines[1], Example.Lines[0], Example.Lines[2]] }, Example with { Lines = Example.Lines[..2] },
        ];
        Assert.That(changed.Select(link => link.Hash()).Append(Example.Hash()), Is.Unique);
    }

    [Test]
    public void TheChainStartsFromZeros() => Assert.That(LedgerChain.Genesis, Is.EqualTo(new byte[32]));
}
