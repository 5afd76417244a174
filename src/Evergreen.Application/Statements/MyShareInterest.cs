using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;

namespace Evergreen.Application.Statements;

/// <summary>What a society paid a member as interest on shares, by the tax years of the United Kingdom that are over.</summary>
/// <remarks>
/// It is paid without tax taken off (ITA 2007 s.887), and the member declares it for the year in which it became theirs: money for the year in which it left the bank, what was added to shares or credited in another form for the year in which it was posted.
/// A run that was reversed is in no year; where the next run sets off what was paid under it, that counts with the next run. Nothing is stored: no cent is anywhere but in the runs and the ledger.
/// </remarks>
public sealed class MyShareInterest(Books books)
{
    /// <summary>The unit of a pool that is interest and not a dividend.</summary>
    private const string Unit = "share-interest";

    /// <param name="InMoney">Paid out; otherwise added to the shares, or credited.</param>
    public sealed record Part(DateOnly On, string Run, int FiscalYear, Money Amount, bool InMoney);

    /// <param name="TaxYear">The year in which it begins.</param>
    /// <param name="Record">Number of the record that it was paid to.</param>
    /// <param name="Parts">In the order of their days.</param>
    public sealed record Row(int TaxYear, int MemberId, string Record, IReadOnlyList<Part> Parts)
    {
        public Money Total => Parts.Sum(part => part.Amount);
        public Money InMoney => Parts.Where(part => part.InMoney).Sum(part => part.Amount);
    }

    /// <summary>Newest year first.</summary>
    public IReadOnlyList<Row> Run(CoOp coOp, int memberId) => books.Read(db => Rows(db, coOp, memberId, books.Today(coOp)));

    internal static List<Row> Rows(EvergreenDb db, CoOp coOp, int memberId, DateOnly today)
    {
        if (coOp.Regime != TaxRegime.UkRegisteredSociety) return [];
        var records = MemberIdentities.Numbers(db, MemberIdentities.Of(db, memberId));
        var ids = records.Keys.ToList();
        var found = (from row in db.Allocations
                     join pool in db.RunPools on new { row.RunId, row.PoolNo } equals new { pool.RunId, pool.PoolNo }
                     join run in db.DividendRuns on row.RunId equals run.Id
                     join posting in db.DividendPostings on row.RunId equals posting.RunId
                     where run.CoOpId == coOp.Id && ids.Contains(row.MemberId) && pool.Unit == Unit && row.DividendCents > 0 && !db.DividendReversals.Any(reversal => reversal.RunId == run.Id)
                     select new { row.MemberId, row.RunId, run.FiscalYear, run.Number, row.CashCents, row.CapitalCents, row.Treatment, PostedOn = posting.On, PaidOn = db.DividendPayments.Where(payment => payment.RunId == run.Id).Max(payment => (DateOnly?)payment.On) }).ToList();
        var later = PaidCash.PaidLater(db, ids);
        var parts = new List<(int MemberId, Part Part)>();
        foreach (var row in found)
        {
            var inMoney = row.Treatment == CashTreatment.Paid;
            // What goes to the common reserve never was the member's.
            if (row is { CashCents: > 0, Treatment: not CashTreatment.Pooled } && (inMoney ? later.TryGetValue(row.RunId, out var day) ? day : row.PaidOn : row.PostedOn) is { } on) parts.Add((row.MemberId, new Part(on, $"{row.FiscalYear}-{row.Number}", row.FiscalYear, new Money(row.CashCents), inMoney)));
            if (row.CapitalCents > 0) parts.Add((row.MemberId, new Part(row.PostedOn, $"{row.FiscalYear}-{row.Number}", row.FiscalYear, new Money(row.CapitalCents), InMoney: false)));
        }
        return [.. parts.GroupBy(part => (TaxYear: UkTaxYear.Of(part.Part.On), part.MemberId)).Where(year => UkTaxYear.EndsOn(year.Key.TaxYear) < today)
            .Select(year => new Row(year.Key.TaxYear, year.Key.MemberId, records[year.Key.MemberId], [.. year.Select(part => part.Part).OrderBy(part => part.On).ThenBy(part => part.Run, StringComparer.Ordinal)]))
            .OrderByDescending(row => row.TaxYear).ThenBy(row => row.Record, MemberNumber.Order)];
    }
}
