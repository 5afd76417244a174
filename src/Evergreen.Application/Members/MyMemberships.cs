using Evergreen.Application.Storage;

namespace Evergreen.Application.Members;

/// <summary>The co-ops of which someone is a member, by name.</summary>
public sealed class MyMemberships(Books books)
{
    /// <param name="Code">The co-op's code.</param>
    /// <param name="Name">The co-op's name.</param>
    /// <param name="Member">As whom: the member's name.</param>
    /// <param name="Country">The co-op's country.</param>
    /// <param name="Language">Language tag of the member there; null where none was given.</param>
    public sealed record Row(string Code, string Name, string Country, string MemberNumber, string Member, string? Language);

    public IReadOnlyList<Row> Run(int userId) => books.Read(db =>
        db.MemberSignIns.Where(link => link.UserId == userId && link.EndedAt == null)
            .Join(db.CoOps, link => link.CoOpId, coOp => coOp.Id, (link, coOp) => new { link.MemberId, coOp })
            .Join(db.Members, link => link.MemberId, member => member.Id, (link, member) => new { link.coOp, member.Number, Member = member.Name, member.Language })
            .OrderBy(row => row.coOp.Name).ThenBy(row => row.coOp.Id).AsEnumerable()
            .Select(row => new Row(row.coOp.Code, row.coOp.Name, row.coOp.Country, row.Number, row.Member, row.Language)).ToList());
}
