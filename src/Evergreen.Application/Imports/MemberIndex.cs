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
        byBytes = ids.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int? Find(ReadOnlySpan<byte> number) => byBytes.TryGetValue(number, out var id) ? id : null;
    public int? Find(string number) => ids.TryGetValue(number, out var id) ? id : null;
    public void Add(string number, int id) => ids.Add(number, id);
}
