using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Dividends;

/// <summary>Places the losses of pools in the order of the policy: reserve, other pools, members' notices, later years.</summary>
internal sealed class LossPlacement(CalculationInputs inputs, IReadOnlyList<PoolInProgress> pools, List<string> findings)
{
    private readonly DividendPolicy policy = inputs.Policy;

    /// <summary>What no step could bear; zero or more.</summary>
    public Money Unplaced { get; private set; }

    /// <param name="reserve">What of the year goes to the collective reserve before it bears losses.</param>
    /// <returns>The same after what it bears.</returns>
    public Money Place(Money reserve)
    {
        // The reserve can bear what it held before and what this year adds to it.
        var bearable = Money.Max(Money.Zero, inputs.CollectiveReserve + reserve);
        foreach (var step in policy.LossSteps)
        {
            var losing = pools.Where(pool => pool.Loss.IsPositive).ToList();
            if (losing.Count == 0) break;
            switch (step)
            {
                case LossStep.Reserve:
                    var borne = Money.Min(losing.Sum(pool => pool.Loss), bearable);
                    foreach (var (pool, part) in PoolInProgress.InProportion(losing, borne, pool => pool.Loss)) { pool.LossToReserve += part; pool.Loss -= part; }
                    reserve -= borne;
                    bearable -= borne;
                    break;
                case LossStep.OffsetPools:
                    Offset(losing);
                    break;
                case LossStep.MemberAccounts:
                    foreach (var pool in losing) ChargeMembers(pool);
                    break;
                case LossStep.CarryForward:
                    foreach (var pool in losing) { pool.LossCarried += pool.Loss; pool.Loss = Money.Zero; }
                    break;
            }
        }
        Unplaced = pools.Sum(pool => pool.Loss);
        return reserve;
    }

    private void Offset(List<PoolInProgress> losing)
    {
        var winning = pools.Where(pool => pool.Divisible.IsPositive).ToList();
        var offset = Money.Min(losing.Sum(pool => pool.Loss), winning.Sum(pool => pool.Divisible));
        if (offset.IsZero) return;
        foreach (var (pool, part) in PoolInProgress.InProportion(losing, offset, pool => pool.Loss)) { pool.Offset -= part; pool.Loss -= part; }
        foreach (var (pool, part) in PoolInProgress.InProportion(winning, offset, pool => pool.Divisible)) { pool.Offset += part; pool.Divisible -= part; }
        findings.Add($"Losses of {offset} were offset between pools. Patrons are told by {policy.LossOffset!.NoticeOn:yyyy-MM-dd}: that it happened and may have affected their dividends, which pools, and their right to more information (26 USC 1388(j)).");
    }

    private void ChargeMembers(PoolInProgress pool)
    {
        // What other pools have already taken out of the same notices cannot be taken again.
        var charged = pools.Where(other => other.Caps is not null).Select(other => CappedApportionment.Apportion(other.ToMembers, other.Units.Units, other.Caps)).ToList();
        var caps = new long[inputs.Members.Count];
        var bearable = Money.Zero;
        for (var i = 0; i < caps.Length; i++)
        {
            if (pool.Units.Units[i].IsZero) continue;
            var notices = inputs.Members[i].Lots.Where(lot => lot.IsNotice).Sum(lot => lot.Balance);
            foreach (var other in charged) notices += other[i];
            caps[i] = Math.Max(0, notices.Cents);
            bearable += new Money(caps[i]);
        }
        var borne = Money.Min(pool.Loss, bearable);
        if (borne.IsZero) return;
        pool.Caps = caps;
        pool.ToMembers = -borne;
        pool.Loss -= borne;
    }
}
