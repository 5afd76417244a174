using System.Text;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli;

/// <summary>Files that commands read whole, and files that they leave behind: complete or not at all.</summary>
internal static class Files
{
    private const int LargestMegabytes = 4;

    /// <summary>A small text in UTF-8, such as a policy.</summary>
    public static Outcome<string> ReadText(string path)
    {
        var bytes = ReadBytes(path);
        return bytes.IsRefused ? bytes.Refusal! : new UTF8Encoding(false).GetString(bytes.Value).TrimStart('\uFEFF');
    }

    public static Outcome<byte[]> ReadBytes(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return Refusals.FileMissing(path);
        return file.Length > LargestMegabytes << 20 ? Refusals.FileTooLarge(path, LargestMegabytes) : File.ReadAllBytes(path);
    }

    /// <summary>Writes beside the file and moves it into place, so that nobody finds half of it. A refusal, or a dry run, leaves what was there before.</summary>
    /// <param name="secret">Nobody but whoever runs the command may read the file.</param>
    public static Outcome<T> Write<T>(string path, bool dryRun, Func<Stream, Outcome<T>> write, bool secret = false)
    {
        if (dryRun) return write(Stream.Null);
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var partial = full + ".partial";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(partial);
        try
        {
            Outcome<T> outcome;
            using (var stream = new FileStream(partial, how)) outcome = write(stream);
            if (!outcome.IsRefused) File.Move(partial, full, overwrite: true);
            return outcome;
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
