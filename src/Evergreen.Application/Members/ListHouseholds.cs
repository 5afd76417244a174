using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>The households of a co-op by their primary owner's number or name, a page at a time.</summary>
public sealed class ListHouseholds(Books books)
{
    public const int PageSize = 50;

    private static readonly ListOrder<Owner> Order = ListOrder<Owner>.Keyed("number", owner => owner.Number).By("name", owner => owner.Name);

    public sealed record Person(string Number, string Name);
    public sealed record Household(Person Owner, IReadOnlyList<Person> Others);

    /// <param name="Next">Pass it on to read further; null at the end.</param>
    /// <param name="Sort">The order they are in.</param>
    public sealed record Page(IReadOnlyList<Household> Households, long Count, string? Next, string Sort);

    private sealed record Owner
    {
        public required int Id { get; init; }
        public required string Number { get; init; }
        public required string Name { get; init; }
    }

    /// <param name="sort"><c>number</c> or <c>name</c>; with a minus sign in front the other way round.</param>
    public Outcome<Page> Run(string? coOpCode, string? after = null, string? sort = null) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value.Id;
        var all = db.Members.Where(owner => owner.CoOpId == coOp && db.Members.Any(other => other.HouseholdOfId == owner.Id));
        var page = Order.Page(all.Select(owner => new Owner { Id = owner.Id, Number = owner.Number, Name = owner.Name }), sort, after, PageSize);
        var ids = page.Rows.Select(owner => owner.Id).ToArray();
        var others = db.Members.Where(member => member.HouseholdOfId != null && ids.Contains(member.HouseholdOfId.Value)).OrderBy(member => member.Number)
            .Select(member => new { Owner = member.HouseholdOfId!.Value, member.Number, member.Name }).ToLookup(member => member.Owner);
        return new Page([.. page.Rows.Select(owner => new Household(new Person(owner.Number, owner.Name), [.. others[owner.Id].Select(other => new Person(other.Number, other.Name))]))], all.LongCount(), page.Next, page.Sort);
    });
}
