using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application;

/// <summary>The people whose records are over the co-op's term: members by the order of their records, then applicants.</summary>
public sealed class ListOverTerm(Books books)
{
    public const int PageSize = 100;

    /// <param name="Application">Number of the application that was declined; null for a member.</param>
    /// <param name="On">When membership ended, or the application was declined.</param>
    public sealed record Row(int Key, string? Member, int? Application, string Name, DateOnly On);

    /// <param name="Last">The fiscal years up to this day are over the term.</param>
    /// <param name="Count">All of them.</param>
    /// <param name="Next">Pass it on to read further; null at the end.</param>
    public sealed record Page(DateOnly Last, int Count, IReadOnlyList<Row> Rows, int? Next);

    /// <param name="after">Of the last row that was read: a member's is positive, an applicant's negative.</param>
    public Outcome<Page> Run(string? coOpCode, int? after = null) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, today) = (found.Value, books.Today(found.Value));
        var rows = new List<Row>();
        if (after is null or > 0)
            rows = OverTerm.Members(db, coOp, today).Where(member => after == null || member.Id > after).OrderBy(member => member.Id).Take(PageSize + 1)
                .Select(member => new { member.Id, member.Number, member.Name, On = db.StatusChanges.Where(change => change.MemberId == member.Id && change.Status == MemberStatus.Deceased).Min(change => (DateOnly?)change.On) ?? db.StatusChanges.Where(change => change.MemberId == member.Id).Max(change => change.On) }).ToList().ConvertAll(one => new Row(one.Id, one.Number, null, one.Name, one.On));
        if (rows.Count <= PageSize)
        {
            var from = after < 0 ? -after.Value : 0;
            rows.AddRange(OverTerm.Applications(db, coOp, today).Where(application => application.Number > from).OrderBy(application => application.Number).Take(PageSize + 1 - rows.Count)
                .Join(db.ApplicationDecisions, application => application.Id, decision => decision.ApplicationId, (application, decision) => new { application.Number, application.Name, decision.On })
                .OrderBy(one => one.Number).ToList().ConvertAll(one => new Row(-one.Number, null, one.Number, one.Name, one.On)));
        }
        var page = rows.Take(PageSize).ToList();
        return new Page(OverTerm.LastDay(coOp, today), OverTerm.Count(books, db, coOp), page, rows.Count > PageSize ? page[^1].Key : null);
    });
}
