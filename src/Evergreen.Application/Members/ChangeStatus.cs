using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Records that a member joined, went on leave, was suspended, came back, left or died: a dated fact beside those that are there, none of which changes.</summary>
public sealed class ChangeStatus(Books books)
{
    public sealed record Request(string? CoOp, string Member, MemberStatus Status, DateOnly On, string By, string? Reason = null, bool DryRun = false);

    /// <param name="AlreadyThere">The member had this status on that day before.</param>
    public sealed record Result(MemberStatus Status, DateOnly On, bool AlreadyThere);

    public Outcome<Result> Run(Request request) => books.Write(request.DryRun, db => Change(db, request));

    private Outcome<Result> Change(EvergreenDb db, Request request)
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var facts = db.StatusChanges.AsNoTracking().Where(change => change.MemberId == member.Id).ToList();
        var death = facts.FirstOrDefault(change => change.Status == MemberStatus.Deceased);
        if (death is not null && request.On >= death.On && request.Status != MemberStatus.Deceased) return Refusals.Deceased(member.Number, death.On);
        var now = MemberHistory.StatusAsOf(facts, request.On);
        if (now is null && request.Status != MemberStatus.Active) return Refusals.NotYetMember(member.Number, request.On);
        if (now == request.Status) return new Result(request.Status, request.On, AlreadyThere: true);
        db.StatusChanges.Add(new StatusChange { CoOpId = coOp.Id, MemberId = member.Id, On = request.On, Status = request.Status, Reason = request.Reason?.Trim(), RecordedAt = books.Now });
        if (request.Status == MemberStatus.Active && (member.JoinedOn == Member.Unjoined || request.On < member.JoinedOn)) member.JoinedOn = request.On;
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "member.status", $"member {member.Number}", $"{request.Status} from {request.On:yyyy-MM-dd}");
        return new Result(request.Status, request.On, AlreadyThere: false);
    }
}
