using CsCheck;
using Evergreen.Domain.Payments;

namespace Evergreen.Domain.Tests.Payments;

public sealed class NachaFileTests
{
    private static readonly NachaOriginator Bakery = new("121042882", "First Bank of Galesburg", "1123456789", "The Bakery Co-operative Society");
    private static readonly NachaMoment Moment = new(new DateTime(2026, 1, 15, 10, 7, 0, DateTimeKind.Utc), new DateOnly(2026, 1, 16), 'A');

    private static string RoutingOf(int eightDigits) => $"{eightDigits:00000000}{RoutingNumber.CheckDigit($"{eightDigits:00000000}")}";

    [Test]
    public void EachRecordIsWhereTheBankLooksForIt()
    {
        var lines = NachaFile.Lines(Bakery,
        [
            new("231380104", "987654321", false, Money.Parse("1234.56"), "0001", "Zoë Łukasz-O'Brien de la Très Longue", false),
            new("021000021", "55501", true, Money.Parse("0.01"), "0002", "Анна Щукина", false),
            new("231380104", "777", false, Money.Parse("20.00"), "0003", "Flour & Sons", true),
        ], "PATRONAGE", Moment);
        Assert.That(lines, Is.EqualTo(new[]
        {
            "101 12104288211234567892601151007A094101FIRST BANK OF GALESBURGTHE BAKERY CO-OPERATIVE        ",
            "5220THE BAKERY CO-OP                    1123456789PPDPATRONAGE 260116260116   1121042880000001",
            "622231380104987654321        00001234560001           ZOE LUKASZ-O'BRIEN DE   0121042880000001",
            "63202100002155501            00000000010002           ANNA SHCHUKINA          0121042880000002",
            "822000000200252380120000000000000000001234571123456789                         121042880000001",
            "5220THE BAKERY CO-OP                    1123456789CCDPATRONAGE 260116260116   1121042880000002",
            "622231380104777              00000020000003           FLOUR & SONS            0121042880000003",
            "822000000100231380100000000000000000000020001123456789                         121042880000002",
            "9000002000001000000030048376022000000000000000000125457                                       ",
            new string('9', 94),
        }));
        Assert.That(NachaTotals.Verify(lines).Value, Is.EqualTo(new NachaTotals(2, 3, 48376022, Money.Zero, Money.Parse("1254.57"), 1)));
        Assert.That(NachaFile.Bytes(lines), Has.Length.EqualTo(10 * 95));
    }

    /// <summary>Whatever is paid to whomever: what the file says of itself is what was asked for, each credit stands in it once, and nothing else does.</summary>
    [Test]
    public void TheFileIsThePaymentsAndSaysSo() => Gen.Select(Gen.Int[0, 99_999_999], Gen.Long[1, NachaFile.LargestCents], Gen.String[0, 40], Gen.Bool, Gen.Bool).Array[1, 60].Sample(drawn =>
    {
        var credits = drawn.Select((one, i) => new NachaCredit(RoutingOf(one.Item1), $"{i + 1:00000}", one.Item4, new Money(one.Item2), $"M{i + 1}", one.Item3, one.Item5)).ToList();
        var lines = NachaFile.Lines(Bakery, credits, "PATRONAGE", Moment);
        var totals = NachaTotals.Verify(lines).Value;
        Assert.That((totals.Entries, totals.Credits, totals.Debits, totals.Batches), Is.EqualTo(((long)credits.Count, credits.Sum(credit => credit.Amount), Money.Zero, credits.Select(credit => credit.IsOrganisation).Distinct().LongCount())));
        Assert.That((new BigInteger(totals.EntryHash), totals.EntryHash), Is.EqualTo((credits.Aggregate(BigInteger.Zero, (sum, credit) => sum + BigInteger.Parse(credit.Routing[..8])) % 10_000_000_000, NachaFile.HashOf(credits.Select(credit => credit.Routing[..8])))));
        var entries = lines.Where(line => line[0] == '6').ToList();
        Assert.That(entries.Select(line => (line[1..3], line[3..12], line[12..29].TrimEnd(), long.Parse(line[29..39]), line[39..54].TrimEnd())),
            Is.EquivalentTo(credits.Select(credit => (credit.IsSavings ? "32" : "22", credit.Routing, credit.Account, credit.Amount.Cents, credit.Id))));
        Assert.That(entries.Select(line => line[54..76]), Has.None.EqualTo(new string(' ', 22)), "everybody has a name");
        Assert.That(entries.Select(line => line[79..94]), Is.Ordered.And.Unique);
        Assert.That(lines.Count % 10, Is.Zero);
    }, seed: "0000Evergreen", iter: 300, threads: 1);

    [TestCase("Ægir Þórsson Øster", "AEGIR THORSSON OSTER")]
    [TestCase("Straße 5; Groß", "STRASSE 5 GROSS")]
    [TestCase("Ιωάννης Παπαδόπουλος", "IOANNIS PAPADOPOULOS")]
    [TestCase("山田", "")]
    public void NamesAreSaidInPlainLetters(string name, string expected) => Assert.That(BankText.Plain(name), Is.EqualTo(expected));

    [Test]
    public void WhatTheFormatCannotSayIsNotWritten()
    {
        NachaCredit Credit(long cents, string routing = "231380104") => new(routing, "1", false, new Money(cents), "1", "A", false);
        void Refused(params NachaCredit[] credits) => Assert.That(() => NachaFile.Lines(Bakery, credits, "PATRONAGE", Moment), Throws.ArgumentException);
        Refused();
        Refused(Credit(0));
        Refused(Credit(NachaFile.LargestCents + 1));
        Refused(Credit(1, "231380105"));
        Refused([.. Enumerable.Repeat(Credit(NachaFile.LargestCents), 101)]);
        Assert.That(() => NachaFile.Lines(Bakery with { BankRouting = "1" }, [Credit(1)], "PATRONAGE", Moment), Throws.ArgumentException);
    }
}
