using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>The days of each store that came with the other file of the same system, which tells of the same sales under other ids: from both, each sale would count twice.</summary>
/// <remarks>A row without a store may be of any. Grows with the days, not with the rows.</remarks>
internal sealed class OtherFile
{
    private const string AnyStore = "";
    private readonly Dictionary<(DateOnly On, string Store), int> imports = [];
    private readonly Dictionary<DateOnly, int> days = [];
    private readonly string? name;

    public OtherFile(EvergreenDb db, ImportBatch import)
    {
        name = Profiles.Find(import.Profile, CanonicalFile.Purchases)?.Instead;
        if (name is null) return;
        var others = db.Imports.Where(other => other.CoOpId == import.CoOpId && other.Kind == import.Kind && other.Profile == name && other.WithdrawnAt == null);
        foreach (var day in (from other in others
                             from row in db.Purchases.Where(row => row.SourceId == other.SourceId && row.ImportId == other.Id)
                             group other.Number by new { row.On, row.Store } into day
                             select new { day.Key.On, day.Key.Store, Number = day.Min() }).AsEnumerable()) Add(day.On, day.Store, day.Number);
        foreach (var held in (from other in others
                              from row in db.HeldRows.AsNoTracking().Where(row => row.ImportId == other.Id && row.ResolvedAt == null)
                              select new { Row = row, other.Number }).AsEnumerable()) Add(held.Row.On, HeldPatronage.ToPurchase(held.Row, null).Store, held.Number);
    }

    /// <returns>Why a row of this day and store cannot be taken; null where it can.</returns>
    public Fault? Told(DateOnly on, string? store)
    {
        if (!days.TryGetValue(on, out var number)) return null;
        if (store is not null && !imports.TryGetValue((on, store), out number) && !imports.TryGetValue((on, AnyStore), out number)) return null;
        return BookFaults.ToldByOtherFile(name!, number, store);
    }

    private void Add(DateOnly on, string? store, int number)
    {
        imports.TryAdd((on, store ?? AnyStore), number);
        days.TryAdd(on, number);
    }
}
