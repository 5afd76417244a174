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
        foreach (var (number, id) in Read(db, coOpId)) ids.Add(number, id);
        byBytes = ids.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Every number of the register with the member it stands for: one that was merged into another still comes in files, and its rows belong to the kept member.</summary>
    public static IEnumerable<(string Number, int Id)> Read(EvergreenDb db, int coOpId)
    {
        var kept = db.MemberMerges.AsNoTracking().Where(merge => merge.CoOpId == coOpId).ToDictionary(merge => merge.OtherId, merge => merge.KeptId);
        foreach (var member in db.Members.AsNoTracking().Where(member => member.CoOpId == coOpId).Select(member => new { member.Number, member.Id })) yield return (member.Number, Last(kept, member.Id));
    }

    private static int Last(Dictionary<int, int> kept, int id)
    {
        while (kept.TryGetValue(id, out var next)) id = next;
        return id;
    }

    public int? Find(ReadOnlySpan<byte> number) => byBytes.TryGetValue(number, out var id) ? id : null;
}
