using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Takes in the register: new members come in with their dated facts, known ones change field by field. An empty field changes nothing.</summary>
/// <param name="keys">Where the keys of tax and bank numbers are; null asks <see cref="KeyFile.Of"/>.</param>
public sealed class ImportMembers(Books books, KeyFile? keys = null)
{
    /// <returns>Refused where the file could not be read or secrets cannot be sealed; otherwise the report, which says what was committed or why not.</returns>
    public Outcome<ImportReport> Run(ImportRequest request, Action<ImportProgress>? progress = null)
    {
        try
        {
            return new ImportCourse(books, ImportKind.Members, CanonicalFile.Members, null).Run(request, progress, sitting => new MemberIntake(sitting, new MemberSecrets(sitting, () => keys is null ? KeyFile.Of(books.Address) : keys)));
        }
        catch (SecretsUnavailableException unavailable)
        {
            return unavailable.Refusal;
        }
    }
}
