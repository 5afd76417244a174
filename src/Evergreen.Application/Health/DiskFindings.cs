using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Health;

/// <summary>Where the files lie: how much room is left there, of which kind it is, and who else may open them.</summary>
internal sealed class DiskFindings(DatabaseAddress address, Func<string, Drive?> drives)
{
    /// <summary>Below this not even the write-ahead log may grow; below the other it is time to make room.</summary>
    private const long Nothing = 100_000_000, Little = 1_000_000_000;

    public IEnumerable<Finding> Run(JobFiles files)
    {
        yield return Space(files);
        if (address.Path is not { } books || !File.Exists(books)) yield break;
        yield return Kind(books);
        if (!OperatingSystem.IsWindows()) yield return Rights(books);
    }

    private Finding Space(JobFiles files)
    {
        const string code = "disk", name = "Disk space";
        var places = new List<(string What, Drive Drive)>();
        foreach (var (what, path) in ((string, string?)[])[("the books", address.Path), ("files of long work", files.Root), ("temporary files", Path.GetTempPath())])
            if (path is not null && drives(path) is { } drive) places.Add((what, drive));
        if (places.Count == 0) return new(code, name, HealthState.Warning, "The machine does not say how much room is left.", "See that there is room for the books, for files of long work and for temporary files.");
        var scarcest = places.MinBy(place => place.Drive.FreeBytes).Drive;
        var measured = $"{InWords.Bytes(scarcest.FreeBytes)} free of {InWords.Bytes(scarcest.TotalBytes)} at {scarcest.Place}, where {string.Join(" and ", places.Where(place => place.Drive.Place == scarcest.Place).Select(place => place.What))} lie.";
        if (scarcest.FreeBytes < Nothing) return new(code, name, HealthState.Bad, measured, "Make room there now: nothing can be stored.", "disk");
        // A new version and a backup begin with a copy of the books.
        var copy = address.Path is { } books && File.Exists(books) && drives(books)?.Place == scarcest.Place ? new FileInfo(books).Length : 0;
        return scarcest.FreeBytes < Little + copy ? new(code, name, HealthState.Warning, measured, $"Make room there, to {InWords.Bytes(2 * (Little + copy))} or more: a backup or a new version begins with a copy of the books.") : new(code, name, HealthState.Good, measured);
    }

    private Finding Kind(string books)
    {
        const string code = "file-system", name = "File system of the books";
        return drives(books) switch
        {
            null => new(code, name, HealthState.Good, "The machine does not say which it is."),
            { IsNetwork: true } drive => new(code, name, HealthState.Warning, $"{drive.Format} at {drive.Place}, a network file system: SQLite's locks do not hold there and the books can be damaged.", "Move the books to a disk of this machine, or keep them in PostgreSQL."),
            var drive => new(code, name, HealthState.Good, $"{drive.Format} at {drive.Place}."),
        };
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static Finding Rights(string books)
    {
        const string code = "rights", name = "Rights to the files";
        var folder = Path.GetDirectoryName(books)!;
        var mode = File.GetUnixFileMode(folder);
        // Whoever may write in a folder may put another file in a file's place, unless its bit says otherwise, as at /tmp.
        if (mode.HasFlag(UnixFileMode.OtherWrite) && !mode.HasFlag(UnixFileMode.StickyBit) && Reachable(folder)) return new(code, name, HealthState.Bad, $"Anyone on this machine may put other books in place of {books}.", $"Close the folder to them: chmod o-w '{folder}'.");
        var file = File.GetUnixFileMode(books);
        if (file.HasFlag(UnixFileMode.OtherWrite) && Reachable(folder)) return new(code, name, HealthState.Bad, $"Anyone on this machine may write into {books}.", $"Close it to them: chmod 600 '{books}'.");
        if (file.HasFlag(UnixFileMode.OtherRead) && Reachable(folder)) return new(code, name, HealthState.Warning, $"Anyone on this machine may read {books}, with the names and addresses of all members.", $"Close its folder to them, for the files beside it too: chmod 700 '{folder}'.");
        return new(code, name, HealthState.Good, "Only the site's own user and group may open the books.");
    }

    /// <summary>Whether others get as far as into this folder.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool Reachable(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (!at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        return true;
    }
}
