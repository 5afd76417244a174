using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Tax;

namespace Evergreen.Application.Statements;

/// <summary>What the ledger holds of a calendar year that Form 1099-PATR asks for: for each record, and all together.</summary>
/// <remarks>
/// An amount belongs to the year in which it is paid (26 CFR 1.1385-1(a)), whatever fiscal year it was earned in: money in the year of the payment, a notice in the year in which it was issued, since an entry in the books alone is no notice
/// (26 CFR 1.1388-1(b)). A run that was reversed is in no year. Where the next run sets off what was paid under it, that counts as paid with the next run. A payment that came back is in no year, and whom the first payment left out
/// was not paid by it: both count in the year of the payment that reaches them. What was withheld counts with the first payment of the run.
/// </remarks>
internal sealed class TaxFormFigures
{
    private readonly EvergreenDb db;
    private readonly int coOpId;
    private readonly DateOnly first, last;
    private readonly Dictionary<string, int> accounts;

    /// <summary>Postings that stand, whose cash was paid in the year; and those whose notices were issued in it.</summary>
    private readonly IQueryable<DividendPosting> paid, issued;

    public TaxFormFigures(EvergreenDb db, CoOp coOp, int year)
    {
        (this.db, coOpId, first, last) = (db, coOp.Id, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        accounts = db.Accounts.Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Code, account => account.Id, StringComparer.Ordinal);
        var standing = db.DividendPostings.Where(posting => posting.CoOpId == coOpId && !db.DividendReversals.Any(reversal => reversal.RunId == posting.RunId));
        paid = standing.Where(posting => db.DividendPayments.Any(payment => payment.RunId == posting.RunId && payment.On >= first && payment.On <= last));
        issued = standing.Where(posting => db.StatementIssues.Any(issue => issue.RunId == posting.RunId && issue.On >= first && issue.On <= last));
    }

    /// <summary>By the record that the entry names; records of one person are put together by whoever asks.</summary>
    public Dictionary<int, PatronageBoxes> ByRecord()
    {
        var boxes = new Dictionary<int, PatronageBoxes>();
        Add(Credits(paid, AccountCodes.PatronagePayable), amount => new(amount, Money.Zero, Money.Zero));
        Add(Credits(paid, AccountCodes.BackupWithholdingPayable), amount => new(amount, amount, Money.Zero));
        // Store credit is property; what was given on in a member's name was the member's to give.
        Add(Credits(issued, AccountCodes.QualifiedNotices, AccountCodes.StoreCreditPayable, AccountCodes.DonationsPayable), amount => new(amount, Money.Zero, Money.Zero));
        Add(Redemptions(), amount => new(Money.Zero, Money.Zero, amount));
        foreach (var (payments, sign) in (ReadOnlySpan<(IQueryable<Part>, int)>)[(LeftOut(), -1), (CameBack(), -1), (PaidLater(), 1)])
            foreach (var member in payments.GroupBy(part => part.MemberId).Select(group => new { group.Key, Cents = group.Sum(part => part.Cents) }))
                boxes[member.Key] = boxes.GetValueOrDefault(member.Key) + new PatronageBoxes(new Money(sign * member.Cents), Money.Zero, Money.Zero);
        return boxes;

        void Add(IQueryable<LedgerLine> lines, Func<Money, PatronageBoxes> box)
        {
            foreach (var member in lines.GroupBy(line => line.MemberId!.Value).Select(group => new { group.Key, Cents = group.Sum(line => line.AmountCents) }))
                boxes[member.Key] = boxes.GetValueOrDefault(member.Key) + box(new Money(member.Cents).Abs());
        }
    }

    public TaxFormLedger Ledger()
    {
        var payable = accounts[AccountCodes.PatronagePayable];
        var lines = from line in db.LedgerLines
                    join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                    where line.CoOpId == coOpId && line.AccountId == payable && entry.On >= first && entry.On <= last && !db.LedgerEntries.Any(back => back.CoOpId == coOpId && back.Reverses == entry.Sequence)
                    select new { line.AmountCents, entry.Kind, entry.Source };
        var payments = lines.Where(line => line.Kind == EntryKind.DividendPayment).Select(line => new { line.AmountCents, IsReversed = db.DividendReversals.Any(reversal => reversal.RunId == line.Source) });
        var later = lines.Where(line => line.Kind == EntryKind.LaterPayment).Select(line => new { line.AmountCents, IsReversed = db.PaymentRuns.Any(run => run.Id == line.Source && db.DividendReversals.Any(reversal => reversal.RunId == run.DividendRunId)) });
        var (left, leftLater) = (payments.Sum(payment => payment.AmountCents), later.Sum(payment => payment.AmountCents));
        var (ofReversed, laterOfReversed) = (payments.Where(payment => payment.IsReversed).Sum(payment => payment.AmountCents), later.Where(payment => payment.IsReversed).Sum(payment => payment.AmountCents));
        var unpaid = LeftOut().Sum(part => part.Cents) + CameBack().Sum(part => part.Cents);
        return new TaxFormLedger(new Money(left + leftLater), new Money(ofReversed + laterOfReversed), Sum(Credits(paid, AccountCodes.PatronagePayable)) - new Money(unpaid) - new Money(left - ofReversed), Sum(Credits(paid, AccountCodes.BackupWithholdingPayable)),
            Sum(Credits(issued, AccountCodes.QualifiedNotices)), Sum(Credits(issued, AccountCodes.StoreCreditPayable, AccountCodes.DonationsPayable)), Sum(Redemptions()));
    }

    private static Money Sum(IQueryable<LedgerLine> lines) => new Money(lines.Sum(line => line.AmountCents)).Abs();

    /// <summary>What the postings credit to members on these accounts.</summary>
    private IQueryable<LedgerLine> Credits(IQueryable<DividendPosting> postings, params string[] codes)
    {
        var ids = codes.Select(code => accounts[code]).ToArray();
        return from posting in postings
               join line in db.LedgerLines on posting.CoOpId equals line.CoOpId
               where line.Sequence >= posting.FirstSequence && line.Sequence <= posting.LastSequence && ids.Contains(line.AccountId) && line.MemberId != null && line.AmountCents < 0
               select line;
    }

    /// <summary>Named so that the database can sum by it.</summary>
    private sealed record Part
    {
        public int MemberId { get; init; }
        public long Cents { get; init; }
    }

    /// <summary>What the first payment of the year's runs did not pay, because no money could be sent.</summary>
    private IQueryable<Part> LeftOut() => from posting in paid
                                          join settlement in db.PaymentSettlements on posting.RunId equals settlement.DividendRunId
                                          join one in db.PaymentLeftOuts on settlement.PaymentRunId equals one.PaymentRunId
                                          where settlement.Round == 1
                                          select new Part { MemberId = one.MemberId, Cents = one.PatronageCents };

    /// <summary>What it did pay, and came back since.</summary>
    private IQueryable<Part> CameBack() => from posting in paid
                                           join settlement in db.PaymentSettlements on posting.RunId equals settlement.DividendRunId
                                           join taken in db.PaymentVoids on settlement.PaymentRunId equals taken.PaymentRunId
                                           join payment in db.Payments on new { taken.PaymentRunId, taken.No } equals new { payment.PaymentRunId, payment.No }
                                           where settlement.Round == 1
                                           select new Part { MemberId = payment.MemberId, Cents = payment.PatronageCents };

    /// <summary>What later payments of standing runs brought in the year, and did not come back.</summary>
    private IQueryable<Part> PaidLater() => from payments in db.PaymentRuns
                                            join settlement in db.PaymentSettlements on payments.Id equals settlement.PaymentRunId
                                            join payment in db.Payments on payments.Id equals payment.PaymentRunId
                                            where payments.CoOpId == coOpId && settlement.Round > 1 && settlement.On >= first && settlement.On <= last && !db.DividendReversals.Any(reversal => reversal.RunId == settlement.DividendRunId)
                                                && !db.PaymentVoids.Any(taken => taken.PaymentRunId == payment.PaymentRunId && taken.No == payment.No)
                                            select new Part { MemberId = payment.MemberId, Cents = payment.PatronageCents };

    /// <summary>Nonqualified notices that were turned into money in the year and stayed so. Notices that are charged with a loss or moved to another record are not, and qualified ones never are: they were income when they were issued.</summary>
    private IQueryable<LedgerLine> Redemptions()
    {
        var (notices, bank) = (accounts[AccountCodes.NonqualifiedNotices], accounts[AccountCodes.Bank]);
        return from line in db.LedgerLines
               join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
               where line.CoOpId == coOpId && line.AccountId == notices && line.MemberId != null && line.AmountCents > 0 && entry.On >= first && entry.On <= last
                   && db.LedgerLines.Any(other => other.CoOpId == coOpId && other.Sequence == line.Sequence && other.AccountId == bank && other.AmountCents < 0)
                   && !db.LedgerEntries.Any(back => back.CoOpId == coOpId && back.Reverses == entry.Sequence)
               select line;
    }
}

/// <summary>The way from what left the bank to what the forms report, each figure a sum over the ledger.</summary>
/// <param name="PaidOut">Dividends that left the bank in the year and did not come back.</param>
/// <param name="OfReversedRuns">Of those, under runs that were reversed since.</param>
/// <param name="SetOff">What standing runs paid in the year owed, and was set off against earlier payments.</param>
/// <param name="Notices">Qualified notices issued in the year.</param>
/// <param name="InOtherForms">Store credit, and what was given on in members' names.</param>
public sealed record TaxFormLedger(Money PaidOut, Money OfReversedRuns, Money SetOff, Money Withheld, Money Notices, Money InOtherForms, Money Redeemed)
{
    public Money Reportable => PaidOut - OfReversedRuns + SetOff + Withheld + Notices + InOtherForms + Redeemed;
}
