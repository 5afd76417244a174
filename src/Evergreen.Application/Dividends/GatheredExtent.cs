using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>What of the members' accounts a policy asks for. Two policies of the same extent follow from the same gathered facts.</summary>
/// <param name="Shares">Membership shares at the year end.</param>
/// <param name="ShareDays">Share capital by days, for share interest.</param>
/// <param name="Notices">Retained notices, should members bear a loss.</param>
internal readonly record struct GatheredExtent(bool Shares, bool ShareDays, bool Notices)
{
    public static GatheredExtent Of(DividendPolicy policy) => new(
        policy.Pools.Any(pool => pool.Eligibility.EquityAtLeast.IsPositive),
        policy.Pools.Any(pool => pool.Kind == PoolKind.ShareInterest),
        policy.LossSteps.Contains(LossStep.MemberAccounts));
}
