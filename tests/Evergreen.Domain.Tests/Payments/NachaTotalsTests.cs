using Evergreen.Domain.Payments;
using Evergreen.Domain.Tests.Books;

namespace Evergreen.Domain.Tests.Payments;

public sealed class NachaTotalsTests
{
    private static readonly string[] Lines = [.. Sheet.Of("nacha-ppd-credit").At("lines").EnumerateArray().Select(line => line.GetString()!)];

    /// <remarks>https://github.com/moov-io/ach, examples/testdata/ppd-credit.ach</remarks>
    [Test]
    public void ThePublishedFileIsFoundTrue()
    {
        var sheet = Sheet.Of("nacha-ppd-credit");
        Assert.That(NachaTotals.Verify(Lines).Value, Is.EqualTo(new NachaTotals(sheet.Number("expected.batches"), sheet.Number("expected.entries"), sheet.Number("expected.entryHash"),
            sheet.Money("expected.debits"), sheet.Money("expected.credits"), sheet.Number("expected.blocks"))));
        Assert.That(RoutingNumber.IsValid(sheet.Text("expected.routing")), Is.True);
        Assert.That(string.Join('\n', Lines), Has.Length.EqualTo(949));
    }

    [TestCase(2, 38, '5', "nacha-totals-differ", "Line 4, positions 33-44: credits stated as '000100000000', but the records make 100000005.")]
    [TestCase(3, 9, '2', "nacha-totals-differ", "entry and addenda count")]
    [TestCase(3, 19, '1', "nacha-totals-differ", "entry hash")]
    [TestCase(3, 31, '1', "nacha-totals-differ", "debits")]
    [TestCase(4, 6, '2', "nacha-totals-differ", "batch count")]
    [TestCase(4, 12, '2', "nacha-totals-differ", "block count")]
    [TestCase(4, 20, '2', "nacha-totals-differ", "entry and addenda count")]
    [TestCase(4, 30, '9', "nacha-totals-differ", "entry hash")]
    [TestCase(4, 42, '1', "nacha-totals-differ", "debits")]
    [TestCase(4, 54, '1', "nacha-totals-differ", "credits")]
    [TestCase(2, 11, '5', "nacha-unreadable", "check digit")]
    [TestCase(2, 29, 'x', "nacha-unreadable", "not a number")]
    [TestCase(2, 60, 'é', "nacha-unreadable", "ASCII")]
    [TestCase(0, 0, '5', "nacha-unreadable", "Line 1 is not a file header")]
    [TestCase(1, 0, '6', "nacha-unreadable", "Line 2 has a record of type '6'")]
    [TestCase(6, 10, '0', "nacha-unreadable", "Line 7 stands after the file control")]
    public void AChangedCharacterIsFoundWithItsLine(int line, int at, char character, string code, string sentence)
    {
        var lines = Lines.ToArray();
        var changed = lines[line].ToCharArray();
        changed[at] = character;
        lines[line] = new string(changed);
        var refusal = NachaTotals.Verify(lines).Refusal!;
        Assert.That(refusal.Code, Is.EqualTo(code));
        Assert.That(refusal.Sentence, Does.Contain(sentence));
    }

    [Test]
    public void AFileThatWasCutOffIsRefused()
    {
        Assert.That(NachaTotals.Verify(Lines[..4]).Refusal!.Sentence, Does.Contain("no file control"));
        Assert.That(NachaTotals.Verify(Lines[..9]).Refusal!.Sentence, Does.Contain("9 lines"));
        Assert.That(NachaTotals.Verify([]).IsRefused, Is.True);
        Assert.That(NachaTotals.Verify([.. Lines[..2], Lines[2] + " ", .. Lines[3..]]).Refusal!.Sentence, Does.Contain("Line 3 has 95 characters"));
    }

    [Test]
    public void TheHashKeepsTenDigits() => Assert.That(NachaTotals.AddToHash(9_999_999_999, 23138010), Is.EqualTo(23138009));

    [TestCase(10, 1)]
    [TestCase(11, 2)]
    [TestCase(20, 2)]
    public void BlocksAreTensRoundedUp(long lines, long blocks) => Assert.That(NachaTotals.BlocksOf(lines), Is.EqualTo(blocks));
}
