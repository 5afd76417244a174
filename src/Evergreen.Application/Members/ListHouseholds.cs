using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>The households of a co-op by their primary owner's number, a page at a time.</summary>
public sealed class ListHouseholds(Books books)
{
    public const int PageSize = 50;

    public sealed record Person(string Number, string Name);
    public sealed record Household(Person Owner, IReadOnlyList<Person> Others);

    /// <param name="Next">Pass it on to read further; null at the end.</param>
    public sealed record Page(IReadOnlyList<Household> Households, long Count, string? Next);

    public Outcome<Page> Run(string? coOpCode, string? after = null) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value.Id;
        var all = db.Members.Where(owner => owner.CoOpId == coOp && db.Members.Any(other => other.HouseholdOfId == owner.Id));
        var owners = all.Where(owner => after == null || string.Compare(owner.Number, after) > 0).OrderBy(owner => owner.Number).Select(owner => new { owner.Id, owner.Number, owner.Name }).Take(PageSize + 1).ToList();
        var next = owners.Count > PageSize ? owners[PageSize - 1].Number : null;
        var ids = owners.Take(PageSize).Select(owner => owner.Id).ToArray();
        var others = db.Members.Where(member => member.HouseholdOfId != null && ids.Contains(member.HouseholdOfId.Value)).OrderBy(member => member.Number)
            .Select(member => new { Owner = member.HouseholdOfId!.Value, member.Number, member.Name }).ToLookup(member => member.Owner);
        return new Page([.. owners.Take(PageSize).Select(owner => new Household(new Person(owner.Number, owner.Name), [.. others[owner.Id].Select(other => new Person(other.Number, other.Name))]))], all.LongCount(), next);
    });
}
