using System.Linq.Expressions;
using System.Runtime.InteropServices;
using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>Rows of purchases or of hours: matched to members, held where the number is unknown, written in batches, summed by member as they go in.</summary>
/// <param name="category">What a category is called: a department, a kind of hours.</param>
internal abstract class PatronageIntake<TRow>(ImportSitting sitting, Measure measure, string category) : Intake where TRow : class
{
    private const int Batch = 20_000;

    /// <summary>Rows that say the same are named up to so many in a file: each is compared with all that are like it, and a file of nothing else would take forever and say nothing new.</summary>
    private const int MostTwins = 1_000;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Queued(TRow Row, long Place, int Year, bool YearClosed);

    private readonly EvergreenDb db = sitting.Db;
    private readonly MemberIndex members = new(sitting.Db, sitting.CoOp.Id);
    private readonly HeldRefs held = new(sitting.Db, sitting.Import.SourceId);
    private readonly Categories categories = new(sitting.Db, sitting.CoOp.Id, measure, code => sitting.Created.Add($"{category} {code}"));
    private readonly PatronageSums sums = new(sitting.Db, sitting.CoOp.Id);
    private readonly RowVerdicts verdicts = new();
    private readonly List<Queued> queue = [];
    private readonly List<(HeldRow Row, long Place)> heldQueue = [];
    private readonly List<string> perhaps = [];
    private SeenContents seen = new();
    private int twinsTold;
    private DateOnly first = DateOnly.MaxValue, last = DateOnly.MinValue;
    private DateOnly yearAskedFor;
    private int yearAnswered;

    protected ImportSitting Sitting => sitting;
    protected ImportBatch Import => sitting.Import;

    protected abstract int SourceColumn { get; }
    protected abstract int MemberColumn { get; }
    protected abstract int CategoryColumn { get; }
    protected virtual string? EmptyCategory => null;

    /// <summary>The date that puts the row into a fiscal year, and its column.</summary>
    protected abstract (DateOnly On, int Column) Dated(CanonicalRows rows);
    protected virtual void LookAt(CanonicalRows rows, int year) { }

    /// <summary>Why this row may not be taken on its day; null where it may.</summary>
    protected virtual Fault? NotOn(CanonicalRows rows, DateOnly on) => null;
    protected abstract long Quantity(CanonicalRows rows);
    protected abstract TRow Make(CanonicalRows rows, string sourceRef, int? member, DateOnly on, int category);
    protected abstract HeldRow Hold(TRow row, string number);
    protected abstract void Count(PatronageSums sums, TRow row, int year);
    protected abstract string RefOf(TRow row);
    protected abstract (int? Member, int Category, int Import) About(TRow row);
    protected abstract Expression<Func<TRow, bool>> ByRef(int source, string[] refs);
    protected abstract Expression<Func<TRow, string>> Ref { get; }
    protected abstract Expression<Func<TRow, bool>> TakenBetween(int import, DateOnly from, DateOnly to);
    protected abstract string Describe(TRow row, string? member, string? category);
    protected abstract int HashOf(TRow row, int salt);

    /// <summary>The members' rows of this import.</summary>
    protected abstract IQueryable<TRow> OwnRows { get; }
    protected abstract Expression<Func<TRow, bool>> OfImports(int[] imports);

    /// <summary>Those of <paramref name="rows"/> beside which one of <paramref name="others"/> says the same under another id: in another import, or above in this one.</summary>
    protected abstract IQueryable<Twin> Twins(IQueryable<TRow> rows, IQueryable<TRow> others);

    public override bool MustLookAgain => verdicts.Any;

    public override void Take(CanonicalRows rows)
    {
        if (sitting.LookingAgain) (seen, twinsTold) = (new SeenContents(), 0);
        for (long place = 0; rows.Read(); place++)
        {
            Take(rows, place);
            sitting.Progress(rows);
            if (queue.Count + heldQueue.Count >= Batch) Write(rows);
        }
        if (!sitting.LookingAgain)
        {
            Write(rows);
            sums.Write();
            RemoveWhatIsClosed();
        }
        else WarnOfThisFile(rows);
        if (sitting.LookingAgain || !verdicts.Any) WarnOfOtherImports(rows);
    }

    private void Take(CanonicalRows rows, long place)
    {
        var (on, dateColumn) = Dated(rows);
        var year = YearOf(on);
        var quantity = Quantity(rows);
        var number = rows.Utf8(MemberColumn);
        var member = number.IsEmpty ? null : members.Find(number);
        var unknown = member is null && !number.IsEmpty;
        var closed = sitting.Closed.Containing(on);
        LookAt(rows, year);
        if (NotOn(rows, on) is { } told)
        {
            rows.Reject(dateColumn, told);
            return;
        }
        if (unknown && closed is { } closedYear)
        {
            rows.Reject(dateColumn, BookFaults.YearClosed(closedYear));
            return;
        }
        if (sitting.LookingAgain)
        {
            switch (verdicts[place])
            {
                case RowVerdict.Repeated: sitting.Skip(rows, quantity); return;
                case RowVerdict.Differs: rows.Reject(SourceColumn, BookFaults.OtherContent(DescribeThere(rows.Text(SourceColumn)))); return;
                case RowVerdict.YearClosed: rows.Reject(dateColumn, BookFaults.YearClosed(closed!.Value)); return;
            }
            if (member is not null) Compare(rows, Make(rows, rows.Text(SourceColumn), member, on, categories.IdOf(rows.Utf8(CategoryColumn), EmptyCategory)));
        }
        else
        {
            var row = Make(rows, rows.Text(SourceColumn), member, on, categories.IdOf(rows.Utf8(CategoryColumn), EmptyCategory));
            if (unknown) heldQueue.Add((Hold(row, Encoding.UTF8.GetString(number)), place));
            else queue.Add(new(row, place, year, closed is not null));
        }
        if (unknown) sitting.Hold(rows, Encoding.UTF8.GetString(number), quantity);
        else
        {
            sitting.Accept(rows, year, quantity);
            (first, last) = (on < first ? on : first, on > last ? on : last);
        }
    }

    private int YearOf(DateOnly on)
    {
        if (on != yearAskedFor) (yearAskedFor, yearAnswered) = (on, sitting.CoOp.YearOf(on).Year);
        return yearAnswered;
    }

    /// <summary>Writes what is queued, and notes which rows the database knew.</summary>
    private void Write(CanonicalRows rows)
    {
        LookAmongHeld();
        foreach (var row in queue)
            if (row.YearClosed) verdicts[row.Place] = RowVerdict.YearClosed;
        var at = 0;
        BulkWriter.InsertOrSkip(db, queue.Select(row => row.Row), (row, same) =>
        {
            // Repeats come in the order of the rows.
            while (!ReferenceEquals(queue[at].Row, row)) at++;
            verdicts[queue[at].Place] = same ? RowVerdict.Repeated : RowVerdict.Differs;
        }, nameof(Purchase.ImportId), nameof(Purchase.Row));
        foreach (var row in queue)
        {
            if (verdicts[row.Place] != RowVerdict.New) continue;
            Count(sums, row.Row, row.Year);
            if (About(row.Row).Member is not null) Compare(rows, row.Row);
        }
        WarnOfThisFile(rows);
        queue.Clear();
        WriteHeld();
    }

    private void Compare(CanonicalRows rows, TRow row)
    {
        if (!seen.MayHaveCome(HashOf(row, 1), HashOf(row, 2)) || twinsTold + perhaps.Count >= MostTwins) return;
        perhaps.Add(RefOf(row));
        if (sitting.LookingAgain && perhaps.Count >= Batch) WarnOfThisFile(rows);
    }

    /// <summary>Rows that a row above them seems to have brought.</summary>
    private void WarnOfThisFile(CanonicalRows rows)
    {
        foreach (var refs in perhaps.Chunk(500))
            WarnOf(rows, Twins(OwnRows.Where(ByRef(sitting.Import.SourceId, refs)), db.Set<TRow>().AsNoTracking().Where(OfImports([sitting.Import.Id]))));
        perhaps.Clear();
    }

    /// <summary>Rows that another import seems to have brought. Only imports that tell of the same days are asked.</summary>
    private void WarnOfOtherImports(CanonicalRows rows)
    {
        var imports = new List<int>();
        var (from, to) = (DateOnly.MaxValue, DateOnly.MinValue);
        foreach (var other in db.Imports.Where(other => other.CoOpId == sitting.CoOp.Id && other.Kind == sitting.Import.Kind && other.WithdrawnAt == null && other.Id != sitting.Import.Id && other.Accepted + other.Held > 0)
            .OrderBy(other => other.Id).Select(other => new { other.Id, other.Held, other.TotalsJson }).ToList())
        {
            // What programs post is kept without its days, and rows that were held come in later.
            var days = other.Held > 0 ? null : KeptReport.Read(other.TotalsJson).Totals?.Dates?.Values;
            var (begin, end) = days is { Count: > 0 } ? (days.Min(range => range.First), days.Max(range => range.Last)) : (first, last);
            if (begin > last || end < first) continue;
            imports.Add(other.Id);
            (from, to) = (begin < from ? begin : from, end > to ? end : to);
        }
        if (imports.Count > 0) WarnOf(rows, Twins(OwnRows.Where(TakenBetween(sitting.Import.Id, from, to)), db.Set<TRow>().AsNoTracking().Where(OfImports([.. imports]))));
    }

    private void WarnOf(CanonicalRows rows, IQueryable<Twin> twins)
    {
        foreach (var twin in twins.Take(MostTwins))
        {
            rows.WarnOf(twin.Row, SourceColumn, twin.SourceRef, RowWarnings.PossiblyTwice(twin.Other));
            twinsTold++;
        }
    }

    /// <summary>A row that was held before and has its member now takes the place of the held one, if it says the same otherwise.</summary>
    private void LookAmongHeld()
    {
        var waiting = held.Among(queue.Select(queued => RefOf(queued.Row)));
        if (waiting.Count == 0) return;
        queue.RemoveAll(queued =>
        {
            if (!waiting.TryGetValue(RefOf(queued.Row), out var before)) return false;
            if (!queued.YearClosed && HeldRefs.SaysTheSame(before, Hold(queued.Row, before.MemberNumber)))
            {
                held.Resolve(before, sitting.Now, sitting.Import.By, HeldRefs.TakenInBy(sitting.Import.Number));
                waiting.Remove(before.SourceRef);
                return false;
            }
            verdicts[queued.Place] = RowVerdict.Differs;
            return true;
        });
    }

    private void WriteHeld()
    {
        if (heldQueue.Count == 0) return;
        var at = 0;
        BulkWriter.InsertOrSkip(db, heldQueue.Select(row => row.Row), (row, same) =>
        {
            while (!ReferenceEquals(heldQueue[at].Row, row)) at++;
            verdicts[heldQueue[at].Place] = same ? RowVerdict.Repeated : RowVerdict.Differs;
        }, nameof(HeldRow.ImportId), nameof(HeldRow.Row), nameof(HeldRow.ResolvedAt), nameof(HeldRow.ResolvedBy), nameof(HeldRow.Resolution));
        var fresh = heldQueue.Where(row => verdicts[row.Place] == RowVerdict.New).ToList();
        foreach (var some in fresh.Chunk(500))
        {
            var there = db.Set<TRow>().AsNoTracking().Where(ByRef(sitting.Import.SourceId, [.. some.Select(row => row.Row.SourceRef)])).Select(Ref).ToHashSet(StringComparer.Ordinal);
            foreach (var (row, place) in some)
            {
                if (!there.Contains(row.SourceRef)) continue;
                verdicts[place] = RowVerdict.Differs;
                db.HeldRows.Where(x => x.SourceId == row.SourceId && x.SourceRef == row.SourceRef).ExecuteDelete();
            }
        }
        held.Add(fresh.Where(row => verdicts[row.Place] == RowVerdict.New).Select(row => row.Row));
        heldQueue.Clear();
    }

    /// <summary>Rows of closed years were written to learn which of them are there already; the others go again.</summary>
    private void RemoveWhatIsClosed()
    {
        if (!verdicts.Any) return;
        foreach (var closing in db.YearClosings.AsNoTracking().Where(closing => closing.CoOpId == sitting.CoOp.Id).OrderBy(closing => closing.FiscalYear).ToList())
            db.Set<TRow>().Where(TakenBetween(sitting.Import.Id, closing.StartsOn, closing.EndsOn)).ExecuteDelete();
    }

    private string DescribeThere(string sourceRef)
    {
        if (db.Set<TRow>().AsNoTracking().SingleOrDefault(ByRef(sitting.Import.SourceId, [sourceRef])) is { } row)
        {
            var (memberId, categoryId, import) = About(row);
            return $"{Describe(row, db.Members.Where(member => member.Id == memberId).Select(member => member.Number).SingleOrDefault(), categories.CodeOf(categoryId))} ({WhereFrom(import)})";
        }
        var before = db.HeldRows.AsNoTracking().Single(row => row.SourceId == sitting.Import.SourceId && row.SourceRef == sourceRef);
        return $"held, {before.On:yyyy-MM-dd}, member {before.MemberNumber}, {new Domain.Arithmetic.Money(before.Quantity)} ({WhereFrom(before.ImportId)})";
    }

    private string WhereFrom(int import) => import == sitting.Import.Id ? "earlier in this file" : $"import {db.Imports.Where(i => i.Id == import).Select(i => i.Number).Single()}";

    protected static string Joined(params string?[] parts) => string.Join(", ", parts.Where(part => part is not null));
}
