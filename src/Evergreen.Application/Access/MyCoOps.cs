using Evergreen.Application.Storage;

namespace Evergreen.Application.Access;

/// <summary>The co-ops at which someone has a role that opens the office, by code.</summary>
public sealed class MyCoOps(Books books)
{
    public sealed record Row(int Id, string Code, string Name);

    public IReadOnlyList<Row> Run(int userId) => books.Read(db =>
    {
        var grants = db.RoleGrants.Where(grant => grant.UserId == userId && grant.WithdrawnAt == null && grant.Role != Role.Member).Select(grant => grant.CoOpId).ToList();
        var all = grants.Contains(null);
        return db.CoOps.Where(coOp => all || grants.Contains(coOp.Id)).OrderBy(coOp => coOp.Code).Select(coOp => new Row(coOp.Id, coOp.Code, coOp.Name)).ToList();
    });
}
