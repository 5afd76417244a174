using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>A member asks to leave on a day. The office answers; until then the member may take it back, and nothing has changed.</summary>
public sealed class AskToLeave(Books books)
{
    public sealed record Request(string? CoOp, string Member, DateOnly On, string? Words, string By);

    public Outcome<MemberRequest> Run(Request request) => books.Write<MemberRequest>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var today = DateOnly.FromDateTime(books.Now);
        if (request.On < today) return Refusals.LeavingInThePast(request.On);
        if (request.On > today.AddYears(2)) return Refusals.LeavingTooFar(request.On);
        var status = MemberHistory.StatusAsOf(db.StatusChanges.AsNoTracking().Where(change => change.MemberId == member.Id).ToList(), today);
        if (status is null or MemberStatus.Left or MemberStatus.Deceased) return Refusals.NotAMemberNow(member.Number);
        if (FiledRequests.Open(db, member.Id).Any(one => one.Kind == RequestKind.Leave)) return Refusals.AskedAlready();
        var words = FiledRequests.Words(request.Words);
        return words.IsRefused ? words.Refusal! : FiledRequests.Add(db, member, new MemberRequest
        {
            CoOpId = coOp.Id, MemberId = member.Id, Number = FiledRequests.NextNumber(db, coOp), Kind = RequestKind.Leave, At = books.Now, By = request.By, On = request.On, Words = words.Value,
        });
    });
}
