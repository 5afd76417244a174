using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>A member takes a request back that nobody has answered yet.</summary>
public sealed class TakeBackRequest(Books books)
{
    /// <param name="Number">Of a request of this member; another's is none.</param>
    public sealed record Request(string? CoOp, string Member, int Number, string By);

    public Outcome<RequestClosing> Run(Request request) => books.Write<RequestClosing>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var ids = MemberIdentities.Of(db, member.Id);
        if (db.MemberRequests.SingleOrDefault(one => one.CoOpId == coOp.Id && one.Number == request.Number && ids.Contains(one.MemberId)) is not { } asked) return Refusals.RequestUnknown();
        if (db.RequestClosings.Any(closing => closing.RequestId == asked.Id)) return Refusals.RequestClosed(asked.Number);
        var closing = new RequestClosing { RequestId = asked.Id, At = books.Now, By = request.By, Ending = RequestEnding.TakenBack };
        db.RequestClosings.Add(closing);
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.request-back", $"member {member.Number}", $"request {asked.Number}");
        return closing;
    });
}
