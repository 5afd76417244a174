using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Dividends;

/// <summary>Everybody whom one finding of a rehearsal concerns, of whom the rehearsal itself names the first.</summary>
public sealed class FindingMembers(Books books)
{
    public const int PageSize = 50;

    private static readonly ListOrder<Plain> Order = ListOrder<Plain>.Keyed("place", row => row.Place).By("number", row => row.No).By("before", row => row.Before).By("now", row => row.Now).By("change", row => row.Change).By("cash", row => row.Cash);

    /// <param name="Finding">Its key, as the rehearsal has it.</param>
    /// <param name="Sort">One of <c>number</c>, <c>before</c>, <c>now</c>, <c>change</c> and <c>cash</c>; with a minus sign in front the other way round. As the rehearsal lists them where it is null.</param>
    /// <param name="After">What the page before gave as its next.</param>
    public sealed record Request(string? CoOp, string Run, string Finding, string? Sort = null, string? After = null, int Size = PageSize);

    /// <param name="ComparedWith">Name of the posted run of an earlier year; null where there is none.</param>
    /// <param name="Next">Pass it on to read further; null at the end.</param>
    public sealed record Result(string Title, string Why, string? ComparedWith, IReadOnlyList<Rehearsal.Line> Rows, int Count, string? Next, string Sort);

    private sealed record Plain(int Place, int No, long Before, long Now, long Change, long Cash);

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var run = FindRun.Run(db, coOp.Value, request.Run);
        if (run.IsRefused) return run.Refusal!;
        var rehearsal = Rehearsal.Of(db, coOp.Value, run.Value, books.Today(coOp.Value), listed: int.MaxValue);
        if (rehearsal.Findings.SingleOrDefault(one => one.Key == request.Finding) is not { } finding) return Refusals.FindingUnknown(request.Finding, run.Value.Name);
        // They stand in no table: the rehearsal finds them all, and the page is cut from those.
        var numbers = finding.Members.Select(member => member.Number).Order(MemberNumber.Order).Select((number, no) => (number, no)).ToDictionary(one => one.number, one => one.no, StringComparer.Ordinal);
        var rows = finding.Members.Select((member, place) => new Plain(place, numbers[member.Number], member.Before.Cents, member.Now.Cents, member.Change.Cents, member.Cash.Cents));
        var page = Order.Page(rows.AsQueryable(), request.Sort, request.After, request.Size);
        return new Result(finding.Title, finding.Why, rehearsal.ComparedWith?.Name, [.. page.Rows.Select(row => finding.Members[row.Place])], finding.Count, page.Next, page.Sort);
    });
}
