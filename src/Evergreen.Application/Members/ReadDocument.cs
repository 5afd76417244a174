using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Hands out a member's document. Who took it is written down.</summary>
public sealed class ReadDocument(Books books)
{
    public Outcome<MemberDocument> Run(string? coOp, string member, string id, string by) => books.Write<MemberDocument>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, coOp, member);
        if (found.IsRefused) return found.Refusal!;
        if (db.MemberDocuments.SingleOrDefault(one => one.Id == id && one.MemberId == found.Value.Member.Id) is not { } document) return Refusals.DocumentUnknown();
        AuditTrail.Add(db, found.Value.CoOp.Id, books.Now, by, "members.document-read", $"member {found.Value.Member.Number}", $"SHA-256 {document.Sha256}");
        return document;
    });
}
