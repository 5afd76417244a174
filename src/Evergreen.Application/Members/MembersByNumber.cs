using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>The register in the order of its numbers, for programs that keep a copy: no addresses, no tax numbers, no bank details.</summary>
public sealed class MembersByNumber(Books books)
{
    /// <param name="After">Numbers after this one; null from the start.</param>
    /// <param name="Only">One member alone.</param>
    public sealed record Request(CoOp CoOp, int Limit, string? After = null, string? Only = null);

    /// <param name="Status">Today; null where none is known.</param>
    /// <param name="HouseholdOf">Number of the primary owner, where it is another.</param>
    /// <param name="MergedInto">Number of the record that this one was merged into, for which everything counts now.</param>
    public sealed record Row(string Number, string Name, MemberKind Kind, MemberStatus? Status, IReadOnlyList<string> Classes, DateOnly? JoinedOn, string? HouseholdOf, string? MergedInto);

    public Slice<Row, string> Run(Request request) => books.Read(db =>
    {
        var coOpId = request.CoOp.Id;
        var today = DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime);
        var page = db.Members.Where(member => member.CoOpId == coOpId && (request.After == null || member.Number.CompareTo(request.After) > 0) && (request.Only == null || member.Number == request.Only))
            .OrderBy(member => member.Number).Take(request.Limit + 1).Select(member => new
            {
                member.Id, member.Number, member.Name, member.Kind,
                HouseholdOf = db.Members.Where(owner => owner.Id == member.HouseholdOfId).Select(owner => owner.Number).SingleOrDefault(),
                MergedInto = db.MemberMerges.Where(merge => merge.OtherId == member.Id).Join(db.Members, merge => merge.KeptId, kept => kept.Id, (_, kept) => kept.Number).SingleOrDefault(),
            }).ToList();
        var ids = page.Select(member => member.Id).ToArray();
        var statuses = db.StatusChanges.Where(fact => fact.CoOpId == coOpId && ids.Contains(fact.MemberId) && fact.On <= today).ToLookup(fact => fact.MemberId);
        var classes = db.ClassChanges.Where(fact => fact.CoOpId == coOpId && ids.Contains(fact.MemberId) && fact.On <= today).ToLookup(fact => fact.MemberId);
        var codes = db.MemberClasses.Where(one => one.CoOpId == coOpId).ToDictionary(one => one.Id, one => one.Code);
        return Slice<Row, string>.Of(page.ConvertAll(member => new Row(member.Number, member.Name, member.Kind, MemberHistory.StatusAsOf(statuses[member.Id], today),
            [.. MemberHistory.ClassesAsOf(classes[member.Id], today).Select(id => codes[id]).Order(StringComparer.Ordinal)],
            statuses[member.Id].Where(fact => fact.Status == MemberStatus.Active).Min(fact => (DateOnly?)fact.On), member.HouseholdOf, member.MergedInto)), request.Limit, row => row.Number);
    });
}
