using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>Decides what becomes of held rows: they are a member's after all, or business with no member. They then count as if they had been imported so.</summary>
public sealed class ResolveHeldRows(Books books)
{
    /// <param name="MemberNumber">The number that stands in the held rows; all rows with it are resolved alike.</param>
    /// <param name="Row">One held row alone, by its id; null takes all of that number.</param>
    /// <param name="ToMember">The member whose rows they are; null declares them non-member business.</param>
    public sealed record Request(string? CoOp, string MemberNumber, string? ToMember, string By, string Reason, long? Row = null, bool DryRun = false);

    public sealed record Result(long Rows, string? Member, Money Purchases, Hours Hours);

    public Outcome<Result> Run(Request request)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Refusals.ResolutionReasonMissing();
        return books.Write(request.DryRun, db => Resolve(db, request));
    }

    private Outcome<Result> Resolve(EvergreenDb db, Request request)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        int? member = null;
        if (request.ToMember is { } number)
        {
            member = db.Members.Where(m => m.CoOpId == coOp.Id && m.Number == number).Select(m => (int?)m.Id).SingleOrDefault();
            if (member is null) return Refusals.MemberUnknown(number);
        }
        var rows = db.HeldRows.Where(row => row.CoOpId == coOp.Id && row.MemberNumber == request.MemberNumber && row.ResolvedAt == null && (request.Row == null || row.Id == request.Row)).OrderBy(row => row.Id).ToList();
        if (rows.Count == 0) return Refusals.NothingHeld(request.MemberNumber);
        var years = rows.Select(row => coOp.YearOf(row.On).Year).ToHashSet();
        if (PostedRuns.Of(db, coOp.Id).FirstOrDefault(run => years.Contains(run.FiscalYear)) is { } run) return Refusals.HeldYearPosted(run.FiscalYear, run.Name);

        Move(db, coOp, rows, member);
        var resolution = member is null ? $"non-member business: {request.Reason.Trim()}" : $"member {request.ToMember}: {request.Reason.Trim()}";
        foreach (var row in rows) (row.ResolvedAt, row.ResolvedBy, row.Resolution) = (books.Now, request.By, resolution);
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "import.resolve", $"{rows.Count} held rows of number {request.MemberNumber}", resolution);
        return new Result(rows.Count, request.ToMember, new Money(rows.Where(row => row.Kind == ImportKind.Purchases).Sum(row => row.Quantity)), new Hours(rows.Where(row => row.Kind == ImportKind.Hours).Sum(row => row.Quantity)));
    }

    private static void Move(EvergreenDb db, CoOp coOp, List<HeldRow> rows, int? member)
    {
        var sums = new PatronageSums(db, coOp.Id);
        var purchases = rows.Where(row => row.Kind == ImportKind.Purchases).Select(row => HeldPatronage.ToPurchase(row, member)).ToList();
        var hours = rows.Where(row => row.Kind == ImportKind.Hours).Select(row => HeldPatronage.ToHours(row, member)).ToList();
        BulkWriter.Insert(db, purchases);
        BulkWriter.Insert(db, hours);
        foreach (var row in purchases) sums.Add(row, coOp.YearOf(row.On).Year, 1);
        foreach (var row in hours) sums.Add(row, coOp.YearOf(row.On).Year, 1);
        sums.Write();
    }
}
