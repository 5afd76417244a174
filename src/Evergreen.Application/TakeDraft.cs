using Evergreen.Application.Access;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application;

/// <summary>A draft on its way through the importer of its kind: the same work whether it is checked or committed.</summary>
/// <remarks>Stands above the street because it may go to any of three houses.</remarks>
internal static class TakeDraft
{
    public static Outcome<ImportReport> Run(Books books, UploadFolder uploads, KeyFile? keys, ImportRequest request, ImportKind kind, Action<ImportProgress>? progress, CancellationToken cancel)
    {
        // Whoever asks to stop is heard between two rows; the transaction is then rolled back.
        void Step(ImportProgress step)
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Invoke(step);
        }
        return kind switch
        {
            ImportKind.Members => new ImportMembers(books, keys).Run(request, Step),
            ImportKind.Hours => new ImportHours(books).Run(request, Step),
            ImportKind.Purchases => new ImportPurchases(books).Run(request, Step),
            _ => new ImportEquity(books).Run(request, Step),
        };
    }
}
