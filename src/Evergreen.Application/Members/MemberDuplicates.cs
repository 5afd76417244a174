using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>Members who may be one person twice: the same tax number, or the same name at the same address.</summary>
public sealed class MemberDuplicates(Books books)
{
    private const int Most = 500;

    public sealed record Person(string Number, string Name, string? AddressLine1, string? City);

    /// <param name="SameTaxId">The stronger sign; otherwise name and address are the same.</param>
    public sealed record Pair(Person One, Person Other, bool SameTaxId);

    public Outcome<IReadOnlyList<Pair>> Run(string? coOpCode) => books.Read<Outcome<IReadOnlyList<Pair>>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value.Id;
        Dictionary<string, Person> byTaxId = new(StringComparer.Ordinal), byAddress = new(StringComparer.Ordinal);
        var pairs = new List<Pair>();
        foreach (var member in db.Members.Where(member => member.CoOpId == coOp && !db.MemberMerges.Any(merge => merge.OtherId == member.Id)).OrderBy(member => member.Id)
            .Select(member => new { member.Number, member.Name, member.AddressLine1, member.City, member.PostalCode, member.TaxIdDigest }))
        {
            var person = new Person(member.Number, member.Name, member.AddressLine1, member.City);
            if (member.TaxIdDigest is { } digest && !byTaxId.TryAdd(digest, person)) pairs.Add(new Pair(byTaxId[digest], person, SameTaxId: true));
            else if (MemberTwins.Address(member.Name, member.AddressLine1, member.PostalCode) is { } address && !byAddress.TryAdd(address, person)) pairs.Add(new Pair(byAddress[address], person, SameTaxId: false));
            if (pairs.Count == Most) break;
        }
        return pairs;
    });
}
