using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Benchmarks.Stage;

/// <summary>The keys that a plain program must know to write the same rows.</summary>
/// <param name="MemberBefore">Members' ids run on from here in the order of their numbers.</param>
internal sealed record Ids(int CoOp, int MemberBefore, IReadOnlyDictionary<string, int> Accounts)
{
    public static Ids Of(EvergreenDb db, TrialCoOp coOp)
    {
        var id = db.CoOps.Where(c => c.Code == coOp.Code).Select(c => c.Id).Single();
        var members = db.Members.Where(member => member.CoOpId == id).GroupBy(member => member.CoOpId).Select(all => new { First = all.Min(member => member.Id), Last = all.Max(member => member.Id) }).Single();
        ((long)members.Last - members.First + 1).MustBe(coOp.Members, "members in a row");
        return new Ids(id, members.First - 1, db.Accounts.AsNoTracking().Where(account => account.CoOpId == id).ToDictionary(account => account.Code, account => account.Id, StringComparer.Ordinal));
    }
}
