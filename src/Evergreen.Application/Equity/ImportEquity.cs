using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Equity;

/// <summary>Takes in opening balances and contributions: each row becomes one entry of the ledger. The same file, or the same source id, a second time changes nothing.</summary>
public sealed class ImportEquity(Books books)
{
    /// <returns>Refused where the file could not be read; otherwise the report, which says what was committed or why not.</returns>
    public Outcome<ImportReport> Run(ImportRequest request, Action<ImportProgress>? progress = null) =>
        new ImportCourse(books, ImportKind.Equity, CanonicalFile.Equity, "amount").Run(request, progress, sitting => new EquityIntake(sitting));
}
