using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Dividends;

/// <summary>A pool on its way through the steps.</summary>
internal sealed class PoolInProgress(PoolPolicy policy, PoolUnits units, Money net, Ratio ratio, Money memberNet)
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

    /// <summary>Divides an amount over pools in proportion to a weight of theirs, by largest remainder in the order of pools.</summary>
    public static IReadOnlyList<(PoolInProgress Pool, Money Part)> InProportion(IReadOnlyList<PoolInProgress> pools, Money amount, Func<PoolInProgress, Money> weight)
    {
        var parts = Apportionment.Apportion(amount, pools.Select(pool => weight(pool).Cents).ToArray());
        return [.. pools.Select((pool, i) => (pool, parts[i]))];
    }
}
