using CsCheck;
using Evergreen.Domain.Members;

namespace Evergreen.Domain.Tests.Members;

/// <summary>Nominations by members of a registered society: Co-operative and Community Benefit Societies Act 2014, section 37.</summary>
public sealed class NominationTests
{
    private static readonly DateOnly Died = new(2026, 3, 1);

    private static Beneficiary Named(int id, int percent, Kinship kinship = Kinship.Other, bool ofTheCoOp = false, int sinceDays = 100, int? withdrawnDays = null) => new()
    {
        Id = id, CoOpId = 1, MemberId = 1, At = DateTime.UnixEpoch, By = "member", On = Died.AddDays(-sinceDays), Name = $"Nominee {id}", Kinship = kinship, Percent = percent, OfTheCoOp = ofTheCoOp,
        WithdrawnOn = withdrawnDays is { } days ? Died.AddDays(-days) : null,
    };

    // Worked out by hand: thirds of 100.00; ten thousand cut to five; a half and a quarter of 12,000, which are 9,000, cut to 5,000 as 2 : 1.
    [TestCase("100.00", "33 33 33", "33.00 33.00 33.00", "1.00")]
    [TestCase("0.10", "33 33 33", "0.04 0.03 0.03", "0.00")]
    [TestCase("10000.00", "100", "5000.00", "5000.00")]
    [TestCase("12000.00", "50 25", "3333.33 1666.67", "7000.00")]
    [TestCase("5000.00", "60 40", "3000.00 2000.00", "0.00")]
    [TestCase("20000.00", "20", "4000.00", "16000.00")]
    [TestCase("0.00", "100", "0.00", "0.00")]
    [TestCase("300.00", "", "", "300.00")]
    public void EachPercentIsOfTheWholePropertyAndTheSumIsCut(string property, string percents, string parts, string estate)
    {
        var shares = Nomination.Divide(Money.Parse(property), Words(percents).Select((percent, i) => Named(i, int.Parse(percent))), Died);
        Assert.That((shares.Parts.Select(part => part.Amount.ToString()), shares.Estate.ToString()), Is.EqualTo((Words(parts), estate)));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [Test]
    public void ThePartOfAnOfficerWhoIsNoNextOfKinGoesToTheEstate()
    {
        var shares = Nomination.Divide(Money.Parse("100.00"), [Named(1, 50, ofTheCoOp: true), Named(2, 30, Kinship.Sibling, ofTheCoOp: true), Named(3, 20)], Died);
        Assert.That(shares.Parts.Select(part => (part.Nominee.Id, part.Amount.ToString(), part.IsBarred)), Is.EqualTo(new[] { (1, "0.00", true), (2, "30.00", false), (3, "20.00", false) }));
        Assert.That(shares.Estate, Is.EqualTo(Money.Parse("50.00")));
    }

    [Test]
    public void OnlyWhoWasNamedOnTheDayCounts()
    {
        var shares = Nomination.Divide(Money.Parse("100.00"), [Named(1, 10, sinceDays: 0), Named(2, 20, sinceDays: -1), Named(3, 30, withdrawnDays: 0), Named(4, 40, withdrawnDays: -1)], Died);
        Assert.That(shares.Parts.Select(part => part.Nominee.Id), Is.EqualTo(new[] { 4, 1 }), "in the order of naming, not those named the day after or withdrawn by the day");
        Assert.That(shares.Estate, Is.EqualTo(Money.Parse("50.00")));
    }

    [Test]
    public void ADeathBeforeTheActOrPropertyBelowZeroIsNotDivided()
    {
        Assert.That(() => Nomination.Divide(Money.Zero, [], new DateOnly(2014, 7, 31)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Nomination.Divide(new Money(-1), [], Died), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    /// <summary>Law J8: nominations are honoured up to 5,000 pounds and no further, and nothing of the property is lost.</summary>
    [Test]
    public void NomineesGetTheirPartsUpToFiveThousandAndTheEstateTheRest()
    {
        var nominee = Gen.Select(Gen.Int[1, 100], Gen.Bool, Gen.Int[1, 7], Gen.Int[-3, 30], Gen.Int[-3, 60]);
        Gen.Select(Gen.OneOf(Gen.Long[0, 20_000], Gen.Long[0, 12_000_000]), nominee.List[0, 6]).Sample((cents, drawn) =>
        {
            var property = new Money(cents);
            var named = drawn.Select((one, i) => Named(i + 1, one.Item1, (Kinship)one.Item3, one.Item2, one.Item4, one.Item5 > 30 ? null : one.Item5)).ToList();
            var shares = Nomination.Divide(property, named, Died);

            // In force on the day, and either nothing of the society or next of kin.
            var good = named.Where(one => one.On <= Died && !(one.WithdrawnOn <= Died) && !(one.OfTheCoOp && one.Kinship == Kinship.Other)).ToList();
            var percents = good.Sum(one => one.Percent);
            // As exact fractions of a cent: percent of the property, or a part of the whole where more than all of it was named, or a part of the limit.
            var whole = new Ratio(property.Cents * Math.Min(percents, 100), 100);
            var cut = whole < new Ratio(500_000, 1) ? whole : new Ratio(500_000, 1);

            Assert.That(shares.Parts.Sum(part => part.Amount) + shares.Estate, Is.EqualTo(property));
            Assert.That(shares.Parts.All(part => !part.Amount.IsNegative) && !shares.Estate.IsNegative, Is.True);
            Assert.That(shares.Parts.Sum(part => part.Amount), Is.LessThanOrEqualTo(Money.Parse("5000.00")));
            Assert.That(shares.Parts.Where(part => !part.IsBarred).Select(part => part.Nominee.Id), Is.EquivalentTo(good.Select(one => one.Id)));
            Assert.That(shares.Parts.Where(part => part.IsBarred).All(part => part.Amount.IsZero), Is.True);
            foreach (var part in shares.Parts.Where(part => !part.IsBarred))
            {
                var exact = cut * new Ratio(part.Nominee.Percent, percents);
                var off = exact - new Ratio(part.Amount.Cents, 1);
                Assert.That(off < Ratio.One && off > new Ratio(-1, 1), Is.True, $"{part.Amount} for {exact} cents");
            }
        }, seed: "0000Evergreen", iter: 2_000, threads: 1);
    }
}
