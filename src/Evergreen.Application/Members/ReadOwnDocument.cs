using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Hands a member the picture or PDF that came with a request of theirs, also with one of a record that was merged into theirs.</summary>
public sealed class ReadOwnDocument(Books books)
{
    public sealed record Request(string CoOp, string Member, int Number);

    public Outcome<MemberDocument> Run(Request request) => books.Write<MemberDocument>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var ids = MemberIdentities.Of(db, member.Id);
        var id = db.MemberRequests.Where(one => one.CoOpId == coOp.Id && one.Number == request.Number && ids.Contains(one.MemberId)).Select(one => one.DocumentId).SingleOrDefault();
        if (id is null || db.MemberDocuments.SingleOrDefault(one => one.Id == id) is not { } document) return Refusals.DocumentUnknown();
        AuditTrail.Add(db, coOp.Id, books.Now, $"member {member.Number}", "members.document-read", $"member {member.Number}", $"SHA-256 {document.Sha256}");
        return document;
    });
}
