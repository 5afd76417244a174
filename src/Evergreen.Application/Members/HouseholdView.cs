using Evergreen.Application.Storage;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Who is in a member's household, and who lets whom see what.</summary>
public sealed class HouseholdView(Books books)
{
    /// <param name="HasSignIn">Whether the person can come into the portal at all.</param>
    /// <param name="Since">When it was last changed; null where nothing was ever allowed.</param>
    public sealed record Adult(string Number, string Name, bool HasSignIn, IReadOnlySet<Share> Allowed, DateTime? Since);

    /// <param name="Owner">The primary owner where that is someone else, and what the owner lets this member see.</param>
    /// <param name="Adults">The others, where this member is the primary owner.</param>
    public sealed record Page(Adult? Owner, IReadOnlyList<Adult> Adults);

    public Page Run(int memberId) => books.Read(db =>
    {
        var owner = db.Members.Where(member => member.Id == memberId).Join(db.Members, member => member.HouseholdOfId, owner => owner.Id, (_, owner) => owner).SingleOrDefault();
        var others = db.Members.Where(member => member.HouseholdOfId == memberId).OrderBy(member => member.Number).ToList();
        return new Page(owner is null ? null : Of(db, owner, owner.Id, memberId), others.ConvertAll(other => Of(db, other, memberId, other.Id)));
    });

    private static Adult Of(EvergreenDb db, Member who, int ownerId, int adultId) => new(
        who.Number, who.Name, db.MemberSignIns.Any(link => link.MemberId == who.Id && link.EndedAt == null), Enum.GetValues<Share>().Where(share => FindSeat.Allows(db, ownerId, adultId, share)).ToHashSet(),
        db.HouseholdShares.Where(fact => fact.OwnerId == ownerId && fact.AdultId == adultId).OrderByDescending(fact => fact.Id).Select(fact => (DateTime?)fact.At).FirstOrDefault());
}
