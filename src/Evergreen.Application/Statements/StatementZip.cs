using System.IO.Compression;

namespace Evergreen.Application.Statements;

/// <summary>Streams statements into one ZIP; only a finished one bears the name that was asked for.</summary>
internal sealed class StatementZip : IDisposable
{
    private readonly string path;
    private readonly string partial;
    private readonly DateTimeOffset stamp;
    private readonly FileStream file;
    private readonly ZipArchive archive;
    private bool closed;

    public StatementZip(string path, DateOnly issuedOn)
    {
        this.path = path;
        partial = path + ".part";
        stamp = new DateTimeOffset(issuedOn, TimeOnly.MinValue, TimeSpan.Zero);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        archive = new ZipArchive(file, ZipArchiveMode.Create);
    }

    // PDF streams are compressed already.
    public void Add(Printed copy)
    {
        using var to = Open(copy.File, CompressionLevel.NoCompression);
        to.Write(copy.Pdf);
    }

    public void Finish(string manifestPath)
    {
        using (var to = Open("manifest.json", CompressionLevel.Optimal))
        using (var from = File.OpenRead(manifestPath)) from.CopyTo(to);
        Close();
        File.Move(partial, path, overwrite: true);
    }

    public void Dispose() => Close();

    private Stream Open(string name, CompressionLevel level)
    {
        var entry = archive.CreateEntry(name, level);
        entry.LastWriteTime = stamp;
        return entry.Open();
    }

    private void Close()
    {
        if (closed) return;
        closed = true;
        archive.Dispose();
        file.Dispose();
    }
}
