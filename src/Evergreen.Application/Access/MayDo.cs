using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>The one place where it is decided who may do what. Every door asks here; nothing else grants anything.</summary>
public sealed class MayDo(Books books, AccessMode mode)
{
    /// <param name="UserId">The signed-in person.</param>
    /// <param name="CoOpId">The co-op whose books are touched; null for what concerns every co-op.</param>
    /// <param name="SecondFactor">Whether the session was entered with a second factor (<c>amr</c> is <c>mfa</c> or <c>passkey</c>).</param>
    public sealed record Request(int UserId, int? CoOpId, bool SecondFactor);

    /// <returns>What the person may do there; nothing at all for someone who is not known or whose access was ended.</returns>
    public Standing Run(Request request) => books.Read(db => Of(db, request));

    internal Standing Of(EvergreenDb db, Request request)
    {
        var user = db.SignIns.AsNoTracking().SingleOrDefault(user => user.Id == request.UserId);
        if (user is null || !user.IsAdmitted(mode)) return new Standing(request.UserId, user?.DisplayName ?? "", request.CoOpId, new HashSet<Role>(), SecondFactor: false);
        var roles = db.RoleGrants.AsNoTracking().Where(grant => grant.UserId == user.Id && grant.WithdrawnAt == null && (grant.CoOpId == null || grant.CoOpId == request.CoOpId))
            .OrderBy(grant => grant.Id).Select(grant => grant.Role).ToHashSet();
        return new Standing(user.Id, user.DisplayName, request.CoOpId, roles, request.SecondFactor || (user.Demo && mode.Demo));
    }
}
