using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>What a board should know of a calculation before it decides, in plain words. What the law forbids is refused and never gets here.</summary>
internal static class ProposalWarnings
{
    private static readonly Ratio OneFifth = new(1, 5);

    public static IEnumerable<string> Of(DividendProposal proposal)
    {
        foreach (var finding in proposal.Findings) yield return finding;
        var inputs = proposal.Inputs;
        var policy = inputs.Policy;
        if (inputs.Regime == TaxRegime.SubchapterT)
        {
            foreach (var pool in policy.Pools.Where(pool => pool.Notice == NoticeKind.Qualified && pool.Cash == OneFifth))
                yield return $"{pool.Name}: cash is exactly the 20% that a qualified notice needs in money. Nothing lower is lawful, and cents are rounded up (26 USC 1388(c)(1)).";
            foreach (var pool in policy.Pools.Where(pool => pool.Notice == NoticeKind.Nonqualified && pool.Cash < Ratio.One))
                yield return $"{pool.Name}: what is retained carries a nonqualified notice, so the co-op deducts it only when it is redeemed (26 USC 1382(b)).";
        }
        foreach (var sentence in SmallPayments(proposal)) yield return sentence;
        if (inputs.Regime != TaxRegime.SubchapterT) yield break;

        var rows = proposal.Pools.SelectMany(pool => pool.Rows).ToList();
        var withheld = rows.Sum(row => row.Withheld);
        if (withheld.IsPositive) yield return $"{withheld.ToGroupedString()} is withheld from members without a tax id (26 USC 3406).";
        var unwithheld = policy.BackupWithholding is null ? rows.Where(row => !row.Member.HasTaxId && row.Treatment == CashTreatment.Paid && row.Cash.IsPositive).Select(row => row.Member.Id).Distinct().Count() : 0;
        if (unwithheld > 0) yield return $"{unwithheld} members without a tax id are paid in full, because the policy sets no backup withholding. Record the exemption that holds, or set the rate (26 USC 3406).";
        var withoutConsent = rows.Where(row => row.Member.Consent.IsNone && row.Nonqualified.IsPositive && row.Treatment == CashTreatment.Paid).Select(row => row.Member.Id).Distinct().Count();
        if (withoutConsent > 0 && policy.Pools.Any(pool => pool.Notice == NoticeKind.Qualified))
            yield return $"{withoutConsent} members have given no consent that covers the year, so their notices are nonqualified (26 USC 1388(c)(2)).";
    }

    private static IEnumerable<string> SmallPayments(DividendProposal proposal)
    {
        var policy = proposal.Inputs.Policy;
        if (!policy.MinimumPayment.IsPositive) yield break;
        var treated = proposal.Pools.SelectMany(pool => pool.Rows).Where(row => row.Treatment is not (CashTreatment.Paid or CashTreatment.Payroll)).ToList();
        if (treated.Count == 0) yield break;
        var members = treated.Select(row => row.Member.Id).Distinct().Count();
        var what = policy.BelowMinimum switch
        {
            BelowMinimum.Retain => "it is kept as their capital",
            BelowMinimum.Donate => "it is given on in their names",
            BelowMinimum.RollForward => "it waits for next year",
            BelowMinimum.StoreCredit => "it becomes store credit",
            _ => "it goes to the collective reserve",
        };
        var notice = proposal.Inputs.Regime == TaxRegime.SubchapterT && policy.BelowMinimum != BelowMinimum.Donate && policy.Pools.Any(pool => pool.Notice == NoticeKind.Qualified)
            ? " Without money in hand their notices are nonqualified (26 CFR 1.1388-1(c)(1))." : "";
        yield return $"{members} members would be paid less than the minimum of {policy.MinimumPayment.ToGroupedString()}: {what}.{notice}";
    }
}
