using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Statements;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>What a member owns of the co-op, how it came about, and what comes next. Three look-ups by the member's own id: nothing here grows with the co-op.</summary>
public sealed class MyStake(Books books)
{
    public sealed record Request(CoOp CoOp, int MemberId);

    /// <summary>A year of the member's account: what changed in it, and what was owned at its end. A year's dividend belongs to that year, whenever it was posted.</summary>
    /// <param name="PaidIn">Shares paid in, less those paid back.</param>
    /// <param name="Kept">Of the dividend, and interest; what was paid back of earlier years is taken off.</param>
    /// <param name="CashPaid">Dividends that left the bank in the year's name.</param>
    public sealed record YearLine(int FiscalYear, Money PaidIn, Money Kept, Money Dividend, Money CashPaid, Money PaidInAtEnd, Money KeptAtEnd)
    {
        public Money AtEnd => PaidInAtEnd + KeptAtEnd;
    }

    /// <summary>The dividend of a year over all pools, and how far it has come.</summary>
    public sealed record YearDividend(int FiscalYear, string Run, Money Dividend, Money Cash, Money Payable, Money Retained, DateOnly PostedOn, DateOnly? PaidOn, DateOnly? IssuedOn, bool Opened, CashTreatment Treatment);

    /// <param name="Owned">Shares, dividends kept and interest.</param>
    /// <param name="Owed">What the co-op owes the member and has not paid.</param>
    /// <param name="CashPaid">All dividends that were paid out.</param>
    /// <param name="Last">The latest dividend in the ledger; null for a member who has had none.</param>
    /// <param name="Years">Oldest first.</param>
    /// <param name="LacksTaxId">Whether tax may be withheld because no tax number is on file.</param>
    public sealed record Result(Money Owned, Money PaidIn, Money Kept, Money Owed, Money CashPaid, YearDividend? Last, IReadOnlyList<YearLine> Years, IReadOnlyList<YearDividend> Dividends, bool LacksTaxId, bool LacksBank, bool InAnothersHousehold);

    /// <summary>A share by labour is not among them: payroll pays it.</summary>
    private static readonly string[] OwedToMembers = [AccountCodes.PatronagePayable, AccountCodes.PatronageRolledForward, AccountCodes.StoreCreditPayable, AccountCodes.ShareInterestPayable];

    private sealed record Line(string Account, long AmountCents, long Sequence, EntryKind Kind, long Source, DateOnly On);

    private sealed record Row(Allocation Allocation, int FiscalYear, int Number, DateOnly PostedOn, bool Reversed, DateOnly? PaidOn, bool ByPaymentRun, DateOnly? IssuedOn, bool Opened);

    private sealed record Facts(bool HasTaxId, bool HasBank, bool InHousehold);

    // Translated once: this is the page that members open.
    private static readonly PreparedQuery<Func<EvergreenDb, int, int, IEnumerable<Line>>> LinesOf = new(() => EF.CompileQuery((EvergreenDb db, int coOp, int me) =>
        from account in db.Accounts
        join line in db.LedgerLines on account.Id equals line.AccountId
        join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
        where account.CoOpId == coOp && line.MemberId == me
        select new Line(account.Code, -line.AmountCents, entry.Sequence, entry.Kind, entry.Source, entry.On)));

    private static readonly PreparedQuery<Func<EvergreenDb, int, int, IEnumerable<Row>>> RowsOf = new(() => EF.CompileQuery((EvergreenDb db, int coOp, int me) =>
        from allocation in db.Allocations.AsNoTracking()
        join run in db.DividendRuns on allocation.RunId equals run.Id
        join posting in db.DividendPostings on run.Id equals posting.RunId
        where allocation.MemberId == me && run.CoOpId == coOp
        select new Row(allocation, run.FiscalYear, run.Number, posting.On, db.DividendReversals.Any(reversal => reversal.RunId == run.Id),
            db.DividendPayments.Where(payment => payment.RunId == run.Id).Select(payment => (DateOnly?)payment.On).FirstOrDefault(),
            db.PaymentSettlements.Any(settlement => settlement.DividendRunId == run.Id),
            db.StatementIssues.Where(issue => issue.RunId == run.Id).Select(issue => (DateOnly?)issue.On).FirstOrDefault(),
            db.StatementDeliveries.Any(delivery => delivery.RunId == run.Id && delivery.MemberId == me && delivery.Way == StatementDeliveryWay.Downloaded))));

    private static readonly PreparedQuery<Func<EvergreenDb, int, Facts>> FactsOf = new(() => EF.CompileQuery((EvergreenDb db, int me) =>
        db.Members.Where(member => member.Id == me).Select(member => new Facts(member.TaxIdSealed != null, member.BankAccountSealed != null, member.HouseholdOfId != null)).Single()));

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var (coOp, me) = (request.CoOp, request.MemberId);
        var lines = LinesOf.For(db)(db, coOp.Id, me).ToList();
        var rows = RowsOf.For(db)(db, coOp.Id, me).ToList();
        var facts = FactsOf.For(db)(db, me);

        var later = rows.Exists(row => row.ByPaymentRun) ? PaidCash.PaidLater(db, [me]) : [];
        var yearOfRun = rows.Select(row => (row.Allocation.RunId, row.FiscalYear)).Distinct().ToDictionary(run => (long)run.RunId, run => run.FiscalYear);
        var dividends = rows.Where(row => !row.Reversed).GroupBy(row => row.Allocation.RunId).Select(run =>
        {
            var first = run.First();
            return new YearDividend(first.FiscalYear, $"{first.FiscalYear}-{first.Number}", Sum(row => row.DividendCents), Sum(row => row.CashCents), Sum(row => row.PayableCents), Sum(row => row.RetainedCents),
                first.PostedOn, later.TryGetValue(run.Key, out var on) ? on : first.PaidOn, first.IssuedOn, first.Opened, run.OrderBy(row => row.Allocation.PoolNo).Select(row => row.Allocation.Treatment).FirstOrDefault(treatment => treatment != CashTreatment.Paid, CashTreatment.Paid));

            Money Sum(Func<Allocation, long> part) => new(run.Sum(row => part(row.Allocation)));
        }).OrderByDescending(dividend => dividend.FiscalYear).ToList();

        var owned = lines.Where(line => Overdrafts.OwnedByMembers.Contains(line.Account)).ToList();
        var owed = lines.Where(line => OwedToMembers.Contains(line.Account));
        return new Result(Of(owned), Of(owned.Where(IsPaidIn)), Of(owned.Where(line => !IsPaidIn(line))), Of(owed), CashOf(lines, lines), dividends.FirstOrDefault(),
            Years(coOp, lines, yearOfRun, YearsPaidLater(db, lines), dividends), dividends, coOp.Regime == TaxRegime.SubchapterT && !facts.HasTaxId, !facts.HasBank, facts.InHousehold);
    });

    private static List<YearLine> Years(CoOp coOp, List<Line> lines, Dictionary<long, int> yearOfRun, Dictionary<long, int> yearPaidLater, List<YearDividend> dividends)
    {
        var bySequence = lines.DistinctBy(line => line.Sequence).ToDictionary(line => line.Sequence);
        // A dividend that was taken back goes out of the year into which it went.
        int YearOf(Line line) => line.Kind switch
        {
            EntryKind.DividendAllocation or EntryKind.DividendPayment when yearOfRun.TryGetValue(line.Source, out var year) => year,
            EntryKind.LaterPayment when yearPaidLater.TryGetValue(line.Source, out var year) => year,
            EntryKind.Reversal when bySequence.TryGetValue(line.Source, out var reversed) => YearOf(reversed),
            _ => coOp.YearOf(line.On).Year,
        };
        var byYear = lines.ToLookup(YearOf);
        var years = new List<YearLine>();
        if (byYear.Count == 0) return years;
        var (paidIn, kept) = (Money.Zero, Money.Zero);
        for (var year = byYear.Min(one => one.Key); year <= byYear.Max(one => one.Key); year++)
        {
            var owned = byYear[year].Where(line => Overdrafts.OwnedByMembers.Contains(line.Account)).ToList();
            var (paidInNow, keptNow) = (Of(owned.Where(IsPaidIn)), Of(owned.Where(line => !IsPaidIn(line))));
            (paidIn, kept) = (paidIn + paidInNow, kept + keptNow);
            years.Add(new YearLine(year, paidInNow, keptNow, dividends.Find(one => one.FiscalYear == year)?.Dividend ?? Money.Zero, CashOf(byYear[year], lines), paidIn, kept));
        }
        return years;
    }

    private static bool IsPaidIn(Line line) => line.Account is AccountCodes.MembershipShares or AccountCodes.PreferredShares;

    /// <summary>What came back is taken off where it was added.</summary>
    private static Money CashOf(IEnumerable<Line> lines, List<Line> all)
    {
        var payments = all.Where(IsPayment).Select(line => line.Sequence).ToHashSet();
        return -Of(lines.Where(line => IsPayment(line) || (line.Kind == EntryKind.Reversal && payments.Contains(line.Source))));
    }

    private static bool IsPayment(Line line) => line.Kind is EntryKind.DividendPayment or EntryKind.LaterPayment;

    /// <summary>The year of the dividend that each later payment is of; asked for only where there is one.</summary>
    private static Dictionary<long, int> YearsPaidLater(EvergreenDb db, List<Line> lines)
    {
        var ids = lines.Where(line => line.Kind == EntryKind.LaterPayment).Select(line => (int)line.Source).Distinct().ToArray();
        return ids.Length == 0 ? [] : (from payments in db.PaymentRuns join run in db.DividendRuns on payments.DividendRunId equals run.Id where ids.Contains(payments.Id) select new { payments.Id, run.FiscalYear }).ToDictionary(one => (long)one.Id, one => one.FiscalYear);
    }

    private static Money Of(IEnumerable<Line> lines)
    {
        var sum = Money.Zero;
        foreach (var line in lines) sum += new Money(line.AmountCents);
        return sum;
    }
}
