using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Members;

/// <summary>What the law says of nominations by members of a registered society: to whom a member's property in it goes at death, without going through the estate.</summary>
/// <remarks>Co-operative and Community Benefit Societies Act 2014, sections 37 and 38.</remarks>
public static class Nomination
{
    private static readonly (DateOnly From, long Cents)[] Limits = [(new DateOnly(2014, 8, 1), 5_000_00)];

    /// <summary>Up to what property, in pence, a nomination is good at a death on the date; null before the Act.</summary>
    /// <remarks>Section 37; an order may raise it, and a further line here then says from when.</remarks>
    public static long? LimitCents(DateOnly date)
    {
        long? limit = null;
        foreach (var (from, cents) in Limits)
            if (from <= date) limit = cents;
        return limit;
    }

    /// <summary>Whether someone may be named: an officer or employee of the society only where they are next of kin.</summary>
    /// <remarks>Section 37.</remarks>
    public static bool MayBeNamed(Kinship kinship, bool ofTheSociety) => !ofTheSociety || kinship != Kinship.Other;

    /// <summary>Divides the property between those who were named on the day of the death and the estate: to each nominee a percent of it, to all of them together no more than the limit, and to the estate what is left.</summary>
    /// <param name="property">What the member had in the society at death; zero or more.</param>
    /// <param name="named">Everybody whom the member ever named; those not in force on the day are left out.</param>
    /// <returns>Whole cents by largest remainder, ties to whoever was named first; nominees and estate sum to the property.</returns>
    /// <remarks>
    /// Section 37(4): where the property comprised in the nomination exceeds 5,000 pounds, the nomination is good for 5,000 and no further; so each percent is of the whole property, and only their sum is cut. Section 37(3): the part of an
    /// officer or employee who is no next of kin goes to the estate. Where two records that were one person name more than the whole, each nominee's part shrinks alike.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The property is below zero, or the death lies before the Act.</exception>
    public static NominationShares Divide(Money property, IEnumerable<Beneficiary> named, DateOnly diedOn)
    {
        if (property.IsNegative) throw new ArgumentOutOfRangeException(nameof(property), property, "Property at death is zero or more.");
        var limit = new Money(LimitCents(diedOn) ?? throw new ArgumentOutOfRangeException(nameof(diedOn), diedOn, "The Act is in force from 2014-08-01."));
        var inForce = named.Where(one => one.IsInForce(diedOn)).OrderBy(one => one.On).ThenBy(one => one.Id).ToList();
        var percents = inForce.ConvertAll(one => MayBeNamed(one.Kinship, one.OfTheCoOp) ? (long)one.Percent : 0);
        var sum = percents.Sum();
        if (sum == 0) return new(property, limit, inForce.ConvertAll(one => new NominatedPart(one, Money.Zero, IsBarred: true)), property);
        var ofProperty = Apportionment.Apportion(property, percents.Append(Math.Max(0, 100 - sum)).ToArray());
        var nominated = property - ofProperty[inForce.Count];
        var parts = nominated > limit ? Apportionment.Apportion(limit, percents.ToArray()) : ofProperty;
        return new(property, limit, [.. inForce.Select((one, i) => new NominatedPart(one, parts[i], percents[i] == 0))], property - Money.Min(nominated, limit));
    }
}

/// <summary>What one nominee gets.</summary>
/// <param name="IsBarred">An officer or employee of the society who is no next of kin: the nomination is not valid.</param>
public sealed record NominatedPart(Beneficiary Nominee, Money Amount, bool IsBarred);

/// <summary>Property in the society at a member's death, divided.</summary>
/// <param name="Limit">What all nominees together may get.</param>
/// <param name="Parts">In the order in which they were named.</param>
/// <param name="Estate">What goes through the estate.</param>
public sealed record NominationShares(Money Property, Money Limit, IReadOnlyList<NominatedPart> Parts, Money Estate);
