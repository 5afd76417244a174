using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Patronage;

namespace Evergreen.Domain.Dividends;

public enum NetIncomeBasis
{
    Book = 1,
    Tax = 2,
}

public enum NoticeKind
{
    /// <summary>Retained with a qualified written notice: income to the member now. 26 USC 1388(c).</summary>
    Qualified = 1,

    /// <summary>Retained with a nonqualified notice: income to the member when redeemed. 26 USC 1388(d).</summary>
    Nonqualified = 2,

    /// <summary>No notice: outside Subchapter T, or nothing is retained.</summary>
    None = 3,
}

public enum BelowMinimum
{
    Retain = 1,
    Donate = 2,
    RollForward = 3,
    StoreCredit = 4,

    /// <summary>Assigned to the collective reserve.</summary>
    Pool = 5,
}

public enum LossStep
{
    /// <summary>Charge the collective reserve, as far as it goes.</summary>
    Reserve = 1,

    /// <summary>Set a pool's loss against the other pools' earnings; needs the election of 26 USC 1388(j).</summary>
    OffsetPools = 2,

    /// <summary>Debit members' retained notices by patronage of the loss year, never below zero.</summary>
    MemberAccounts = 3,

    /// <summary>Carry what is left against later years.</summary>
    CarryForward = 4,
}

public enum PoolKind
{
    /// <summary>Divides net earnings by patronage.</summary>
    Patronage = 1,

    /// <summary>United Kingdom: interest on share capital by amount and days, a cost before the dividend.</summary>
    ShareInterest = 2,
}

/// <summary>How a co-op turns a year's result into dividends: adopted by the board for one year, and a value that never changes.</summary>
public sealed record DividendPolicy
{
    public required NetIncomeBasis NetIncomeBasis { get; init; }

    /// <summary>The members' part of patronage net income as an exact fraction, or null where it is taken from the year's records.</summary>
    public Ratio? FixedMemberRatio { get; init; }

    /// <summary>Share of members' patronage net income kept in the collective reserve.</summary>
    public required Ratio CollectiveReserve { get; init; }
    public IReadOnlyList<FundShare> OtherFunds { get; init; } = [];
    public Money CapitalDividends { get; init; }

    /// <summary>Whether dividends on capital reduce the net income that patrons share (26 USC 1388(a), last sentence); otherwise the collective reserve bears them.</summary>
    public bool CapitalDividendsReducePatronageNet { get; init; } = true;
    public required IReadOnlyList<PoolPolicy> Pools { get; init; }
    public Money MinimumPayment { get; init; }
    public BelowMinimum BelowMinimum { get; init; } = BelowMinimum.Retain;
    public IReadOnlyList<LossStep> LossSteps { get; init; } = [LossStep.Reserve, LossStep.CarryForward];

    /// <summary>When the board elected to offset losses between pools, and when patrons were or will be told.</summary>
    public LossOffsetElection? LossOffset { get; init; }
    public RoundingPolicy Rounding { get; init; } = RoundingPolicy.LargestRemainder;

    /// <summary>Rate of backup withholding on the cash of members without a tax id; null where it does not apply. 26 USC 3406.</summary>
    public Ratio? BackupWithholding { get; init; }
    public bool OnePersonMayApprove { get; init; }

    /// <summary>The part of members' patronage net income that is divided among members.</summary>
    public Ratio MembersShare
    {
        get
        {
            var rest = Ratio.One - CollectiveReserve;
            foreach (var fund in OtherFunds) rest -= fund.Share;
            return rest;
        }
    }

    /// <summary>What the law of the regime forbids, as the first sentence that says so; null where the policy may stand.</summary>
    public string? Fault(TaxRegime regime, Periods.FiscalYear year)
    {
        if (Pools.Count == 0) return "pools: a policy needs at least one pool.";
        if (CollectiveReserve.Sign < 0 || MembersShare.Sign < 0) return $"collectiveReserve: the reserve and the other funds take more than the whole; {MembersShare.ToPercent(4)} would be left for members.";
        if (OtherFunds.FirstOrDefault(fund => fund.Share.Sign < 0) is { } negative) return $"otherFunds: the share of '{negative.Code}' is below zero.";
        if (OtherFunds.GroupBy(fund => fund.Code).FirstOrDefault(group => group.Count() > 1) is { } same) return $"otherFunds: the code '{same.Key}' is given to two funds.";
        if (BackupWithholding is { } rate && (rate.Sign < 0 || rate > Ratio.One)) return $"backupWithholding: {rate} is not between 0 and 1.";
        if (FixedMemberRatio is { } ratio && (ratio.Sign < 0 || ratio > Ratio.One)) return $"memberRatio: {ratio} is not between 0 and 1.";
        if (Pools.GroupBy(pool => pool.Code).FirstOrDefault(group => group.Count() > 1) is { } twice) return $"pools: the code '{twice.Key}' is given to two pools.";
        if (LossSteps.Distinct().Count() != LossSteps.Count) return "losses.steps: a step stands there twice.";
        if (LossSteps.Contains(LossStep.OffsetPools) && LossOffset is null) return "losses.offset: offsetting pools needs the election's date and the date of the notice to patrons (26 USC 1388(j)).";
        if (LossOffset is { } offset && regime == TaxRegime.SubchapterT && offset.NoticeOn > Periods.Deadlines.LossOffsetNotice(year))
            return $"losses.offset.noticeOn: {offset.NoticeOn:yyyy-MM-dd} is after {Periods.Deadlines.LossOffsetNotice(year):yyyy-MM-dd}, the last day for telling patrons (26 USC 1388(j)).";
        foreach (var pool in Pools)
        {
            if (pool.Fault(regime) is { } fault) return $"pools['{pool.Code}'].{fault}";
        }
        return null;
    }
}

/// <summary>A share of members' patronage net income that goes to a named fund, e.g. education.</summary>
public sealed record FundShare(string Code, string Name, Ratio Share);

/// <summary>The election of 26 USC 1388(j) and the day on which patrons are told of it.</summary>
public sealed record LossOffsetElection(DateOnly ElectedOn, DateOnly NoticeOn);

/// <summary>One pool: what it divides, by which units, among whom, and how it is paid.</summary>
public sealed record PoolPolicy
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public PoolKind Kind { get; init; } = PoolKind.Patronage;

    /// <summary>The pool's share of patronage net income; null where the year's figures name the pool of each line.</summary>
    public Ratio? NetShare { get; init; }

    /// <summary>The measures that make a unit, with their weights. One entry unless the unit is composite.</summary>
    public IReadOnlyList<UnitPart> Unit { get; init; } = [];

    /// <summary>Weight of each class; a member of several has the highest. Empty: every member counts once, whatever the class.</summary>
    public IReadOnlyDictionary<string, Ratio> ClassWeights { get; init; } = new Dictionary<string, Ratio>();
    public Eligibility Eligibility { get; init; } = new();

    /// <summary>Part of the dividend paid in cash.</summary>
    public required Ratio Cash { get; init; }
    public required NoticeKind Notice { get; init; }

    /// <summary>United Kingdom: a share by labour is earnings and goes to the payroll system, never to a dividend payment.</summary>
    public bool ThroughPayroll { get; init; }

    /// <summary>Yearly rate of a share-interest pool.</summary>
    public Ratio? Rate { get; init; }

    /// <summary>hours, wages, purchases, volume, composite, or share-interest.</summary>
    public string UnitCode => Kind == PoolKind.ShareInterest ? "share-interest" : Unit.Count == 1 ? Unit[0].Measure.ToString().ToLowerInvariant() : "composite";

    /// <summary>The weight that a member of these classes has: the highest of theirs, zero where none is named.</summary>
    public Ratio WeightOf(IEnumerable<string> classes)
    {
        if (ClassWeights.Count == 0) return Ratio.One;
        var highest = Ratio.Zero;
        foreach (var code in classes)
            if (ClassWeights.TryGetValue(code, out var weight) && weight > highest) highest = weight;
        return highest;
    }

    /// <summary>Whether cash is rounded up: where the 20 % test applies, rounding to the nearest cent can fall short of it.</summary>
    /// <remarks>26 USC 1388(c)(1).</remarks>
    public bool CashRoundsUp => Notice == NoticeKind.Qualified;

    internal string? Fault(TaxRegime regime)
    {
        if (Cash.Sign < 0 || Cash > Ratio.One) return $"cash: {Cash} is not between 0 and 1.";
        if (NetShare is { } net && (net.Sign < 0 || net > Ratio.One)) return $"net: {net} is not between 0 and 1.";
        if (Kind == PoolKind.ShareInterest)
        {
            if (regime != TaxRegime.UkRegisteredSociety) return "kind: share interest belongs to a UK society.";
            if (Rate is not { Sign: > 0 }) return "rate: share interest needs a yearly rate above zero.";
            if (Cash != Ratio.One || Notice != NoticeKind.None) return "cash: share interest is paid wholly in cash, without a notice.";
            return null;
        }
        if (Unit.Count == 0) return "unit: a patronage pool needs a unit.";
        if (Unit.Any(part => part.Weight.Sign <= 0)) return "unit: a weight is above zero.";
        if (ClassWeights.Values.Any(weight => weight.Sign < 0)) return "classes: a weight is not below zero.";
        var byLabour = Unit.Any(part => part.Measure is Measure.Hours or Measure.Wages);
        if (regime == TaxRegime.UkRegisteredSociety)
        {
            if (Notice != NoticeKind.None) return "notice: notices of allocation are US tax documents; a UK society uses \"none\".";
            if (byLabour && !ThroughPayroll) return "payThrough: in the UK a share by labour is earnings; it goes through \"payroll\", never into a dividend payment.";
            if (ThroughPayroll && Cash != Ratio.One) return "cash: a share that goes through payroll is paid wholly in cash.";
            return null;
        }
        if (ThroughPayroll) return "payThrough: \"payroll\" belongs to a UK society.";
        if (Notice == NoticeKind.Qualified && Cash < new Ratio(1, 5)) return $"cash: {Cash.ToPercent(4)} is below the 20% that a qualified notice needs in money (26 USC 1388(c)(1)).";
        if (Notice == NoticeKind.None && Cash != Ratio.One) return "notice: what is retained needs a qualified or a nonqualified notice.";
        return null;
    }
}

/// <summary>A measure and its weight in a composite unit, over all its categories or some.</summary>
public sealed record UnitPart(Measure Measure, Ratio Weight)
{
    /// <summary>Codes of departments or kinds of hours that count; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Codes that do not count, unless a row says of itself that it is eligible.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Whether a row counts: what it says of itself goes before its category's rule.</summary>
    public bool Counts(string? category, RowEligibility row) => row switch
    {
        RowEligibility.Eligible => true,
        RowEligibility.NotEligible => false,
        _ => category is null ? Only.Count == 0 : (Only.Count == 0 || Only.Contains(category, StringComparer.Ordinal)) && !Except.Contains(category, StringComparer.Ordinal),
    };
}

/// <summary>Who takes part in a pool, as known at the year end.</summary>
public sealed record Eligibility
{
    public bool ActiveAtYearEnd { get; init; } = true;

    /// <summary>Hours worked in the year, of every kind.</summary>
    public Hours MinimumHours { get; init; }

    /// <summary>Membership share paid in by the year end; zero where it does not matter.</summary>
    public Money EquityAtLeast { get; init; }

    /// <summary>Whole months of membership at the year end.</summary>
    public int MonthsOfMembership { get; init; }

    /// <summary>The first rule that keeps a member out, or null where none does.</summary>
    /// <param name="hoursHundredths">Hours of the year, of every kind, the household's with them.</param>
    public EligibilityGap? GapOf(MemberFacts member, long hoursHundredths, Periods.FiscalYear year)
    {
        if (member.OwnerId is not null) return EligibilityGap.InAnothersHousehold;
        if (ActiveAtYearEnd && member.Status is not (Members.MemberStatus.Active or Members.MemberStatus.OnLeave)) return EligibilityGap.NotAMemberAtYearEnd;
        if (MinimumHours.Hundredths > 0 && hoursHundredths < MinimumHours.Hundredths) return EligibilityGap.TooFewHours;
        if (member.MembershipShare < EquityAtLeast) return EligibilityGap.ShareNotPaidIn;
        if (MonthsOfMembership == 0) return null;
        return member.JoinedOn is { } joined && joined.AddMonths(MonthsOfMembership) <= year.EndsOn.AddDays(1) ? null : EligibilityGap.TooFewMonths;
    }
}

/// <summary>Why a member takes no part in a pool.</summary>
public enum EligibilityGap
{
    /// <summary>Their patronage accrues to the primary owner of the household.</summary>
    InAnothersHousehold = 1,
    NotAMemberAtYearEnd = 2,
    TooFewHours = 3,
    ShareNotPaidIn = 4,
    TooFewMonths = 5,

    /// <summary>None of their classes has a weight in the pool.</summary>
    ClassWithoutWeight = 6,

    /// <summary>No purchases or hours that count.</summary>
    NothingCounts = 7,

    /// <summary>More was returned than bought.</summary>
    BelowZero = 8,
}
