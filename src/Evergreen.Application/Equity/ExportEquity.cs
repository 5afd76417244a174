using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>Writes one source's contributions and opening balances as a canonical file, which imports again without change. In the order of the ledger, so that what was taken back comes after what it takes.</summary>
public sealed class ExportEquity(Books books)
{
    /// <param name="source">Null where there is only one.</param>
    public Outcome<ExportedFile> Run(string? coOp, Stream to, string? source = null) => CanonicalExport.Write(books, coOp, to, CanonicalFile.Equity, (db, found, csv) => Write(db, found, csv, source));

    private static Outcome<ExportedFile> Write(EvergreenDb db, CoOp coOp, CsvWriter csv, string? name)
    {
        var found = CanonicalExport.Source(db, coOp, ImportKind.Equity, name);
        if (found.IsRefused) return found.Refusal!;
        var source = found.Value;
        var numbers = db.Members.Where(member => member.CoOpId == coOp.Id).Select(member => new { member.Id, member.Number }).ToDictionary(member => member.Id, member => member.Number);
        long rows = 0;
        foreach (var row in db.EquityRows.Where(row => row.SourceId == source.Id).OrderBy(row => row.Sequence))
        {
            csv.Text(row.SourceRef).Text(numbers[row.MemberId]).Text(EquityIntake.NameOf(row.AccountCode)).Integer(row.FiscalYear).Date(row.On).Amount(new Money(row.AmountCents)).EndRow();
            rows++;
        }
        return new ExportedFile(rows, source.Name);
    }
}
