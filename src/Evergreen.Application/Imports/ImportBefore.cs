using Evergreen.Application.Storage;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>The import that a file of the same kind is set beside: the last one from the same source, from another where there is none.</summary>
public sealed record ImportBefore(int Number, DateTime At, string FileName, ControlTotals Totals)
{
    internal static ImportBefore? Of(EvergreenDb db, int coOpId, ImportKind kind, int sourceId)
    {
        var last = db.Imports.AsNoTracking().Where(i => i.CoOpId == coOpId && i.Kind == kind && i.WithdrawnAt == null && i.Accepted > 0 && i.Profile != PostedDay.Profile)
            .OrderByDescending(i => i.SourceId == sourceId).ThenByDescending(i => i.Number).FirstOrDefault();
        return last is null ? null : new ImportBefore(last.Number, last.At, last.FileName, KeptReport.Read(last.TotalsJson).Totals);
    }
}
