using Evergreen.Application.Storage;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>The rows of a source that wait for their member. Few, since a person resolves each.</summary>
internal sealed class HeldRefs(EvergreenDb db, int sourceId)
{
    private readonly Dictionary<string, HeldRow> waiting =
        db.HeldRows.AsNoTracking().Where(row => row.SourceId == sourceId && row.ResolvedAt == null).ToDictionary(row => row.SourceRef, StringComparer.Ordinal);

    /// <summary>How a held row is resolved whose member had come when it was sent again.</summary>
    public static string TakenInBy(int import) => $"taken in by import {import}";

    public bool IsEmpty => waiting.Count == 0;
    public HeldRow? Find(string sourceRef) => waiting.GetValueOrDefault(sourceRef);

    public void Add(IEnumerable<HeldRow> rows)
    {
        foreach (var row in rows) waiting.TryAdd(row.SourceRef, row);
    }

    public static bool SaysTheSame(HeldRow a, HeldRow b) => a.On == b.On && a.Quantity == b.Quantity && a.RowJson == b.RowJson;

    public void Resolve(HeldRow row, DateTime at, string by, string resolution)
    {
        db.HeldRows.Where(x => x.SourceId == row.SourceId && x.SourceRef == row.SourceRef)
            .ExecuteUpdate(set => set.SetProperty(x => x.ResolvedAt, at).SetProperty(x => x.ResolvedBy, by).SetProperty(x => x.Resolution, resolution));
        waiting.Remove(row.SourceRef);
    }
}
