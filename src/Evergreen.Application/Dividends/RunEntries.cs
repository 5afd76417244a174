using Evergreen.Application.Equity;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>The entries of a run, made from its stored allocations.</summary>
internal static class RunEntries
{
    /// <summary>One member after the other, in the order of their ids, behind the appropriation. Nothing is held but one member's rows and the finished drafts.</summary>
    /// <param name="seal">Goes into the narration of the first entry.</param>
    /// <exception cref="InvalidOperationException">A member's notices do not hold the loss.</exception>
    public static IReadOnlyList<EntryDraft> Of(EvergreenDb db, CoOp coOp, DividendRun run, Working working, string seal, DateOnly on, JobSteps steps)
    {
        var interest = CalculateDividend.Pools(db, run.Id).Where(pool => pool.Unit == "share-interest").Select(pool => pool.PoolNo).ToHashSet();
        var rolled = MemberBalances.ByMember(db, coOp.Id, AccountCodes.PatronageRolledForward);
        var lots = run.AllocatedCents < 0 || working.Pools.Any(pool => pool.Allocated.IsNegative) ? MemberBalances.Notices(db, coOp.Id) : [];
        var drafts = new List<EntryDraft>();
        if (DividendEntries.Appropriation(run, working, on, seal) is { } appropriation)
        {
            drafts.Add(appropriation);
            seal = "";
        }
        var ofMember = new List<Allocation>();
        var rows = db.Allocations.AsNoTracking().Where(row => row.RunId == run.Id).OrderBy(row => row.MemberId).ThenBy(row => row.PoolNo);
        foreach (var row in steps.Counted("Making the members' entries", rows, rows.Count()))
        {
            if (ofMember.Count > 0 && ofMember[0].MemberId != row.MemberId) Add();
            ofMember.Add(row);
        }
        Add();
        return drafts;

        void Add()
        {
            if (ofMember.Count == 0) return;
            var member = ofMember[0].MemberId;
            if (DividendEntries.OfMember(run, ofMember, interest, rolled.GetValueOrDefault(member), () => lots.GetValueOrDefault(member, []), on, seal) is { } draft)
            {
                drafts.Add(draft);
                seal = "";
            }
            ofMember.Clear();
        }
    }
}
