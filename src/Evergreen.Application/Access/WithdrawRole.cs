using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Takes a role back, from now on. The last administrator keeps theirs.</summary>
public sealed class WithdrawRole(Books books)
{
    /// <param name="CoOpId">The co-op from whose page it is asked: a grant there, or one for every co-op.</param>
    public sealed record Request(int GrantId, int CoOpId, int ByUserId, string By, string From);

    public Outcome<RoleGrant> Run(Request request) => books.Write<RoleGrant>(dryRun: false, db =>
    {
        var grant = db.RoleGrants.SingleOrDefault(grant => grant.Id == request.GrantId && grant.WithdrawnAt == null && (grant.CoOpId == null || grant.CoOpId == request.CoOpId));
        if (grant is null) return Refusals.GrantUnknown();
        if (grant.CoOpId is null && !Administrators.OfAll(db, request.ByUserId)) return Refusals.GrantTooWide();
        if (Administrators.IsLast(db, grant)) return Refusals.LastAdministrator();
        grant.WithdrawnAt = books.Now;
        grant.WithdrawnBy = request.By;
        Entry.Record(db, books.Now, request.By, "access.withdraw", Entry.Subject(grant.UserId), request.From, GrantRole.Words(grant), grant.CoOpId);
        return grant;
    });
}
