using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Who looks after people's access, and how far each reaches.</summary>
internal static class Administrators
{
    /// <summary>Whether someone is an administrator of every co-op.</summary>
    public static bool OfAll(EvergreenDb db, int userId) =>
        db.RoleGrants.Any(grant => grant.UserId == userId && grant.WithdrawnAt == null && grant.CoOpId == null && grant.Role == Role.Administrator);

    /// <summary>Whether this administrator's grant is the last that reaches as far: without it nobody could let anyone in.</summary>
    public static bool IsLast(EvergreenDb db, RoleGrant leaving)
    {
        if (leaving.Role != Role.Administrator) return false;
        var users = db.SignIns;
        return !db.RoleGrants.Any(grant => grant.Id != leaving.Id && grant.Role == Role.Administrator && grant.WithdrawnAt == null && (grant.CoOpId == null || grant.CoOpId == leaving.CoOpId)
            && users.Any(user => user.Id == grant.UserId && user.DisabledAt == null));
    }
}
