using System.Numerics;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Domain.Dividends;

/// <summary>Works out a year's patronage dividend: from net income to pools, from pools to members, from members to cash and notices.</summary>
/// <remarks>
/// Order of steps: non-patronage lines apart; member and non-member business by the exact ratio, to the nearest cent; losses placed; dividends on
/// capital and share interest; losses of earlier years; reserve, funds and members by largest remainder; members by their units; cash, notices, minimum
/// payment; backup withholding; the 20 % test on every member. Every amount that is split adds up to what was split.
/// </remarks>
public sealed class DividendCalculation
{
    private readonly CalculationInputs inputs;
    private readonly DividendPolicy policy;
    private readonly Dictionary<int, int> indexOf;
    private readonly List<string> findings = [];

    private DividendCalculation(CalculationInputs inputs)
    {
        this.inputs = inputs;
        policy = inputs.Policy;
        var members = inputs.Members;
        indexOf = new Dictionary<int, int>(members.Count);
        for (var i = 0; i < members.Count; i++)
        {
            // Ties go to the lowest member number, so their order is part of the inputs.
            if (i > 0 && MemberNumber.Order.Compare(members[i - 1].Number, members[i].Number) >= 0)
                throw new ArgumentException($"Members stand in the order of their numbers, each once; '{members[i].Number}' follows '{members[i - 1].Number}'.", nameof(inputs));
            indexOf.Add(members[i].Id, i);
        }
        var places = members.Where(member => member.OwnerId is not null).Select(member => (member.Id, Owner: OwnerOf(member))).ToList();
        foreach (var (id, owner) in places) indexOf[id] = owner;

        int OwnerOf(MemberFacts member)
        {
            for (var steps = 0; member.OwnerId is { } owner; steps++)
            {
                if (steps == members.Count) throw new ArgumentException($"The household of member id {member.Id} has no primary owner: its members name each other.", nameof(inputs));
                member = members[indexOf[owner]];
            }
            return indexOf[member.Id];
        }
    }

    public static Outcome<DividendProposal> Run(CalculationInputs inputs)
    {
        if (inputs.Policy.Fault(inputs.Regime, inputs.Year) is { } fault) return new Refusal("policy-not-lawful", fault);
        return new DividendCalculation(inputs).Calculate();
    }

    private Outcome<DividendProposal> Calculate()
    {
        var hours = HoursOfTheYear();
        var netIncome = inputs.Figures.Sum(line => line.Amount);
        var nonPatronage = inputs.Figures.Where(line => !line.FromPatronage).Sum(line => line.Amount);
        var patronageNet = netIncome - nonPatronage;

        var nets = NetOfPools(patronageNet);
        if (nets.IsRefused) return nets.Refusal!;
        var pools = new List<PoolInProgress>();
        foreach (var (pool, net) in nets.Value)
        {
            var units = new PoolUnits(inputs, pool, indexOf, hours);
            if (units.BelowZero.Count > 0)
                findings.Add($"{pool.Name}: {units.BelowZero.Count} members have returned more than they bought or worked and count as none: {string.Join(", ", units.BelowZero.Take(10))}{(units.BelowZero.Count > 10 ? " …" : "")}.");
            if (!net.IsZero && policy.FixedMemberRatio is null && units.AllUnits.Sign <= 0)
                return new Refusal("pool-without-units", $"The pool '{pool.Code}' has {net} to divide, but the year holds no {pool.UnitCode} that count. Import them, or give a fixed member ratio.");
            var ratio = policy.FixedMemberRatio ?? (net.IsZero && units.AllUnits.Sign <= 0 ? Ratio.One : Between(new Ratio(units.MemberUnits, units.AllUnits)));
            var memberNet = ratio.DivideHalfUp(net);
            pools.Add(new PoolInProgress(pool, units, net, ratio, memberNet));
        }

        var interest = ShareInterest();
        var reserve = nonPatronage + pools.Sum(pool => pool.Net - pool.MemberNet);
        var losses = new LossPlacement(inputs, pools, findings);
        reserve = losses.Place(reserve);
        if (!losses.Unplaced.IsZero)
            return new Refusal("loss-not-placed", $"A loss of {losses.Unplaced} is left after the steps of the policy. Add \"carry-forward\" to losses.steps, or another step that can bear it.");

        var charges = interest.Sum(pool => pool.Working.Net) + (policy.CapitalDividendsReducePatronageNet ? policy.CapitalDividends : Money.Zero);
        if (!policy.CapitalDividendsReducePatronageNet) reserve -= policy.CapitalDividends;
        var earning = pools.Sum(pool => pool.Divisible);
        if (charges > earning) return new Refusal("capital-above-earnings", $"Dividends on capital and share interest are {charges}, but members' patronage earned only {earning}.");
        Take(pools, charges, (pool, part) => { pool.CapitalCharges = part; pool.Divisible -= part; });
        var recovered = Money.Min(inputs.LossesCarriedForward, earning - charges);
        Take(pools, recovered, (pool, part) => { pool.LossesRecovered = part; pool.Divisible -= part; });

        var proposed = new List<ProposedPool>(interest);
        foreach (var pool in pools)
        {
            SplitDivisible(pool);
            reserve += pool.ToReserve;
            if (!pool.ToMembers.IsZero && pool.Units.Total.IsZero)
                return new Refusal("pool-without-members", $"The pool '{pool.Policy.Code}' has {pool.ToMembers} for members, but nobody eligible has any {pool.Policy.UnitCode}. Look at its eligibility and classes.");
            var shares = pool.Caps is null ? Apportionment.Apportion(pool.ToMembers, pool.Units.Units, policy.Rounding) : CappedApportionment.Apportion(pool.ToMembers, pool.Units.Units, pool.Caps);
            reserve += shares.Residue;
            proposed.Add(Rows(pool, shares));
        }

        if (policy.CapitalDividends.IsPositive && !policy.CapitalDividendsReducePatronageNet && (inputs.CollectiveReserve + reserve).IsNegative)
            return new Refusal("capital-above-reserve", $"Dividends on capital of {policy.CapitalDividends} would leave the collective reserve at {inputs.CollectiveReserve + reserve}. Lower them, or let them reduce what patrons share.");
        proposed = [.. policy.Pools.Select(pool => proposed.First(made => ReferenceEquals(made.Policy, pool)))];
        new DividendForms(inputs, proposed).Settle();

        var working = new Working
        {
            NetIncome = netIncome,
            NonPatronage = nonPatronage,
            PatronageNet = patronageNet,
            Pools = [.. proposed.Select(pool => pool.Working)],
            CapitalDividends = policy.CapitalDividends,
            ToReserve = reserve,
            Funds = [.. policy.OtherFunds.Select(fund => new FundAmount(fund.Code, fund.Name, pools.SelectMany(pool => pool.Funds).Where(amount => amount.Code == fund.Code).Sum(amount => amount.Amount)))],
            LossesRecovered = recovered,
            LossesCarriedForward = pools.Sum(pool => pool.LossCarried),
        };
        if (!working.Balances) throw new InvalidOperationException($"The parts do not make the whole: net income {netIncome}, reserve {reserve}, members {working.Pools.Sum(pool => pool.Allocated)}.");
        return new DividendProposal(inputs, working, proposed, findings);
    }

    private long[] HoursOfTheYear()
    {
        var hours = new long[inputs.Members.Count];
        foreach (var sum in inputs.Patronage)
            if (sum.Measure == Patronage.Measure.Hours && sum.MemberId != 0) hours[indexOf[sum.MemberId]] += sum.Quantity;
        return hours;
    }

    private Outcome<List<(PoolPolicy Pool, Money Net)>> NetOfPools(Money patronageNet)
    {
        var pools = policy.Pools.Where(pool => pool.Kind == PoolKind.Patronage).ToList();
        if (pools.Count == 0) return new Refusal("policy-not-lawful", "pools: a policy needs at least one patronage pool.");
        var byShare = pools.Count(pool => pool.NetShare is not null);
        if (byShare == pools.Count)
        {
            var shares = pools.Select(pool => pool.NetShare!.Value).ToArray();
            var sum = shares.Aggregate(Ratio.Zero, (a, b) => a + b);
            if (sum != Ratio.One) return new Refusal("policy-not-lawful", $"pools: the net shares sum to {sum.ToPercent(4)}, not to 100%.");
            var split = Apportionment.Split(patronageNet, shares);
            return pools.Select((pool, i) => (pool, split[i])).ToList();
        }
        if (byShare > 0) return new Refusal("policy-not-lawful", "pools: either every pool has a net share or none has.");

        var nets = new Dictionary<string, Money>(StringComparer.Ordinal);
        foreach (var line in inputs.Figures.Where(line => line.FromPatronage))
        {
            var code = line.Pool ?? (pools.Count == 1 ? pools[0].Code : null);
            if (code is null || pools.All(pool => pool.Code != code))
                return new Refusal("figure-without-pool", $"The line '{line.Line}' of the year's figures {(code is null ? "names no pool" : $"names the pool '{code}', which the policy does not have")}. Pools: {string.Join(", ", pools.Select(pool => pool.Code))}.");
            nets[code] = nets.GetValueOrDefault(code) + line.Amount;
        }
        return pools.Select(pool => (pool, nets.GetValueOrDefault(pool.Code))).ToList();
    }

    private void SplitDivisible(PoolInProgress pool)
    {
        if (!pool.Divisible.IsPositive)
        {
            pool.Funds = [.. policy.OtherFunds.Select(fund => new FundAmount(fund.Code, fund.Name, Money.Zero))];
            return;
        }
        var shares = Apportionment.Split(pool.Divisible, [policy.CollectiveReserve, .. policy.OtherFunds.Select(fund => fund.Share), policy.MembersShare]);
        pool.ToReserve = shares[0];
        pool.Funds = [.. policy.OtherFunds.Select((fund, i) => new FundAmount(fund.Code, fund.Name, shares[i + 1]))];
        pool.ToMembers = shares[shares.Count - 1];
    }

    /// <summary>United Kingdom: interest by cents and days held. Its total is rounded once and then divided without loss.</summary>
    private List<ProposedPool> ShareInterest()
    {
        var pools = new List<ProposedPool>();
        foreach (var pool in policy.Pools.Where(pool => pool.Kind == PoolKind.ShareInterest))
        {
            var days = inputs.Year.EndsOn.DayNumber - inputs.Year.StartsOn.DayNumber + 1;
            var weights = inputs.Members.Select(member => BigInteger.Max(0, member.ShareCentDays)).ToArray();
            var total = weights.Aggregate(BigInteger.Zero, (a, b) => a + b);
            var interest = (pool.Rate!.Value * new Ratio(total, days)).DivideHalfUp(new Money(1));
            var shares = Apportionment.Apportion(interest, weights);
            var working = new PoolWorking
            {
                Code = pool.Code, Name = pool.Name, Net = interest, MemberRatio = Ratio.One, MemberUnits = total.ToString(), AllUnits = total.ToString(),
                MemberNet = interest, NonMemberNet = Money.Zero, Divisible = interest, ToMembers = interest, Allocated = interest,
            };
            pools.Add(new ProposedPool(pool, working, total, BigInteger.One, shares.LeftoverCents, Rows(weights, shares)));
        }
        return pools;
    }

    private ProposedPool Rows(PoolInProgress pool, Apportioned shares)
    {
        var working = new PoolWorking
        {
            Code = pool.Policy.Code, Name = pool.Policy.Name, Net = pool.Net, MemberRatio = pool.Ratio,
            MemberUnits = pool.Units.MemberUnits.ToString(), AllUnits = pool.Units.AllUnits.ToString(),
            MemberNet = pool.MemberNet, NonMemberNet = pool.Net - pool.MemberNet, Offset = pool.Offset, CapitalCharges = pool.CapitalCharges, LossesRecovered = pool.LossesRecovered,
            Divisible = pool.Divisible, ToReserve = pool.ToReserve, Funds = pool.Funds, ToMembers = pool.ToMembers, LossToReserve = pool.LossToReserve, LossCarriedForward = pool.LossCarried,
            Allocated = pool.ToMembers - shares.Residue, Residue = shares.Residue,
        };
        return new ProposedPool(pool.Policy, working, pool.Units.Total, pool.Units.Scale, shares.LeftoverCents, Rows(pool.Units.Units, shares, pool.Units.OutsideConsent));
    }

    private List<ProposedAllocation> Rows(BigInteger[] units, Apportioned shares, BigInteger[]? outsideConsent = null)
    {
        var rows = new List<ProposedAllocation>();
        for (var i = 0; i < units.Length; i++)
        {
            if (units[i].IsZero) continue;
            rows.Add(new ProposedAllocation(inputs.Members[i], units[i], shares.FloorCents[i], shares.ExtraCents[i], shares[i]) { UnitsOutsideConsent = outsideConsent?[i] ?? 0 });
        }
        return rows;
    }

    /// <summary>Takes an amount out of the pools that have something to divide, in proportion to it.</summary>
    private static void Take(List<PoolInProgress> pools, Money amount, Action<PoolInProgress, Money> take)
    {
        if (!amount.IsPositive) return;
        foreach (var (pool, part) in PoolInProgress.InProportion([.. pools.Where(pool => pool.Divisible.IsPositive)], amount, pool => pool.Divisible)) take(pool, part);
    }

    private static Ratio Between(Ratio ratio) => ratio.Sign < 0 ? Ratio.Zero : ratio > Ratio.One ? Ratio.One : ratio;
}
