using System.Text;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <param name="Rows">Rows below the header.</param>
/// <param name="Source">The source whose ids the file bears; null for members.</param>
public sealed record ExportedFile(long Rows, string? Source);

/// <summary>Writes a canonical file: UTF-8 without a byte order mark, the columns as printed in the contract.</summary>
internal static class CanonicalExport
{
    /// <summary>Reads from one consistent picture of the books.</summary>
    public static Outcome<ExportedFile> Write(Books books, string? coOpCode, Stream to, CanonicalFile file, Func<EvergreenDb, CoOp, CsvWriter, Outcome<ExportedFile>> rows) => books.Read<Outcome<ExportedFile>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var csv = new CsvWriter(writer);
        csv.Header(file.Columns.Select(column => column.Name));
        return rows(db, found.Value, csv);
    });

    /// <summary>The named source, or the only one there is: ids are unique within a source, so a file holds the rows of one.</summary>
    public static Outcome<ImportSource> Source(EvergreenDb db, CoOp coOp, ImportKind kind, string? name)
    {
        var sources = db.ImportSources.AsNoTracking().Where(source => source.CoOpId == coOp.Id && source.Kind == kind && (name == null || source.Name == name)).OrderBy(source => source.Name).ToList();
        return sources.Count switch
        {
            1 => sources[0],
            0 => Refusals.SourceUnknown(name, kind),
            _ => Refusals.SourceNotNamed(sources.Select(source => source.Name)),
        };
    }
}
