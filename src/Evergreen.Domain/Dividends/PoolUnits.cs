using System.Numerics;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Patronage;

namespace Evergreen.Domain.Dividends;

/// <summary>Counts a pool's units: per member with class weights, and of members and all patrons without them for the member ratio.</summary>
internal sealed class PoolUnits
{
    /// <summary>Units stand in 1/Scale of the measure's hundredths or cents.</summary>
    public BigInteger Scale { get; }

    /// <summary>Per member, never below zero, zero where not eligible.</summary>
    public BigInteger[] Units { get; }

    /// <summary>Of those, the part that no consent covers.</summary>
    public BigInteger[] OutsideConsent { get; }
    public BigInteger Total { get; }

    /// <summary>Units of rows with a member number, without class weights; the numerator of the member ratio.</summary>
    public BigInteger MemberUnits { get; }
    public BigInteger AllUnits { get; }

    /// <summary>Members whose units of the year are below zero: they count as none and are listed.</summary>
    public IReadOnlyList<string> BelowZero { get; }

    public PoolUnits(CalculationInputs inputs, PoolPolicy pool, Dictionary<int, int> indexOf, long[] hours)
    {
        var members = inputs.Members;
        var common = BigInteger.One;
        foreach (var part in pool.Unit) common = Common(common, part.Weight.Denominator);
        var classCommon = BigInteger.One;
        foreach (var weight in pool.ClassWeights.Values) classCommon = Common(classCommon, weight.Denominator);
        Scale = common * classCommon;

        var raw = Count(inputs.Patronage, out var nonMember);
        var outside = Count(inputs.OutsideConsent, out _);
        BigInteger memberUnits = 0;
        foreach (var units in raw) memberUnits += units;
        MemberUnits = memberUnits;
        AllUnits = memberUnits + nonMember;

        Units = new BigInteger[members.Count];
        OutsideConsent = new BigInteger[members.Count];
        var belowZero = new List<string>();
        BigInteger total = 0;
        for (var i = 0; i < members.Count; i++)
        {
            if (raw[i].Sign < 0) belowZero.Add(members[i].Number);
            if (raw[i].Sign <= 0 || pool.Eligibility.GapOf(members[i], hours[i], inputs.Year) is not null) continue;
            var weight = pool.WeightOf(members[i].Classes);
            var scaled = weight.Numerator * (classCommon / weight.Denominator);
            Units[i] = raw[i] * scaled;
            OutsideConsent[i] = members[i].Consent.IsNone ? Units[i] : BigInteger.Min(Units[i], BigInteger.Max(0, outside[i]) * scaled);
            total += Units[i];
        }
        Total = total;
        BelowZero = belowZero;

        BigInteger[] Count(IReadOnlyList<PatronageSum> sums, out BigInteger others)
        {
            var counted = new BigInteger[members.Count];
            others = 0;
            foreach (var sum in sums)
            {
                foreach (var part in pool.Unit)
                {
                    if (part.Measure != sum.Measure || !part.Counts(sum.Category, sum.Eligibility)) continue;
                    var units = sum.Quantity * (part.Weight.Numerator * (common / part.Weight.Denominator));
                    if (sum.MemberId == 0) others += units;
                    else counted[indexOf[sum.MemberId]] += units;
                }
            }
            return counted;
        }
    }

    private static BigInteger Common(BigInteger a, BigInteger b) => a / BigInteger.GreatestCommonDivisor(a, b) * b;
}
