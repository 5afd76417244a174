using System.Globalization;

namespace Evergreen.Application.Jobs;

/// <summary>Where jobs keep their files: one folder a job, and in it one for each worker that has it, so that no two ever write to the same file.</summary>
public sealed class JobFiles(string root)
{
    /// <summary>Names the folder; without it the files stand beside an SQLite database, or in <c>evergreen-files</c> of the current folder.</summary>
    public const string Variable = "EVERGREEN_FILES";

    private const string Kept = "kept";

    public string Root => Path.GetFullPath(root);

    /// <summary>The folder named by the option, else by <c>EVERGREEN_FILES</c>, else beside the database.</summary>
    public static JobFiles Of(Storage.DatabaseAddress address, string? option = null) =>
        new(option is { Length: > 0 } ? option : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : address.Place is { } place ? place + ".files" : "evergreen-files");

    /// <summary>For files on the way, of one holder of the job; created.</summary>
    public string Working(JobLease lease) => Directory.CreateDirectory(Path.Combine(FolderOf(lease.JobId), lease.Fence.ToString(CultureInfo.InvariantCulture))).FullName;

    /// <summary>Keeps a finished file under the job. To be done while the job is held; done again it changes nothing.</summary>
    public void Keep(JobLease lease, string file)
    {
        var from = Path.Combine(Working(lease), Path.GetFileName(file));
        var to = Path.Combine(Directory.CreateDirectory(Path.Combine(FolderOf(lease.JobId), Kept)).FullName, Path.GetFileName(file));
        if (File.Exists(from) || !File.Exists(to)) File.Move(from, to, overwrite: true);
    }

    /// <summary>The file that a finished job left; null where it left none, or it was removed since.</summary>
    public string? KeptBy(int jobId, JobResult? result)
    {
        if (result?.File is not { } file) return null;
        var path = Path.Combine(FolderOf(jobId), Kept, Path.GetFileName(file));
        return File.Exists(path) ? path : null;
    }

    /// <summary>Removes what this holder of the job, and those before, left half-done.</summary>
    public void Clear(JobLease lease)
    {
        if (!Directory.Exists(FolderOf(lease.JobId))) return;
        foreach (var folder in Directory.GetDirectories(FolderOf(lease.JobId)))
            if (long.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var fence) && fence <= lease.Fence) Directory.Delete(folder, recursive: true);
    }

    private string FolderOf(int jobId) => Path.Combine(Root, "jobs", jobId.ToString(CultureInfo.InvariantCulture));
}
