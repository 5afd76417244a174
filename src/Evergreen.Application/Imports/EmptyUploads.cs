using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>Throws away files that have waited for more than thirty days, with what was found in them. What is known of them (name, hash, who, when) stays.</summary>
public sealed class EmptyUploads(Books books, UploadFolder uploads)
{
    public const int Days = 30;
    private const int Most = 100;

    /// <returns>How many were thrown away; some hundred at a time.</returns>
    public int Run()
    {
        var before = books.Now.AddDays(-Days);
        var old = books.Read(db => db.UploadedFiles.Where(file => file.RemovedAt == null && file.ReceivedAt < before).OrderBy(file => file.ReceivedAt).Select(file => file.Id).Take(Most).ToList());
        if (old.Count == 0) return 0;
        // The folder first: a file that is gone but not marked is removed again; one that is marked but not gone would stay for ever.
        foreach (var id in old) uploads.Remove(id);
        return books.Write<int>(dryRun: false, db => db.UploadedFiles.Where(file => old.Contains(file.Id)).ExecuteUpdate(set => set.SetProperty(file => file.RemovedAt, books.Now)), _ => old.Count).Value;
    }
}
