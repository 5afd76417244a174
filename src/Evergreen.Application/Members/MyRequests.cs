using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>What a member asked for, newest first, and what the office answered.</summary>
public sealed class MyRequests(Books books)
{
    public sealed record Row
    {
        public required MemberRequest Request { get; init; }

        /// <summary>Null while nobody answered.</summary>
        public required RequestClosing? Closing { get; init; }

        /// <summary>Of the picture or PDF that came with it.</summary>
        public required string? DocumentName { get; init; }
    }

    /// <param name="kinds">Only these; every kind where none is named.</param>
    public Outcome<IReadOnlyList<Row>> Run(string? coOpCode, string member, params RequestKind[] kinds) => books.Read<Outcome<IReadOnlyList<Row>>>(db =>
    {
        var found = FindMember.Run(db, coOpCode, member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, one) = found.Value;
        return Rows(db, coOp.Id, MemberIdentities.Of(db, one.Id)).Where(row => kinds.Length == 0 || kinds.Contains(row.Request.Kind)).OrderByDescending(row => row.Request.Number).Take(200).ToList();
    });

    /// <summary>One of the member's own; any other number is unknown.</summary>
    public Outcome<Row> One(string? coOpCode, string member, int number) => books.Read<Outcome<Row>>(db =>
    {
        var found = FindMember.Run(db, coOpCode, member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, one) = found.Value;
        return Rows(db, coOp.Id, MemberIdentities.Of(db, one.Id)).SingleOrDefault(row => row.Request.Number == number) is { } row ? row : Refusals.RequestUnknown();
    });

    private static IQueryable<Row> Rows(EvergreenDb db, int coOpId, IReadOnlyList<int> ids) =>
        from request in db.MemberRequests
        join closing in db.RequestClosings on request.Id equals closing.RequestId into closings
        from closing in closings.DefaultIfEmpty()
        where request.CoOpId == coOpId && ids.Contains(request.MemberId)
        select new Row { Request = request, Closing = closing, DocumentName = db.MemberDocuments.Where(document => document.Id == request.DocumentId).Select(document => document.FileName).FirstOrDefault() };
}
