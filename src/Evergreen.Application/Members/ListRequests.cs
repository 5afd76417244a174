using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>What members report and ask for: what waits, the oldest first, or what is over, the newest first.</summary>
public sealed class ListRequests(Books books)
{
    public const int PageSize = 50;

    private static readonly ListOrder<Row> Waits = Sorted("number"), Over = Sorted("-number");

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
    /// <param name="Sort">The order they are in.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, long Count, string? Next, string Sort);

    private static ListOrder<Row> Sorted(string usual) => ListOrder<Row>.Keyed(usual, row => row.Request.Number).By("what", row => (int)row.Request.Kind).By("member", row => row.Member).By("name", row => row.Name);

    /// <param name="sort">One of <c>number</c>, <c>what</c>, <c>member</c> and <c>name</c>; with a minus sign in front the other way round.</param>
    public Outcome<Page> Run(string? coOpCode, bool closed = false, RequestKind? kind = null, string? after = null, string? sort = null) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var rows = Rows(db, found.Value.Id).Where(row => (row.Closing != null) == closed && (kind == null || row.Request.Kind == kind));
        var page = (closed ? Over : Waits).Page(rows, sort, after, PageSize);
        return new Page(page.Rows, rows.LongCount(), page.Next, page.Sort);
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
