using Evergreen.Application.Storage;

namespace Evergreen.Application.Members;

/// <summary>Whose patronage accrues to a member.</summary>
public static class Households
{
    /// <summary>The member first, then everyone whose purchases and hours count as theirs.</summary>
    public static IReadOnlyList<int> Of(EvergreenDb db, int memberId)
    {
        var ids = new List<int> { memberId };
        for (IReadOnlyList<int> next = ids; next.Count > 0;)
        {
            var owners = next.Select(id => (int?)id).ToList();
            next = [.. db.Members.Where(member => owners.Contains(member.HouseholdOfId)).OrderBy(member => member.Id).Select(member => member.Id).ToList().Except(ids)];
            ids.AddRange(next);
        }
        return ids;
    }
}
