using System.Globalization;
using System.Text;
using Evergreen.Application.Imports;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

public sealed class PlausibilityTests
{
    private sealed record Sale(string Id, string Member, string On, long Cents, string Department);

    private static List<Sale> Sales(int seed, int rows)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(i => new Sale($"R{seed}-{i}", random.Next(1, 3000).ToString(CultureInfo.InvariantCulture),
            new DateOnly(2025, 1, 1).AddDays(random.Next(31) + 31 * (seed % 11)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            random.Next(20) == 0 ? -random.Next(100, 5_000) : random.Next(99, 12_000), random.Next(100, 999).ToString(CultureInfo.InvariantCulture)))];
    }

    private static ControlTotals Read(IEnumerable<Sale> sales, Func<Sale, string> row)
    {
        var text = new StringBuilder("source_id,member_number,purchased_on,amount,department\r\n");
        foreach (var sale in sales) text.Append(row(sale)).Append("\r\n");
        return CanonicalRowsTests.ReadAll(CanonicalRowsTests.File(text.ToString()), Profile.Canonical(CanonicalFile.Purchases)).Totals;
    }

    private static string Line(Sale s, string? amount = null) => $"{s.Id},{s.Member},{s.On},{amount ?? new Domain.Arithmetic.Money(s.Cents).ToString()},{s.Department}";
    private static string Plain(long cents) => new Domain.Arithmetic.Money(cents).ToString();

    private static readonly (string Name, Func<Sale, string> Row)[] Wrongs =
    [
        ("sign turned", s => Line(s, Plain(-s.Cents))),
        ("sign lost on refunds and set on sales of one department group", s => Line(s, Plain(s.Department[0] < '5' ? -Math.Abs(s.Cents) : Math.Abs(s.Cents)))),
        ("cents as whole units", s => Line(s, s.Cents.ToString(CultureInfo.InvariantCulture))),
        ("a hundred times too small", s => Line(s, Plain(s.Cents / 100))),
        ("a thousand times too large", s => Line(s, Plain(s.Cents * 1000))),
        ("one row a hundred thousand times too large", s => Line(s, Plain(s.Id.EndsWith("-7", StringComparison.Ordinal) ? 120_000_00 : s.Cents))),
        ("member number in the amount's place", s => Line(s with { Member = "1" }, s.Member)),
        ("department in the amount's place", s => Line(s, s.Department)),
        ("columns moved by one", s => $"{s.Member},{s.Id},{Plain(s.Cents)},{s.On},{s.Department}"),
        ("a quantity in the amount's place", s => Line(s, (1 + Math.Abs(s.Cents) % 3).ToString(CultureInfo.InvariantCulture))),
    ];

    [Test]
    public void TwoHundredWrongFilesAreAllFlagged()
    {
        var missed = new List<string>();
        for (var seed = 1; seed <= 20; seed++)
        {
            var before = Read(Sales(seed, 300 + 40 * seed), s => Line(s));
            foreach (var (name, row) in Wrongs)
                if (Plausibility.Compare(Read(Sales(seed + 100, 250 + 50 * seed), row), before).Count == 0) missed.Add($"{name} ({seed})");
        }
        Assert.That(missed, Is.Empty);
    }

    [Test]
    public void TwoHundredRightFilesPassUnflagged()
    {
        var flagged = new List<string>();
        for (var seed = 1; seed <= 200; seed++)
        {
            var warnings = Plausibility.Compare(Read(Sales(seed, 200), s => Line(s)), Read(Sales(seed + 1000, 260), s => Line(s)));
            if (warnings.Count > 0) flagged.Add($"{seed}: {warnings[0]}");
        }
        Assert.That(flagged, Is.Empty);
    }

    [TestCase(0, "sign-flipped")]
    [TestCase(2, "scaled-up")]
    [TestCase(3, "scaled-down")]
    [TestCase(4, "average-changed")]
    [TestCase(5, "extreme-value")]
    [TestCase(7, "cents-lost")]
    [TestCase(8, "mostly-rejected")]
    public void EachWrongIsCalledByItsName(int wrong, string code) =>
        Assert.That(Plausibility.Compare(Read(Sales(101, 500), Wrongs[wrong].Row), Read(Sales(1, 500), s => Line(s))).Select(w => w.Code), Does.Contain(code));

    [Test]
    public void TheFirstRowThatTakesSomethingBackIsNoExtreme()
    {
        var before = Read(Sales(1, 100).Select(s => s with { Cents = Math.Abs(s.Cents) }), s => Line(s));
        Assert.That(Plausibility.Compare(Read(Sales(2, 100).Select((s, n) => s with { Cents = n == 0 ? -Math.Abs(s.Cents) : Math.Abs(s.Cents) }), s => Line(s)), before), Is.Empty);
    }

    [Test]
    public void TheFirstFileOfAKindIsLookedAtAlone()
    {
        Assert.That(Plausibility.Compare(Read(Sales(1, 100), s => Line(s, Plain(-s.Cents))), null).Select(w => w.Code), Is.EqualTo(new[] { "sign-mostly-negative" }));
        Assert.That(Plausibility.Compare(Read(Sales(1, 100), s => Line(s)), null), Is.Empty);
    }

    [Test]
    public void AnEmptiedColumnIsMissed()
    {
        var before = Read(Sales(1, 100), s => Line(s));
        Assert.That(Plausibility.Compare(new ControlTotals { RowsInFile = 100, Accepted = 100 }, before).Select(w => w.Code), Is.EqualTo(new[] { "column-emptied" }));
        Assert.That(Plausibility.Compare(new ControlTotals { RowsInFile = 100, Skipped = 100 }, before), Is.Empty, "where every row was there already, no column is missed");
    }
}
