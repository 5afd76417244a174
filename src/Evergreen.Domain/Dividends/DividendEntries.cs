using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;

namespace Evergreen.Domain.Dividends;

/// <summary>The ledger entries of a run: one for what goes to reserve and funds, one for each member.</summary>
public static class DividendEntries
{
    /// <summary>Account code of a fund set aside from surplus.</summary>
    public static string FundAccount(string fundCode) => $"{AccountCodes.AllocatedFunds}-{fundCode}";

    /// <summary>What goes to the collective reserve, to funds and to capital, and losses carried forward or made up; null where nothing does.</summary>
    /// <param name="seal">Hash of the run's allocations; it stands in the narration and so in the chain.</param>
    public static EntryDraft? Appropriation(DividendRun run, Working working, DateOnly on, string seal)
    {
        var lines = new List<EntryLine>
        {
            new(AccountCodes.CollectiveReserve, null, null, -working.ToReserve.Cents),
            new(AccountCodes.CapitalDividendsPayable, null, null, -working.CapitalDividends.Cents),
            new(AccountCodes.LossesCarriedForward, null, null, (working.LossesCarriedForward - working.LossesRecovered).Cents),
        };
        foreach (var fund in working.Funds) lines.Add(new(FundAccount(fund.Code), null, null, -fund.Amount.Cents));
        lines.RemoveAll(line => line.AmountCents == 0);
        if (lines.Count == 0) return null;
        var taken = -lines.Sum(line => line.AmountCents);
        if (taken != 0) lines.Insert(0, new(AccountCodes.NetIncome, null, run.FiscalYear, taken));
        return lines.Count < 2 ? null : new EntryDraft(EntryKind.Appropriation, run.Id, 0, on, $"Appropriation of FY{run.FiscalYear}, run {run.Name}{seal}", null, [.. lines]);
    }

    /// <summary>One member's entry over all pools of the run.</summary>
    /// <param name="rows">The member's rows of the run, in the order of pools.</param>
    /// <param name="sharesInterest">Pool numbers whose cash is share interest.</param>
    /// <param name="rolledForward">The member's dividends of earlier years that wait for the minimum; paid with this one once it is paid.</param>
    /// <param name="lots">The member's notices, read only where the rows are a loss.</param>
    public static EntryDraft? OfMember(DividendRun run, IReadOnlyList<Allocation> rows, IReadOnlySet<int> sharesInterest, Money rolledForward, Func<IEnumerable<CapitalLot>> lots, DateOnly on, string seal = "")
    {
        var member = rows[0].MemberId;
        var lines = new List<EntryLine>();
        long dividend = 0, qualified = 0, nonqualified = 0, capital = 0, withheld = 0, lossOfQualified = 0, lossOfNonqualified = 0;
        var paid = false;
        foreach (var row in rows)
        {
            dividend += row.DividendCents;
            if (row.DividendCents < 0)
            {
                lossOfQualified -= row.QualifiedCents;
                lossOfNonqualified -= row.NonqualifiedCents;
                continue;
            }
            qualified += row.QualifiedCents;
            nonqualified += row.NonqualifiedCents;
            capital += row.CapitalCents;
            withheld += row.WithheldCents;
            paid |= row is { Treatment: CashTreatment.Paid, CashCents: > 0 };
            Add(PayableAccount(row, sharesInterest), row.Treatment == CashTreatment.Pooled ? null : member, null, -row.PayableCents);
        }
        if (paid && rolledForward.IsPositive)
        {
            Add(AccountCodes.PatronageRolledForward, member, null, rolledForward.Cents);
            Add(AccountCodes.PatronagePayable, member, null, -rolledForward.Cents);
        }
        Add(AccountCodes.BackupWithholdingPayable, member, null, -withheld);
        Add(AccountCodes.QualifiedNotices, member, run.FiscalYear, -qualified);
        Add(AccountCodes.NonqualifiedNotices, member, run.FiscalYear, -nonqualified);
        Add(AccountCodes.MembershipShares, member, null, -capital);
        Charge(AccountCodes.QualifiedNotices, lossOfQualified);
        Charge(AccountCodes.NonqualifiedNotices, lossOfNonqualified);
        Add(AccountCodes.NetIncome, null, run.FiscalYear, dividend);
        lines.RemoveAll(line => line.AmountCents == 0);
        return lines.Count == 0 ? null : new EntryDraft(EntryKind.DividendAllocation, run.Id, member, on, $"Patronage dividend FY{run.FiscalYear}, run {run.Name}{seal}", null, [.. lines]);

        // The kinds are those that were approved, also where notices have come in since that are older; the vintages are found when it is posted.
        void Charge(string account, long loss)
        {
            if (loss == 0) return;
            foreach (var lot in CapitalLot.TakeOldestFirst(lots().Where(lot => lot.AccountCode == account), new Money(loss))) Add(account, member, lot.FiscalYear, lot.Balance.Cents);
        }

        void Add(string account, int? whose, int? lot, long cents)
        {
            if (cents == 0) return;
            var at = lines.FindIndex(line => line.AccountCode == account && line.MemberId == whose && line.Lot == lot);
            if (at < 0) lines.Add(new EntryLine(account, whose, lot, cents));
            else lines[at] = lines[at] with { AmountCents = lines[at].AmountCents + cents };
        }
    }

    /// <summary>What a member is owed leaves the bank.</summary>
    /// <param name="owed">Payable accounts and what is paid from each; every amount above zero.</param>
    public static EntryDraft Payment(DividendRun run, int member, IReadOnlyList<(string Account, Money Amount)> owed, DateOnly on, string reference) =>
        new(EntryKind.DividendPayment, run.Id, member, on, $"Payment of run {run.Name}: {reference}", null,
            [.. owed.Select(part => new EntryLine(part.Account, member, null, part.Amount.Cents)), new EntryLine(AccountCodes.Bank, null, null, -owed.Sum(part => part.Amount.Cents))]);

    /// <summary>The opposite of a posted entry.</summary>
    public static EntryDraft Reversal(LedgerEntry entry, IEnumerable<EntryLine> lines, DateOnly on, string reason) =>
        new(EntryKind.Reversal, entry.Sequence, 0, on, $"Reversal of entry {entry.Sequence}: {reason}", entry.Sequence, [.. lines.Select(line => line with { AmountCents = -line.AmountCents })]);

    /// <summary>Where the money of a row is owed.</summary>
    public static string PayableAccount(Allocation row, IReadOnlySet<int> sharesInterest) => row.Treatment switch
    {
        CashTreatment.Donated => AccountCodes.DonationsPayable,
        CashTreatment.RolledForward => AccountCodes.PatronageRolledForward,
        CashTreatment.StoreCredit => AccountCodes.StoreCreditPayable,
        CashTreatment.Pooled => AccountCodes.CollectiveReserve,
        CashTreatment.Payroll => AccountCodes.LabourSharePayable,
        _ => sharesInterest.Contains(row.PoolNo) ? AccountCodes.ShareInterestPayable : AccountCodes.PatronagePayable,
    };
}
