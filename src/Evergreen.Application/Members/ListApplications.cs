using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Applications for membership: those that wait, oldest first, or those that were decided, newest first.</summary>
public sealed class ListApplications(Books books)
{
    public const int PageSize = 50;

    /// <param name="Member">Number of the member that came of it.</param>
    public sealed record Row(MembershipApplication Application, ApplicationDecision? Decision, string? Member);

    /// <param name="Count">All of them.</param>
    /// <param name="Next">Pass it on to read further; null at the end.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, long Count, int? Next);

    public Outcome<Page> Run(string? coOpCode, bool decided = false, int? after = null) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value.Id;
        var rows = from application in db.MembershipApplications
                   join decision in db.ApplicationDecisions on application.Id equals decision.ApplicationId into decisions
                   from decision in decisions.DefaultIfEmpty()
                   where application.CoOpId == coOp && (decision != null) == decided
                   select new { application, decision, member = db.Members.Where(member => decision != null && member.Id == decision.MemberId).Select(member => member.Number).FirstOrDefault() };
        var count = rows.LongCount();
        var page = (decided ? rows.Where(row => after == null || row.application.Number < after).OrderByDescending(row => row.application.Number) : rows.Where(row => after == null || row.application.Number > after).OrderBy(row => row.application.Number))
            .Take(PageSize + 1).ToList().ConvertAll(row => new Row(row.application, row.decision, row.member));
        return page.Count > PageSize ? new Page(page[..PageSize], count, page[PageSize - 1].Application.Number) : new Page(page, count, null);
    });

    public Outcome<Row> One(string? coOp, int number) => books.Read<Outcome<Row>>(db =>
    {
        var found = FindApplication.Run(db, coOp, number);
        if (found.IsRefused) return found.Refusal!;
        var decision = found.Value.Decision;
        return new Row(found.Value.Application, decision, decision?.MemberId is { } id ? db.Members.Where(member => member.Id == id).Select(member => member.Number).Single() : null);
    });

    /// <summary>How many wait for an answer.</summary>
    public Outcome<int> Waiting(string? coOpCode) => books.Read<Outcome<int>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        return found.IsRefused ? found.Refusal! : Open(db, found.Value.Id).Count();
    });

    /// <summary>Those that wait for an answer.</summary>
    internal static IQueryable<MembershipApplication> Open(EvergreenDb db, int coOpId) =>
        db.MembershipApplications.Where(application => application.CoOpId == coOpId && !db.ApplicationDecisions.Any(decision => decision.ApplicationId == application.Id));
}
