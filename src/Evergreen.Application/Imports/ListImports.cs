using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <param name="Waiting">Held rows that no one has resolved yet.</param>
public sealed record ImportSummary(int Number, ImportKind Kind, string Source, string FileName, DateTime At, string By, long Accepted, long Rejected, long Held, long Skipped, long Waiting,
    DateTime? WithdrawnAt, string? WithdrawnBy, string? WithdrawnReason);

/// <summary>What was imported, the newest first; and one import's report again, which stays for ever.</summary>
public sealed class ListImports(Books books)
{
    public Outcome<IReadOnlyList<ImportSummary>> Run(string? coOp, ImportKind? kind = null) => books.Read<Outcome<IReadOnlyList<ImportSummary>>>(db =>
    {
        var found = FindCoOp.Run(db, coOp);
        if (found.IsRefused) return found.Refusal!;
        var id = found.Value.Id;
        return (from import in db.Imports
                join source in db.ImportSources on import.SourceId equals source.Id
                where import.CoOpId == id && (kind == null || import.Kind == kind)
                orderby import.Number descending
                select new ImportSummary(import.Number, import.Kind, source.Name, import.FileName, import.At, import.By, import.Accepted, import.Rejected, import.Held, import.Skipped,
                    db.HeldRows.Count(row => row.ImportId == import.Id && row.ResolvedAt == null), import.WithdrawnAt, import.WithdrawnBy, import.WithdrawnReason)).ToList();
    });

    /// <summary>The report of one import as it was kept; the rows' own problems by cause.</summary>
    public Outcome<ImportReport> Show(string? coOp, int number) => books.Read(db => Show(db, coOp, number));

    internal static Outcome<ImportReport> Show(EvergreenDb db, string? coOp, int number)
    {
        var found = FindCoOp.Run(db, coOp);
        if (found.IsRefused) return found.Refusal!;
        if (db.Imports.SingleOrDefault(import => import.CoOpId == found.Value.Id && import.Number == number) is not { } import) return Refusals.ImportUnknown(number);
        return KeptReport.Read(import.TotalsJson).Of(import, found.Value.Code, db.ImportSources.Where(source => source.Id == import.SourceId).Select(source => source.Name).Single()) with { Committed = import.WithdrawnAt is null };
    }
}
