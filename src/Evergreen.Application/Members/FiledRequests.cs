using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>What the verbs have in common by which a member asks for something: limits, numbering, the one that is still open.</summary>
public static class FiledRequests
{
    /// <summary>In characters.</summary>
    public const int LongestWords = 2_000;

    /// <summary>A member reports what is missing, and is not kept from it; but no one fills the office's table.</summary>
    public const int MostOpen = 50;

    /// <summary>The words without blanks around them, or why they cannot be taken.</summary>
    public static Outcome<string?> Words(string? typed)
    {
        var words = Particulars.Trim(typed);
        return words?.Length > LongestWords ? Refusals.WordsTooLong(LongestWords) : words;
    }

    /// <summary>The next number of the co-op.</summary>
    public static int NextNumber(EvergreenDb db, CoOp coOp) => (db.MemberRequests.Where(one => one.CoOpId == coOp.Id).Max(one => (int?)one.Number) ?? 0) + 1;

    /// <summary>Requests of the member that nobody has answered.</summary>
    public static IQueryable<MemberRequest> Open(EvergreenDb db, int memberId) =>
        db.MemberRequests.Where(request => request.MemberId == memberId && !db.RequestClosings.Any(closing => closing.RequestId == request.Id));

    /// <summary>Puts the request before the office, in the transaction of the verb.</summary>
    public static Outcome<MemberRequest> Add(EvergreenDb db, Member member, MemberRequest request)
    {
        if (Open(db, member.Id).Count() >= MostOpen) return Refusals.TooManyOpen(MostOpen);
        db.MemberRequests.Add(request);
        AuditTrail.Add(db, request.CoOpId, request.At, request.By, "members.request", $"member {member.Number}", $"request {request.Number}: {Word(request.Kind)}");
        return request;
    }

    /// <summary>What is asked for, as it stands in the audit.</summary>
    public static string Word(RequestKind kind) => kind switch
    {
        RequestKind.Missing => "something is missing",
        RequestKind.Wrong => "a row is wrong",
        RequestKind.Leave => "to leave",
        RequestKind.WithdrawShares => "to withdraw shares",
        _ => "to be erased",
    };
}
