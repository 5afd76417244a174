using System.Globalization;
using System.Numerics;
using System.Text;
using Evergreen.Application.CoOps;
using Evergreen.Application.Imports;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Shows a run and writes it out: as <c>allocations.csv</c>, from which anybody can recompute it, as the nine columns a CORE-POS store loads, or for the payroll system.</summary>
public sealed class DividendWorksheet(Books books)
{
    public enum Layout
    {
        Allocations = 1,
        CorePos = 2,
        Payroll = 3,
    }

    /// <param name="PayBy">Last day of the payment period; null outside Subchapter T.</param>
    /// <param name="Fifth">The 20 % test; null where no notice is qualified.</param>
    /// <param name="Warnings">What should be known of steps that come too late or soon will, and of what stands in their way, in sentences.</param>
    public sealed record Summary(CoOp CoOp, RunStanding Standing, Working Working, IReadOnlyList<RunPool> Pools, DateOnly? PayBy, FifthInMoney? Fifth, IReadOnlyList<string> Warnings);

    /// <summary>The runs of a year, newest first; of every year where it is null.</summary>
    public Outcome<IReadOnlyList<RunStanding>> List(string? coOpCode, int? year) => books.Read<Outcome<IReadOnlyList<RunStanding>>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        var runs = db.DividendRuns.AsNoTracking().Where(run => run.CoOpId == coOp.Value.Id && (year == null || run.FiscalYear == year)).OrderByDescending(run => run.FiscalYear).ThenByDescending(run => run.Number).Take(200).ToList();
        var ids = runs.Select(run => run.Id).ToList();
        var approvals = db.DividendApprovals.AsNoTracking().Where(approval => ids.Contains(approval.RunId)).ToDictionary(approval => approval.RunId);
        var postings = db.DividendPostings.AsNoTracking().Where(posting => ids.Contains(posting.RunId)).ToDictionary(posting => posting.RunId);
        var payments = db.DividendPayments.AsNoTracking().Where(payment => ids.Contains(payment.RunId)).ToDictionary(payment => payment.RunId);
        var reversals = db.DividendReversals.AsNoTracking().Where(reversal => ids.Contains(reversal.RunId)).ToDictionary(reversal => reversal.RunId);
        return runs.Select(run => new RunStanding(run, approvals.GetValueOrDefault(run.Id), postings.GetValueOrDefault(run.Id), payments.GetValueOrDefault(run.Id), reversals.GetValueOrDefault(run.Id))).ToList();
    });

    public Outcome<Summary> Show(string? coOpCode, string run) => books.Read<Outcome<Summary>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, run);
        if (found.IsRefused) return found.Refusal!;
        var course = RunCourse.Of(db, found.Value);
        var statements = db.StatementIssues.Where(issue => issue.RunId == found.Value.Id).Select(issue => (DateOnly?)issue.On).SingleOrDefault();
        return new Summary(coOp.Value, course.Standing, WorkingJson.Read(found.Value.WorkingJson), CalculateDividend.Pools(db, found.Value.Id),
            PaymentPeriod.EndOf(coOp.Value, found.Value.FiscalYear), FifthInMoney.Of(db, coOp.Value, found.Value), [.. RunWarnings.Of(coOp.Value, course, statements, books.Today(coOp.Value)), .. RunWarnings.OfShares(db, coOp.Value, course.Standing, books.Today(coOp.Value)), .. RunWarnings.OfRest(db, coOp.Value, course)]);
    });

    /// <summary>Writes the run in the layout. The same run gives the same bytes.</summary>
    /// <returns>The number of rows written.</returns>
    public Outcome<long> Export(string? coOpCode, string run, Layout layout, Stream destination)
    {
        using var output = new StreamWriter(destination, new UTF8Encoding(false), 1 << 14, leaveOpen: true);
        return Write(coOpCode, run, layout, new CsvWriter(output));
    }

    /// <summary>The same as a workbook of one sheet.</summary>
    public Outcome<long> ExportWorkbook(string? coOpCode, string run, Layout layout, Stream destination)
    {
        using var workbook = new XlsxWriter(destination, $"{layout} {run}");
        return Write(coOpCode, run, layout, workbook);
    }

    private Outcome<long> Write(string? coOpCode, string run, Layout layout, RowWriter table) => books.Read<Outcome<long>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, run);
        if (found.IsRefused) return found.Refusal!;
        var rows = Rows(db, found.Value);
        var pools = CalculateDividend.Pools(db, found.Value.Id).ToDictionary(pool => pool.PoolNo);
        return layout switch
        {
            Layout.CorePos => CorePos(db, table, found.Value, rows),
            Layout.Payroll => Payroll(table, found.Value, rows, pools),
            _ => Allocations(table, rows, pools),
        };
    });

    private sealed record Row(string Number, string Name, Allocation Allocation);

    /// <summary>By pool, then member number in its natural order.</summary>
    private static List<Row> Rows(EvergreenDb db, DividendRun run)
    {
        var rows = (from allocation in db.Allocations.AsNoTracking()
                    join member in db.Members on allocation.MemberId equals member.Id
                    where allocation.RunId == run.Id
                    select new { member.Number, member.Name, allocation }).AsEnumerable().Select(row => new Row(row.Number, row.Name, row.allocation)).ToList();
        rows.Sort((a, b) => a.Allocation.PoolNo != b.Allocation.PoolNo ? a.Allocation.PoolNo.CompareTo(b.Allocation.PoolNo) : MemberNumber.Order.Compare(a.Number, b.Number));
        return rows;
    }

    private static long Allocations(RowWriter table, List<Row> rows, Dictionary<int, RunPool> pools)
    {
        // One row a member and pool has one kind of notice, unless consent covers a part of the year only: then, and only then, a last column says how much of what is retained is not qualified.
        var bothKinds = rows.Exists(row => HasBothKinds(row.Allocation));
        string[] columns = ["member_number", "name", "pool", "unit", "units", "total_units", "pool_amount_cents", "share_numerator", "share_denominator", "floor_cents", "remainder_cent",
            "dividend_cents", "cash_cents", "retained_cents", "notice_kind", "withheld_cents", "payable_cents"];
        table.Header(bothKinds ? [.. columns, "nonqualified_cents"] : columns);
        foreach (var (number, name, row) in rows)
        {
            var pool = pools[row.PoolNo];
            var total = Parse(pool.TotalUnits);
            var scale = Parse(pool.UnitsScale);
            var units = Parse(row.Units);
            var share = new Ratio(units, total);
            table.Text(number).Text(name).Text(pool.Code).Text(pool.Unit).Text(UnitsText.Of(units, scale)).Text(UnitsText.Of(total, scale)).Integer(pool.AmountCents)
                .Text(share.Numerator.ToString(CultureInfo.InvariantCulture)).Text(share.Denominator.ToString(CultureInfo.InvariantCulture)).Integer(row.FloorCents).Integer(row.ExtraCent)
                .Integer(row.DividendCents).Integer(row.CashCents).Integer(row.RetainedCents).Text(NoticeKindOf(row)).Integer(row.WithheldCents).Integer(row.PayableCents);
            if (bothKinds) table.Integer(row.NonqualifiedCents);
            table.EndRow();
        }
        return rows.Count;
    }

    private static bool HasBothKinds(Allocation row) => row.QualifiedCents != 0 && row.NonqualifiedCents != 0;
    private static string NoticeKindOf(Allocation row) => row.QualifiedCents != 0 ? "qualified" : row.NonqualifiedCents != 0 ? "nonqualified" : "none";

    private static long CorePos(EvergreenDb db, RowWriter table, DividendRun run, List<Row> rows)
    {
        var bought = PurchasesThatCount(db, run);
        table.Header(["Member Number", "Gross Purchases", "Discounts", "Rewards", "Net Purchases", "Total Patronage", "Paid Out Patronage", "Retained Patronage", "Fiscal Year"]);
        long written = 0;
        foreach (var member in rows.GroupBy(row => row.Number).OrderBy(group => group.Key, MemberNumber.Order))
        {
            // Purchases come in net of discounts and returns, so gross and net are one figure.
            var net = new Money(bought.GetValueOrDefault(member.First().Allocation.MemberId));
            // The store writes its checks from this column: what was kept, given on, withheld or goes through payroll must not be paid by it.
            var paid = new Money(member.Where(row => row.Allocation.Treatment == CashTreatment.Paid).Sum(row => row.Allocation.PayableCents));
            table.Text(member.Key).Amount(net).Amount(Money.Zero).Amount(Money.Zero).Amount(net)
                .Amount(new Money(member.Sum(row => row.Allocation.DividendCents))).Amount(paid).Amount(new Money(member.Sum(row => row.Allocation.RetainedCents)))
                .Integer(run.FiscalYear).EndRow();
            written++;
        }
        return written;
    }

    /// <summary>What each member bought in the year of what counts in a pool, with the purchases of the household, whose patronage accrues to its primary owner.</summary>
    private static Dictionary<int, long> PurchasesThatCount(EvergreenDb db, DividendRun run)
    {
        var policy = PolicyDocument.Read(db.PolicyVersions.AsNoTracking().Single(version => version.Id == run.PolicyVersionId).Json).Value;
        var parts = policy.Pools.SelectMany(pool => pool.Unit).Where(part => part.Measure == Measure.Purchases).ToList();
        var categories = db.PatronageCategories.AsNoTracking().Where(category => category.CoOpId == run.CoOpId).ToDictionary(category => category.Id, category => category.Code);
        var owners = db.Members.Where(member => member.CoOpId == run.CoOpId && member.HouseholdOfId != null).Select(member => new { member.Id, member.HouseholdOfId }).ToDictionary(member => member.Id, member => member.HouseholdOfId!.Value);
        var ofYear = db.PatronageTotals.AsNoTracking().Where(total => total.CoOpId == run.CoOpId && total.FiscalYear == run.FiscalYear && total.Measure == Measure.Purchases && total.MemberId != 0);
        var bought = new Dictionary<int, long>();
        foreach (var kind in ofYear.Select(total => new { total.CategoryId, total.Eligibility }).Distinct().ToList())
        {
            if (!parts.Exists(part => part.Counts(categories.GetValueOrDefault(kind.CategoryId), kind.Eligibility))) continue;
            foreach (var sum in ofYear.Where(total => total.CategoryId == kind.CategoryId && total.Eligibility == kind.Eligibility)
                .GroupBy(total => total.MemberId).Select(group => new { Member = group.Key, Cents = group.Sum(total => total.Quantity) }))
            {
                var owner = sum.Member;
                while (owners.TryGetValue(owner, out var above)) owner = above;
                bought[owner] = bought.GetValueOrDefault(owner) + sum.Cents;
            }
        }
        return bought;
    }

    private static long Payroll(RowWriter table, DividendRun run, List<Row> rows, Dictionary<int, RunPool> pools)
    {
        table.Header(["member_number", "name", "fiscal_year", "run", "pool", "unit", "units", "amount"]);
        long written = 0;
        foreach (var (number, name, row) in rows.Where(row => row.Allocation.Treatment == CashTreatment.Payroll))
        {
            var pool = pools[row.PoolNo];
            table.Text(number).Text(name).Integer(run.FiscalYear).Text(run.Name).Text(pool.Code).Text(pool.Unit).Text(UnitsText.Of(Parse(row.Units), Parse(pool.UnitsScale))).Amount(new Money(row.CashCents)).EndRow();
            written++;
        }
        return written;
    }

    internal static BigInteger Parse(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
