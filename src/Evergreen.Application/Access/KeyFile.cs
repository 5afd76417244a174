using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Where the master keys are kept: a file outside the database, readable by its owner only. A backup of the database alone gives no secret away.</summary>
public sealed class KeyFile(string path)
{
    /// <summary>Names the file; without it the file stands beside an SQLite database, named after it with <c>.keys</c>.</summary>
    public const string Variable = "EVERGREEN_KEYS";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private sealed record Content(int Version, string Current, Dictionary<string, string> Keys);

    public string Path => path;

    /// <returns>Refused for a server's database where the variable names no file.</returns>
    public static Outcome<KeyFile> Of(DatabaseAddress address)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return new KeyFile(System.IO.Path.GetFullPath(named));
        return address.Place is { } place ? new KeyFile(place + ".keys") : Refusals.KeysNowhere();
    }

    public bool Exists => File.Exists(path);

    /// <summary>The keys of the file.</summary>
    public Outcome<KeyRing> Read()
    {
        if (!Exists) return Refusals.KeysLost(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None) return Refusals.KeysExposed(path);
        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllText(path), JsonSerializerOptions.Web);
            if (content is not { Version: 1 } || !content.Keys.ContainsKey(content.Current)) return Refusals.KeysDamaged(path);
            var keys = content.Keys.ToDictionary(key => key.Key, key => Convert.FromBase64String(key.Value), StringComparer.Ordinal);
            return keys.Values.All(key => key.Length == KeyRing.KeyBytes) ? new KeyRing(content.Current, keys) : Refusals.KeysDamaged(path);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            return Refusals.KeysDamaged(path);
        }
    }

    /// <summary>Makes the first key and the file, which must not be there.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public KeyRing Create(DateOnly on)
    {
        var ring = KeyRing.Fresh(on.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        // Whole before it has its name: half a file, left by a program that was killed here, would keep the books shut for good.
        var partial = $"{path}.{ring.Current}.partial";
        try
        {
            using (var stream = new FileStream(partial, options))
            {
                JsonSerializer.Serialize(stream, new Content(1, ring.Current, ring.Keys.ToDictionary(key => key.Key, key => Convert.ToBase64String(key.Value), StringComparer.Ordinal)), JsonSerializerOptions.Web);
                stream.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: false);
        }
        finally
        {
            File.Delete(partial);
        }
        return ring;
    }
}

/// <summary>Master keys by their id; new values are sealed under the current one, old ones stay readable under theirs.</summary>
public sealed class KeyRing(string current, IReadOnlyDictionary<string, byte[]> keys)
{
    public const int KeyBytes = 32;

    public string Current => current;
    public IReadOnlyDictionary<string, byte[]> Keys => keys;

    /// <summary>A ring of one key made now, for a file or for a check that keeps nothing.</summary>
    public static KeyRing Fresh(string name)
    {
        var id = $"{name}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        return new(id, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [id] = RandomNumberGenerator.GetBytes(KeyBytes) });
    }
}
