using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>The register's numbers and ids, looked up by the bytes of a file. Grows with the register, not with the file.</summary>
internal sealed class MemberIndex
{
    private readonly Dictionary<string, int> ids = new(Utf8Keys.Comparer);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<byte>> byBytes;

    public MemberIndex(EvergreenDb db, int coOpId)
    {
        foreach (var member in db.Members.AsNoTracking().Where(member => member.CoOpId == coOpId).Select(member => new { member.Number, member.Id })) ids.Add(member.Number, member.Id);
        // A number that was merged into another still comes in files; its rows belong to the kept member.
        var kept = db.MemberMerges.AsNoTracking().Where(merge => merge.CoOpId == coOpId).ToDictionary(merge => merge.OtherId, merge => merge.KeptId);
        if (kept.Count > 0)
            foreach (var (number, id) in ids.Where(member => kept.ContainsKey(member.Value)).ToList()) ids[number] = Last(kept, id);
        byBytes = ids.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    private static int Last(Dictionary<int, int> kept, int id)
    {
        while (kept.TryGetValue(id, out var next)) id = next;
        return id;
    }

    public int? Find(ReadOnlySpan<byte> number) => byBytes.TryGetValue(number, out var id) ? id : null;
    public int? Find(string number) => ids.TryGetValue(number, out var id) ? id : null;
    public void Add(string number, int id) => ids.Add(number, id);
}
