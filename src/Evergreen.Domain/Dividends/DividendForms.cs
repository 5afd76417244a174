using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;

namespace Evergreen.Domain.Dividends;

/// <summary>Gives each row its form: cash and notices, the treatment of small payments, backup withholding; then the 20 % test.</summary>
internal sealed class DividendForms(CalculationInputs inputs, IReadOnlyList<ProposedPool> pools)
{
    private readonly DividendPolicy policy = inputs.Policy;
    private readonly Dictionary<int, IReadOnlyList<CapitalLot>> lotsLeft = [];

    private IEnumerable<ProposedAllocation> Rows => pools.SelectMany(pool => pool.Rows);

    public void Settle()
    {
        SplitCash();
        TreatSmallPayments();
        Withhold();
        VerifyTwentyPercent();
    }

    private void SplitCash()
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
                if (!pool.Policy.CashRoundsUp)
                {
                    row.Cash = pool.Policy.Cash.DivideHalfUp(row.Dividend);
                    if (pool.Policy.Notice == NoticeKind.Nonqualified) row.Nonqualified = row.Dividend - row.Cash;
                    else row.Capital = row.Dividend - row.Cash;
                    continue;
                }
                var (covered, rest) = ConsentSplit.Of(row.Dividend, row.Units, row.UnitsOutsideConsent);
                var cashOfCovered = pool.Policy.Cash.DivideUp(covered);
                var cashOfRest = pool.Policy.Cash.DivideHalfUp(rest);
                row.Cash = cashOfCovered + cashOfRest;
                row.Qualified = covered - cashOfCovered;
                row.Nonqualified = rest - cashOfRest;
            }
        }
    }

    /// <summary>A loss comes out of the member's notices, oldest first; a second pool's loss finds what the first has left.</summary>
    private void ChargeNotices(ProposedAllocation row)
    {
        var lots = lotsLeft.GetValueOrDefault(row.Member.Id, row.Member.Lots);
        var taken = CapitalLot.TakeOldestFirst(lots, -row.Dividend);
        foreach (var lot in taken)
        {
            if (lot.AccountCode == AccountCodes.QualifiedNotices) row.Qualified -= lot.Balance;
            else row.Nonqualified -= lot.Balance;
        }
        lotsLeft[row.Member.Id] = [.. lots.Select(lot => lot with
        {
            Balance = lot.Balance - taken.Where(part => part.AccountCode == lot.AccountCode && part.FiscalYear == lot.FiscalYear).Sum(part => part.Balance),
        })];
    }

    private void TreatSmallPayments()
    {
        if (!policy.MinimumPayment.IsPositive) return;
        var cash = new Dictionary<int, Money>();
        foreach (var row in Rows.Where(IsPaid))
            cash[row.Member.Id] = cash.GetValueOrDefault(row.Member.Id, policy.BelowMinimum == BelowMinimum.RollForward ? row.Member.RolledForward : Money.Zero) + row.Cash;
        foreach (var row in Rows.Where(row => IsPaid(row) && cash[row.Member.Id] < policy.MinimumPayment))
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

    private void Withhold()
    {
        if (policy.BackupWithholding is not { } rate || inputs.Regime != TaxRegime.SubchapterT) return;
        foreach (var member in Rows.Where(row => !row.Member.HasTaxId && IsPaid(row)).GroupBy(row => row.Member.Id))
        {
            var rows = member.ToList();
            var withheld = rate.DivideHalfUp(rows.Sum(row => row.Cash));
            var parts = Apportionment.Apportion(withheld, rows.Select(row => row.Cash.Cents).ToArray());
            for (var i = 0; i < rows.Count; i++) rows[i].Withheld = parts[i];
        }
    }

    private void VerifyTwentyPercent()
    {
        if (inputs.Regime != TaxRegime.SubchapterT) return;
        foreach (var member in Rows.Where(row => row.Qualified.IsPositive).GroupBy(row => row.Member.Id))
        {
            var money = member.Sum(row => row.Cash);
            var dividend = member.Sum(row => row.Dividend);
            var nonqualified = member.Sum(row => row.Nonqualified);
            if (!CashTest.Passes(money, dividend, nonqualified))
                throw new InvalidOperationException($"Member id {member.Key}: {money} in money of {dividend} less {nonqualified} nonqualified is below 20 %.");
        }
    }

    private static bool IsPaid(ProposedAllocation row) => row.Treatment == CashTreatment.Paid && row.Cash.IsPositive;
}
