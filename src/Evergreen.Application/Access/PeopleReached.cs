using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Whom an administrator may act on as a person, and not only on a role: the people of their own co-op alone, or everyone for an administrator of all.</summary>
internal static class PeopleReached
{
    public static Outcome<SignIn> Find(EvergreenDb db, int userId, int coOpId, int byUserId)
    {
        var user = db.SignIns.SingleOrDefault(user => user.Id == userId);
        if (user is null) return Refusals.PersonUnknown();
        if (Administrators.OfAll(db, byUserId)) return user;
        var places = db.RoleGrants.Where(grant => grant.UserId == userId).Select(grant => grant.CoOpId).Distinct().ToList();
        if (!places.Contains(coOpId)) return Refusals.PersonUnknown();
        return places.TrueForAll(place => place == coOpId) ? user : Refusals.PersonElsewhere();
    }
}
