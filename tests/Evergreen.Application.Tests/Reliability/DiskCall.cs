using System.Globalization;
using System.Text.RegularExpressions;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>One call by which a program wrote to the files of a SQLite database, or flushed them, as strace lists it.</summary>
/// <param name="Place">1, 2, 3 … among all of them.</param>
/// <param name="Occurrence">1, 2, 3 … among the same call.</param>
/// <param name="File">What the file's name has after that of the database: nothing, <c>-wal</c>, <c>-shm</c> or <c>-journal</c>.</param>
/// <param name="At">Where the bytes go; the new length where the file is cut.</param>
internal sealed partial record DiskCall(int Place, string Call, int Occurrence, string File, byte[] Bytes, long At)
{
    /// <summary>All calls that are listed.</summary>
    public const string Traced = "write,pwrite64,pwritev,writev,fsync,fdatasync,ftruncate,unlink,rename";

    /// <summary>How strace has to list them to be read here: every byte, and the path of each file.</summary>
    public static readonly string[] Listing = ["-y", "-xx", "-s", "16777216"];

    /// <summary>Whether another program sees the files as others after it. The shared memory is made anew by whoever opens the database next, so it does not count.</summary>
    public bool Changes => Call is not ("fsync" or "fdatasync") && File != "-shm";

    public override string ToString() => $"call {Place}, {Call} {Occurrence} on {(File.Length == 0 ? "the database" : File)}";

    public static List<DiskCall> Read(string log, string database)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var calls = new List<DiskCall>();
        foreach (var line in System.IO.File.ReadLines(log).Where(line => !line.Contains("+++ ", StringComparison.Ordinal)))
        {
            var match = Line().Match(line);
            if (!match.Success) throw new InvalidDataException($"Not understood: {line[..Math.Min(line.Length, 300)]}");
            var call = match.Groups["call"].Value;
            var path = System.Text.Encoding.UTF8.GetString(Hex(match.Groups["path"].Value));
            if (!path.StartsWith(database, StringComparison.Ordinal)) throw new InvalidDataException($"Not a file of {database}: {path}");
            var numbers = match.Groups["number"].Captures.Select(number => long.Parse(number.Value, CultureInfo.InvariantCulture)).ToList();
            var bytes = match.Groups["bytes"].Success ? Hex(match.Groups["bytes"].Value) : [];
            var understood = call switch
            {
                "pwrite64" => numbers.Count == 2 && numbers[0] == bytes.Length && match.Groups["result"].Value == numbers[0].ToString(CultureInfo.InvariantCulture),
                "ftruncate" => numbers.Count == 1,
                _ => call is "fsync" or "fdatasync" or "unlink",
            };
            if (!understood) throw new InvalidDataException($"Not understood: {line[..Math.Min(line.Length, 300)]}");
            seen[call] = seen.GetValueOrDefault(call) + 1;
            calls.Add(new DiskCall(calls.Count + 1, call, seen[call], path[database.Length..], bytes, numbers.Count == 0 ? 0 : numbers[^1]));
        }
        return calls;
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace("\\x", "", StringComparison.Ordinal));

    [GeneratedRegex("""^\d+\s+(?<call>[a-z0-9]+)\((\d+<(?<path>[^>]*)>|"(?<path>[^"]*)")(, "(?<bytes>[^"]*)")?(, (?<number>\d+))*\)\s+= (?<result>\d+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}

/// <summary>The files of a SQLite database in memory, as the calls of a program change them one by one: what a program that died between two of them left behind.</summary>
internal sealed class FilesOnDisk(string original)
{
    private readonly Dictionary<string, MemoryStream> files = new(StringComparer.Ordinal) { [""] = Of(File.ReadAllBytes(original)) };

    public void Do(DiskCall call)
    {
        if (!call.Changes) return;
        if (call.Call == "unlink")
        {
            files.Remove(call.File);
            return;
        }
        if (!files.TryGetValue(call.File, out var file)) files[call.File] = file = new MemoryStream();
        if (call.Call == "ftruncate")
        {
            file.SetLength(call.At);
            return;
        }
        file.Position = call.At;
        file.Write(call.Bytes);
    }

    public void LeaveAt(string path)
    {
        foreach (var (ending, file) in files)
        {
            using var target = File.Create(path + ending);
            file.WriteTo(target);
        }
    }

    /// <summary>Whether a program that was killed left these files. What is random in a log (its salt, and the sums that follow from it) is not compared, and an empty log is none.</summary>
    public bool AreThoseAt(string path) =>
        File.ReadAllBytes(path).AsSpan().SequenceEqual(files[""].ToArray())
        && (File.Exists(path + "-wal") ? new FileInfo(path + "-wal").Length : 0) == (files.TryGetValue("-wal", out var log) ? log.Length : 0);

    private static MemoryStream Of(byte[] bytes)
    {
        var stream = new MemoryStream();
        stream.Write(bytes);
        return stream;
    }
}
