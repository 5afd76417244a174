using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Domain.Equity;

/// <summary>The shares of a registered society that a member may ask to have paid back, and how many of them one member may hold.</summary>
/// <remarks>Co-operative and Community Benefit Societies Act 2014, section 24.</remarks>
public static class WithdrawableShares
{
    /// <summary>Both kinds of shares: no account says of a share that it can only be transferred, and what is paid in on either is paid back.</summary>
    public static readonly IReadOnlyList<string> Accounts = [AccountCodes.MembershipShares, AccountCodes.PreferredShares];

    /// <summary>Whom the limit binds. Another registered society may hold more, and the register tells organisations from people, not societies from companies; an organisation above the limit is for the society to look at.</summary>
    public static readonly IReadOnlyList<MemberKind> Bound = [MemberKind.Person];

    private static readonly (DateOnly From, Money Limit)[] Limits = [(new DateOnly(2014, 8, 1), new(100_000_00))];

    /// <summary>What one person may hold at most by the law of the date; null before the Act.</summary>
    public static Money? StatutoryLimit(DateOnly date)
    {
        Money? limit = null;
        foreach (var (from, most) in Limits)
            if (from <= date) limit = most;
        return limit;
    }

    /// <summary>What one person may hold at most of this co-op's shares: by law, or less where its own rules say so. Null where no limit applies, as outside the United Kingdom.</summary>
    public static Money? LimitOf(CoOp coOp, DateOnly date)
    {
        if (coOp.Regime != TaxRegime.UkRegisteredSociety || StatutoryLimit(date) is not { } limit) return null;
        return coOp.WithdrawableLimitCents is { } own ? Money.Min(limit, new(own)) : limit;
    }

    /// <summary>Whether a person who holds so much may be given this much more. What is taken out may always go, also by one who holds too much.</summary>
    public static bool MayAdd(Money limit, Money held, Money amount) => !amount.IsPositive || held + amount <= limit;
}
