using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Someone asks to have what is kept about them erased. It is recorded with its day; the office answers.</summary>
public sealed class AskForErasure(Books books)
{
    public sealed record Request(string? CoOp, string Member, string? Words, string By);

    public Outcome<MemberRequest> Run(Request request) => books.Write<MemberRequest>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        if (FiledRequests.Open(db, member.Id).Any(one => one.Kind == RequestKind.Erasure)) return Refusals.AskedAlready();
        var words = FiledRequests.Words(request.Words);
        return words.IsRefused ? words.Refusal! : FiledRequests.Add(db, member, new MemberRequest
        {
            CoOpId = coOp.Id, MemberId = member.Id, Number = FiledRequests.NextNumber(db, coOp), Kind = RequestKind.Erasure, At = books.Now, By = request.By, Words = words.Value,
        });
    });
}
