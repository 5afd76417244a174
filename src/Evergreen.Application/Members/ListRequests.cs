using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>What members report and ask for: what waits, the oldest first, or what is over, the newest first.</summary>
public sealed class ListRequests(Books books)
{
    public const int PageSize = 50;

    public sealed record Row
    {
        public required MemberRequest Request { get; init; }
        public required RequestClosing? Closing { get; init; }

        /// <summary>Number of the member who asks.</summary>
        public required string Member { get; init; }
        public required string Name { get; init; }
        public required string? DocumentName { get; init; }
    }

    /// <param name="Count">All that are asked for.</param>
    /// <param name="Next">Pass it on to read further; null at the end.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, long Count, int? Next);

    public Outcome<Page> Run(string? coOpCode, bool closed = false, RequestKind? kind = null, int? after = null) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var rows = Rows(db, found.Value.Id).Where(row => (row.Closing != null) == closed && (kind == null || row.Request.Kind == kind));
        var count = rows.LongCount();
        var page = (closed ? rows.Where(row => after == null || row.Request.Number < after).OrderByDescending(row => row.Request.Number) : rows.Where(row => after == null || row.Request.Number > after).OrderBy(row => row.Request.Number)).Take(PageSize + 1).ToList();
        return page.Count > PageSize ? new Page(page[..PageSize], count, page[PageSize - 1].Request.Number) : new Page(page, count, null);
    });

    public Outcome<Row> One(string? coOpCode, int number) => books.Read<Outcome<Row>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        return Rows(db, found.Value.Id).SingleOrDefault(row => row.Request.Number == number) is { } row ? row : Refusals.RequestUnknown();
    });

    /// <summary>Those that wait for an answer.</summary>
    internal static IQueryable<MemberRequest> Open(EvergreenDb db, int coOpId) => db.MemberRequests.Where(request => request.CoOpId == coOpId && !db.RequestClosings.Any(closing => closing.RequestId == request.Id));

    private static IQueryable<Row> Rows(EvergreenDb db, int coOpId) =>
        from request in db.MemberRequests
        join member in db.Members on request.MemberId equals member.Id
        join closing in db.RequestClosings on request.Id equals closing.RequestId into closings
        from closing in closings.DefaultIfEmpty()
        where request.CoOpId == coOpId
        select new Row
        {
            Request = request, Closing = closing, Member = member.Number, Name = member.Name, DocumentName = db.MemberDocuments.Where(document => document.Id == request.DocumentId).Select(document => document.FileName).FirstOrDefault(),
        };
}
