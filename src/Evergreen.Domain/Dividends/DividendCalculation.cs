using System.Numerics;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;

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
        indexOf = new Dictionary<int, int>(inputs.Members.Count);
        for (var i = 0; i < inputs.Members.Count; i++) indexOf[inputs.Members[i].Id] = i;
        foreach (var member in inputs.Members)
            if (member.OwnerId is { } owner) indexOf[member.Id] = indexOf[owner];
    }

    public static Outcome<DividendProposal> Run(CalculationInputs inputs)
    {
        if (inputs.Policy.Fault(inputs.Regime, inputs.Year) is { } fault) return new Refusal("policy-not-lawful", fault);
        return new DividendCalculation(inputs).Calculate();
    }

    private Outcome<DividendProposal> Calculate()
    {
        var hours = HoursOfTheYear();
        var netIncome = Sum(inputs.Figures.Select(line => line.Amount));
        var nonPatronage = Sum(inputs.Figures.Where(line => !line.FromPatronage).Select(line => line.Amount));
        var patronageNet = netIncome - nonPatronage;

        var nets = NetOfPools(patronageNet);
        if (nets.IsRefused) return nets.Refusal!;
        var pools = new List<PoolState>();
        foreach (var (pool, net) in nets.Value)
        {
            var units = new PoolUnits(inputs, pool, indexOf, hours);
            if (units.BelowZero.Count > 0)
                findings.Add($"{pool.Name}: {units.BelowZero.Count} members have returned more than they bought or worked and count as none: {string.Join(", ", units.BelowZero.Take(10))}{(units.BelowZero.Count > 10 ? " …" : "")}.");
            if (!net.IsZero && policy.FixedMemberRatio is null && units.AllUnits.Sign <= 0)
                return new Refusal("pool-without-units", $"The pool '{pool.Code}' has {net} to divide, but the year holds no {pool.UnitCode} that count. Import them, or give a fixed member ratio.");
            var ratio = policy.FixedMemberRatio ?? (net.IsZero && units.AllUnits.Sign <= 0 ? Ratio.One : Between(new Ratio(units.MemberUnits, units.AllUnits)));
            var memberNet = ratio.DivideHalfUp(net);
            pools.Add(new PoolState(pool, units, net, ratio, memberNet));
        }

        var interest = ShareInterest();
        var reserve = nonPatronage + Sum(pools.Select(pool => pool.Net - pool.MemberNet));
        reserve = PlaceLosses(pools, reserve, out var unplaced);
        if (!unplaced.IsZero)
            return new Refusal("loss-not-placed", $"A loss of {unplaced} is left after the steps of the policy. Add \"carry-forward\" to losses.steps, or another step that can bear it.");

        var charges = Sum(interest.Select(pool => pool.Working.Net)) + (policy.CapitalDividendsReducePatronageNet ? policy.CapitalDividends : Money.Zero);
        if (!policy.CapitalDividendsReducePatronageNet) reserve -= policy.CapitalDividends;
        var earning = Sum(pools.Select(pool => Money.Max(pool.Divisible, Money.Zero)));
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

        SplitCash(proposed);
        TreatSmallPayments(proposed);
        Withhold(proposed);
        VerifyTwentyPercent(proposed);

        var working = new Working
        {
            NetIncome = netIncome,
            NonPatronage = nonPatronage,
            PatronageNet = patronageNet,
            Pools = [.. proposed.Select(pool => pool.Working)],
            CapitalDividends = policy.CapitalDividends,
            ToReserve = reserve,
            Funds = [.. policy.OtherFunds.Select(fund => new FundAmount(fund.Code, fund.Name, Sum(pools.SelectMany(pool => pool.Funds).Where(amount => amount.Code == fund.Code).Select(amount => amount.Amount))))],
            LossesRecovered = recovered,
            LossesCarriedForward = Sum(pools.Select(pool => pool.LossCarried)),
        };
        if (!working.Balances) throw new InvalidOperationException($"The parts do not make the whole: net income {netIncome}, reserve {reserve}, members {Sum(working.Pools.Select(pool => pool.Allocated))}.");
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

    /// <summary>Places losses in the order of the policy. Returns the reserve's part of the year after what it bears.</summary>
    private Money PlaceLosses(List<PoolState> pools, Money reserve, out Money unplaced)
    {
        // The reserve can bear what it held before and what this year adds to it.
        var bearable = Money.Max(Money.Zero, inputs.CollectiveReserve + reserve);
        foreach (var step in policy.LossSteps)
        {
            var losing = pools.Where(pool => pool.Loss.IsPositive).ToList();
            if (losing.Count == 0) break;
            var loss = Sum(losing.Select(pool => pool.Loss));
            switch (step)
            {
                case LossStep.Reserve:
                    var borne = Money.Min(loss, bearable);
                    foreach (var (pool, part) in InProportion(losing, borne, pool => pool.Loss)) { pool.LossToReserve += part; pool.Loss -= part; }
                    reserve -= borne;
                    bearable -= borne;
                    break;
                case LossStep.OffsetPools:
                    var winning = pools.Where(pool => pool.Divisible.IsPositive).ToList();
                    var offset = Money.Min(loss, Sum(winning.Select(pool => pool.Divisible)));
                    if (offset.IsZero) break;
                    foreach (var (pool, part) in InProportion(losing, offset, pool => pool.Loss)) { pool.Offset -= part; pool.Loss -= part; }
                    foreach (var (pool, part) in InProportion(winning, offset, pool => pool.Divisible)) { pool.Offset += part; pool.Divisible -= part; }
                    findings.Add($"Losses of {offset} were offset between pools. Patrons are told by {policy.LossOffset!.NoticeOn:yyyy-MM-dd}: that it happened and may have affected their dividends, which pools, and their right to more information (26 USC 1388(j)).");
                    break;
                case LossStep.MemberAccounts:
                    foreach (var pool in losing) ChargeMembers(pool, pools);
                    break;
                case LossStep.CarryForward:
                    foreach (var pool in losing) { pool.LossCarried += pool.Loss; pool.Loss = Money.Zero; }
                    break;
            }
        }
        unplaced = Sum(pools.Select(pool => pool.Loss));
        return reserve;
    }

    private void ChargeMembers(PoolState pool, List<PoolState> pools)
    {
        // What other pools have already taken out of the same notices cannot be taken again.
        var charged = pools.Where(other => other.Caps is not null).Select(other => CappedApportionment.Apportion(other.ToMembers, other.Units.Units, other.Caps)).ToList();
        var caps = new long[inputs.Members.Count];
        for (var i = 0; i < caps.Length; i++)
        {
            if (pool.Units.Units[i].IsZero) continue;
            var notices = Sum(inputs.Members[i].Lots.Where(lot => lot.IsNotice).Select(lot => lot.Balance));
            foreach (var other in charged) notices += other[i];
            caps[i] = Math.Max(0, notices.Cents);
        }
        var borne = Money.Min(pool.Loss, new Money(caps.Sum()));
        if (borne.IsZero) return;
        pool.Caps = caps;
        pool.ToMembers = -borne;
        pool.Loss -= borne;
    }

    private void SplitDivisible(PoolState pool)
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

    private ProposedPool Rows(PoolState pool, Apportioned shares)
    {
        var working = new PoolWorking
        {
            Code = pool.Policy.Code, Name = pool.Policy.Name, Net = pool.Net, MemberRatio = pool.Ratio,
            MemberUnits = pool.Units.MemberUnits.ToString(), AllUnits = pool.Units.AllUnits.ToString(),
            MemberNet = pool.MemberNet, NonMemberNet = pool.Net - pool.MemberNet, Offset = pool.Offset, CapitalCharges = pool.CapitalCharges, LossesRecovered = pool.LossesRecovered,
            Divisible = pool.Divisible, ToReserve = pool.ToReserve, Funds = pool.Funds, ToMembers = pool.ToMembers, LossToReserve = pool.LossToReserve, LossCarriedForward = pool.LossCarried,
            Allocated = pool.ToMembers - shares.Residue, Residue = shares.Residue,
        };
        return new ProposedPool(pool.Policy, working, pool.Units.Total, pool.Units.Scale, shares.LeftoverCents, Rows(pool.Units.Units, shares, pool.Units.BeforeConsent));
    }

    private List<ProposedAllocation> Rows(BigInteger[] units, Apportioned shares, BigInteger[]? beforeConsent = null)
    {
        var rows = new List<ProposedAllocation>();
        for (var i = 0; i < units.Length; i++)
        {
            if (units[i].IsZero) continue;
            rows.Add(new ProposedAllocation(inputs.Members[i], units[i], shares.FloorCents[i], shares.ExtraCents[i], shares[i]) { UnitsBeforeConsent = beforeConsent?[i] ?? 0 });
        }
        return rows;
    }

    private void SplitCash(List<ProposedPool> pools)
    {
        foreach (var pool in pools)
        {
            foreach (var row in pool.Rows)
            {
                if (row.Dividend.IsNegative)
                {
                    ChargeNotices(row);
                    continue;
                }
                if (pool.Policy.ThroughPayroll) row.Treatment = CashTreatment.Payroll;
                if (pool.Policy.Notice != NoticeKind.Qualified)
                {
                    row.Cash = pool.Policy.Cash.DivideHalfUp(row.Dividend);
                    if (pool.Policy.Notice == NoticeKind.Nonqualified) row.Nonqualified = row.Dividend - row.Cash;
                    else row.Capital = row.Dividend - row.Cash;
                    continue;
                }
                var before = row.UnitsBeforeConsent.IsZero ? Money.Zero : Apportionment.Apportion(row.Dividend, [row.Units - row.UnitsBeforeConsent, row.UnitsBeforeConsent])[1];
                var covered = row.Dividend - before;
                var cashOfCovered = pool.Policy.Cash.DivideUp(covered);
                var cashOfRest = pool.Policy.Cash.DivideHalfUp(before);
                row.Cash = cashOfCovered + cashOfRest;
                row.Qualified = covered - cashOfCovered;
                row.Nonqualified = before - cashOfRest;
            }
        }
    }

    /// <summary>A loss comes out of the member's notices, oldest first.</summary>
    private static void ChargeNotices(ProposedAllocation row)
    {
        foreach (var lot in Equity.CapitalLot.TakeOldestFirst(row.Member.Lots, -row.Dividend))
        {
            if (lot.AccountCode == Equity.AccountCodes.QualifiedNotices) row.Qualified -= lot.Balance;
            else row.Nonqualified -= lot.Balance;
        }
    }

    private void TreatSmallPayments(List<ProposedPool> pools)
    {
        if (!policy.MinimumPayment.IsPositive) return;
        var cash = new Dictionary<int, Money>();
        foreach (var row in pools.SelectMany(pool => pool.Rows).Where(row => row.Treatment == CashTreatment.Paid && row.Cash.IsPositive))
            cash[row.Member.Id] = cash.GetValueOrDefault(row.Member.Id, policy.BelowMinimum == BelowMinimum.RollForward ? row.Member.RolledForward : Money.Zero) + row.Cash;
        foreach (var row in pools.SelectMany(pool => pool.Rows).Where(row => row.Treatment == CashTreatment.Paid && row.Cash.IsPositive && cash[row.Member.Id] < policy.MinimumPayment))
        {
            row.Treatment = policy.BelowMinimum switch
            {
                BelowMinimum.Retain => CashTreatment.Retained,
                BelowMinimum.Donate => CashTreatment.Donated,
                BelowMinimum.RollForward => CashTreatment.RolledForward,
                BelowMinimum.StoreCredit => CashTreatment.StoreCredit,
                _ => CashTreatment.Pooled,
            };
            if (row.Treatment == CashTreatment.Retained)
            {
                if (inputs.Regime == TaxRegime.SubchapterT) row.Nonqualified += row.Cash;
                else row.Capital += row.Cash;
                row.Cash = Money.Zero;
            }
            // Without money in the member's hands the notice cannot be a qualified one.
            if (row.Treatment != CashTreatment.Donated)
            {
                row.Nonqualified += row.Qualified;
                row.Qualified = Money.Zero;
            }
        }
    }

    private void Withhold(List<ProposedPool> pools)
    {
        if (policy.BackupWithholding is not { } rate || inputs.Regime != TaxRegime.SubchapterT) return;
        foreach (var member in pools.SelectMany(pool => pool.Rows).Where(row => !row.Member.HasTaxId && row.Treatment == CashTreatment.Paid && row.Cash.IsPositive).GroupBy(row => row.Member.Id))
        {
            var rows = member.ToList();
            var withheld = rate.DivideHalfUp(Sum(rows.Select(row => row.Cash)));
            var parts = Apportionment.Apportion(withheld, rows.Select(row => row.Cash.Cents).ToArray());
            for (var i = 0; i < rows.Count; i++) rows[i].Withheld = parts[i];
        }
    }

    private void VerifyTwentyPercent(List<ProposedPool> pools)
    {
        if (inputs.Regime != TaxRegime.SubchapterT) return;
        foreach (var member in pools.SelectMany(pool => pool.Rows).Where(row => row.Qualified.IsPositive).GroupBy(row => row.Member.Id))
        {
            var money = Sum(member.Select(row => row.Cash));
            var dividend = Sum(member.Select(row => row.Dividend));
            var nonqualified = Sum(member.Select(row => row.Nonqualified));
            if (!CashTest.Passes(money, dividend, nonqualified))
                throw new InvalidOperationException($"Member id {member.Key}: {money} in money of {dividend} less {nonqualified} nonqualified is below 20 %.");
        }
    }

    /// <summary>Takes an amount out of the pools that have something to divide, in proportion to it.</summary>
    private static void Take(List<PoolState> pools, Money amount, Action<PoolState, Money> take)
    {
        if (!amount.IsPositive) return;
        foreach (var (pool, part) in InProportion([.. pools.Where(pool => pool.Divisible.IsPositive)], amount, pool => pool.Divisible)) take(pool, part);
    }

    private static List<(PoolState Pool, Money Part)> InProportion(List<PoolState> pools, Money amount, Func<PoolState, Money> weight)
    {
        var parts = Apportionment.Apportion(amount, pools.Select(pool => weight(pool).Cents).ToArray());
        return [.. pools.Select((pool, i) => (pool, parts[i]))];
    }

    private static Ratio Between(Ratio ratio) => ratio.Sign < 0 ? Ratio.Zero : ratio > Ratio.One ? Ratio.One : ratio;

    private static Money Sum(IEnumerable<Money> amounts)
    {
        var sum = Money.Zero;
        foreach (var amount in amounts) sum += amount;
        return sum;
    }

    /// <summary>A pool on its way through the steps.</summary>
    private sealed class PoolState(PoolPolicy policy, PoolUnits units, Money net, Ratio ratio, Money memberNet)
    {
        public PoolPolicy Policy { get; } = policy;
        public PoolUnits Units { get; } = units;
        public Money Net { get; } = net;
        public Ratio Ratio { get; } = ratio;
        public Money MemberNet { get; } = memberNet;
        public Money Divisible { get; set; } = Money.Max(memberNet, Money.Zero);

        /// <summary>What of the members' loss is not placed yet; zero or more.</summary>
        public Money Loss { get; set; } = Money.Max(-memberNet, Money.Zero);
        public Money Offset { get; set; }
        public Money CapitalCharges { get; set; }
        public Money LossesRecovered { get; set; }
        public Money ToReserve { get; set; }
        public IReadOnlyList<FundAmount> Funds { get; set; } = [];
        public Money ToMembers { get; set; }
        public Money LossToReserve { get; set; }
        public Money LossCarried { get; set; }

        /// <summary>Per member the most that a loss may take; null unless members bear one.</summary>
        public long[]? Caps { get; set; }
    }
}
