using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>The day of joining that lists are sorted by is the first on which the facts have the member active.</summary>
internal sealed class JoiningCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    public void Run()
    {
        foreach (var wrong in db.Members.AsNoTracking().Where(member => member.CoOpId == coOp.Id)
            .Select(member => new { member.Number, member.JoinedOn, First = db.StatusChanges.Where(fact => fact.MemberId == member.Id && fact.Status == MemberStatus.Active).Min(fact => (DateOnly?)fact.On) ?? Member.Unjoined })
            .Where(member => member.JoinedOn != member.First))
            findings.Add($"{coOp.Code}: member {wrong.Number} is listed as joined on {Day(wrong.JoinedOn)}, the facts say {Day(wrong.First)}.");
    }

    private static string Day(DateOnly day) => day == Member.Unjoined ? "no day" : $"{day:yyyy-MM-dd}";
}
