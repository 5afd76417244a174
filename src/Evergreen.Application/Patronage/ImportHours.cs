using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Patronage;

/// <summary>Takes in a file of hours worked: all of its rows, or none of them. The same file, or the same source id, a second time changes nothing.</summary>
public sealed class ImportHours(Books books)
{
    /// <returns>Refused where the file could not be read; otherwise the report, which says what was committed or why not.</returns>
    public Outcome<ImportReport> Run(ImportRequest request, Action<ImportProgress>? progress = null) =>
        new ImportCourse(books, ImportKind.Hours, CanonicalFile.Hours, "hours").Run(request, progress, sitting => new HoursIntake(sitting));
}
