using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Periods;

/// <summary>Writes the figures with which a year was closed as a canonical file, with the reasons given since. The year takes it as its very own.</summary>
public sealed class ExportFigures(Books books)
{
    public Outcome<ExportedFile> Run(string? coOp, int year, Stream to) => CanonicalExport.Write(books, coOp, to, CanonicalFile.Surplus, (db, found, csv) =>
    {
        if (!db.YearClosings.Any(closing => closing.CoOpId == found.Id && closing.FiscalYear == year)) return Refusals.YearOpen(year);
        long rows = 0;
        foreach (var line in db.SurplusLines.AsNoTracking().Where(line => line.CoOpId == found.Id && line.FiscalYear == year).OrderBy(line => line.No))
        {
            csv.Text(line.Line).Amount(line.Amount).Text(line.FromPatronage ? "patronage" : "nonpatronage").Text(line.Pool).Text(line.Reason).EndRow();
            rows++;
        }
        return new ExportedFile(rows, null);
    });
}
