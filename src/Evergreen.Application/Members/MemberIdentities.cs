using Evergreen.Application.Storage;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>The records that are one person: a member and those that were merged into it.</summary>
public static class MemberIdentities
{
    /// <summary>The member's own id first, then those merged into it, and into them.</summary>
    public static IReadOnlyList<int> Of(EvergreenDb db, int memberId)
    {
        var ids = new List<int> { memberId };
        for (var i = 0; i < ids.Count; i++)
        {
            var kept = ids[i];
            ids.AddRange(db.MemberMerges.Where(merge => merge.KeptId == kept).OrderBy(merge => merge.OtherId).Select(merge => merge.OtherId).ToList());
        }
        return ids;
    }

    /// <summary>From any record of the co-op to the one that goes on in its place.</summary>
    public static Func<int, int> Kept(EvergreenDb db, int coOpId)
    {
        var merged = db.MemberMerges.Where(merge => merge.CoOpId == coOpId).Select(merge => new { merge.OtherId, merge.KeptId }).ToDictionary(merge => merge.OtherId, merge => merge.KeptId);
        return member =>
        {
            while (merged.TryGetValue(member, out var kept)) member = kept;
            return member;
        };
    }

    /// <summary>The number under which each record is known.</summary>
    public static Dictionary<int, string> Numbers(EvergreenDb db, IReadOnlyList<int> ids) =>
        db.Members.Where(member => ids.Contains(member.Id)).ToDictionary(member => member.Id, member => member.Number);
}
