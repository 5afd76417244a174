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

    private static readonly ListOrder<Row> Waits = Sorted("number"), Decided = Sorted("-number");

    public sealed record Row
    {
        public required MembershipApplication Application { get; init; }
        public required ApplicationDecision? Decision { get; init; }

        /// <summary>Number of the member that came of it.</summary>
        public required string? Member { get; init; }
    }

    /// <param name="Count">All of them.</param>
    /// <param name="Next">Pass it on to read further; null at the end.</param>
    /// <param name="Sort">The order they are in.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, long Count, string? Next, string Sort);

    private static ListOrder<Row> Sorted(string usual) => ListOrder<Row>.Keyed(usual, row => row.Application.Number).By("name", row => row.Application.Name).By("received", row => row.Application.ReceivedOn).By("class", row => row.Application.Class ?? "");

    /// <param name="sort">One of <c>number</c>, <c>name</c>, <c>received</c> and <c>class</c>; with a minus sign in front the other way round.</param>
    public Outcome<Page> Run(string? coOpCode, bool decided = false, string? after = null, string? sort = null) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value.Id;
        var rows = from application in db.MembershipApplications
                   join decision in db.ApplicationDecisions on application.Id equals decision.ApplicationId into decisions
                   from decision in decisions.DefaultIfEmpty()
                   where application.CoOpId == coOp && (decision != null) == decided
                   select new Row { Application = application, Decision = decision, Member = db.Members.Where(member => decision != null && member.Id == decision.MemberId).Select(member => member.Number).FirstOrDefault() };
        var page = (decided ? Decided : Waits).Page(rows, sort, after, PageSize);
        return new Page(page.Rows, rows.LongCount(), page.Next, page.Sort);
    });

    public Outcome<Row> One(string? coOp, int number) => books.Read<Outcome<Row>>(db =>
    {
        var found = FindApplication.Run(db, coOp, number);
        if (found.IsRefused) return found.Refusal!;
        var decision = found.Value.Decision;
        return new Row { Application = found.Value.Application, Decision = decision, Member = decision?.MemberId is { } id ? db.Members.Where(member => member.Id == id).Select(member => member.Number).Single() : null };
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
