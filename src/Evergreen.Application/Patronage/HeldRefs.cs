using Evergreen.Application.Storage;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>The rows of a source that wait for their member. Mostly few; but a file may come before its members, so of each only a hash of its id is kept, and the rows themselves are asked for.</summary>
internal sealed class HeldRefs(EvergreenDb db, int sourceId)
{
    private readonly HashSet<int> waiting = db.HeldRows.Where(row => row.SourceId == sourceId && row.ResolvedAt == null).Select(row => row.SourceRef).AsEnumerable().Select(Hash).ToHashSet();

    /// <summary>How a held row is resolved whose member had come when it was sent again.</summary>
    public static string TakenInBy(int import) => $"taken in by import {import}";

    /// <summary>Those of the ids under which a row waits, each with its row.</summary>
    public Dictionary<string, HeldRow> Among(IEnumerable<string> sourceRefs)
    {
        var found = new Dictionary<string, HeldRow>(StringComparer.Ordinal);
        if (waiting.Count == 0) return found;
        foreach (var refs in sourceRefs.Where(sourceRef => waiting.Contains(Hash(sourceRef))).Distinct(StringComparer.Ordinal).Chunk(500))
            foreach (var row in db.HeldRows.AsNoTracking().Where(row => row.SourceId == sourceId && row.ResolvedAt == null && refs.Contains(row.SourceRef)).ToList()) found.Add(row.SourceRef, row);
        return found;
    }

    public void Add(IEnumerable<HeldRow> rows) => waiting.UnionWith(rows.Select(row => Hash(row.SourceRef)));

    public static bool SaysTheSame(HeldRow a, HeldRow b) => a.On == b.On && a.Quantity == b.Quantity && a.RowJson == b.RowJson;

    public void Resolve(HeldRow row, DateTime at, string by, string resolution) =>
        db.HeldRows.Where(x => x.SourceId == row.SourceId && x.SourceRef == row.SourceRef)
            .ExecuteUpdate(set => set.SetProperty(x => x.ResolvedAt, at).SetProperty(x => x.ResolvedBy, by).SetProperty(x => x.Resolution, resolution));

    private static int Hash(string sourceRef) => string.GetHashCode(sourceRef, StringComparison.Ordinal);
}
