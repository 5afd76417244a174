using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Gives someone who has an account a role at a co-op, from now on.</summary>
public sealed class GrantRole(Books books)
{
    /// <param name="CoOpId">Null for every co-op, which only an administrator of all may give.</param>
    /// <param name="ByUserId">The administrator who gives it.</param>
    public sealed record Request(int UserId, int? CoOpId, Role Role, int ByUserId, string By, string From);

    public Outcome<RoleGrant> Run(Request request) => books.Write<RoleGrant>(dryRun: false, db =>
    {
        if (request.CoOpId is null && !Administrators.OfAll(db, request.ByUserId)) return Refusals.GrantTooWide();
        var user = db.SignIns.SingleOrDefault(user => user.Id == request.UserId && user.DisabledAt == null);
        if (user is null) return Refusals.PersonUnknown();
        if (db.RoleGrants.Any(grant => grant.UserId == user.Id && grant.WithdrawnAt == null && grant.Role == request.Role && (grant.CoOpId == null || grant.CoOpId == request.CoOpId))) return Refusals.RoleHeld();
        return Give(db, user, request.CoOpId, request.Role, books.Now, request.By, request.From);
    });

    internal static RoleGrant Give(EvergreenDb db, SignIn user, int? coOpId, Role role, DateTime now, string by, string from)
    {
        var grant = new RoleGrant { UserId = user.Id, CoOpId = coOpId, Role = role, GrantedAt = now, GrantedBy = by };
        db.RoleGrants.Add(grant);
        Entry.Record(db, now, by, "access.grant", Entry.Subject(user.Id), from, Words(grant), coOpId);
        return grant;
    }

    internal static string Words(RoleGrant grant) => $"{grant.Role} at {(grant.CoOpId is { } id ? $"co-op {id.ToString(CultureInfo.InvariantCulture)}" : "every co-op")}";
}
