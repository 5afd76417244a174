using System.Security.Cryptography;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>Where files wait that were handed over to be imported, and what was found when they were checked: a folder of our own, outside what is served, everything in it sealed.</summary>
/// <remarks>No name that a sender gave is used as a path: a file's place is its random id, and what stands there has names of our own.</remarks>
public sealed class UploadFolder
{
    /// <summary>Names the folder; without it the folder stands beside an SQLite database, named after it with <c>.uploads</c>.</summary>
    public const string Variable = "EVERGREEN_UPLOADS";

    /// <summary>What stands in the place of one upload: the file itself, every problem as a line of JSON, the rejected rows, and the report of the last check.</summary>
    public const string Rows = "rows", Problems = "problems", Rejects = "rejects", Report = "report";

    private readonly string path;
    private readonly KeyRing ring;

    private UploadFolder(string path, KeyRing ring) => (this.path, this.ring) = (path, ring);

    public string Path => path;

    /// <returns>Refused for a server's database where the variable names no folder, or where the keys are lost.</returns>
    public static Outcome<UploadFolder> Of(Books books, KeyFile? keys = null)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrWhiteSpace(named) && books.Address.Place is null) return Refusals.UploadsNowhere();
        return At(string.IsNullOrWhiteSpace(named) ? books.Address.Place + ".uploads" : System.IO.Path.GetFullPath(named), books, keys);
    }

    internal static Outcome<UploadFolder> Or(UploadFolder? given, Books books) => given is null ? Of(books) : given;

    public static Outcome<UploadFolder> At(string path, Books books, KeyFile? keys = null)
    {
        var found = Keys(books, keys);
        return found.IsRefused ? found.Refusal! : new UploadFolder(path, found.Value);
    }

    /// <summary>The keys that are there; made with the first upload, unless the books already hold secrets under keys that were lost.</summary>
    private static Outcome<KeyRing> Keys(Books books, KeyFile? keys)
    {
        var found = keys is null ? KeyFile.Of(books.Address) : keys;
        if (found.IsRefused) return found.Refusal!;
        var file = found.Value;
        if (file.Exists) return file.Read();
        if (books.Read(db => db.Members.Any(member => member.TaxIdSealed != null || member.BankAccountSealed != null))) return Access.Refusals.KeysLost(file.Path);
        try
        {
            return file.Create(DateOnly.FromDateTime(books.Now));
        }
        catch (IOException) when (file.Exists)
        {
            return file.Read();
        }
    }

    internal static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public bool Has(string upload, string what) => File.Exists(PathOf(upload, what));

    internal Stream Create(string upload, string what)
    {
        var place = PlaceOf(upload);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(place);
        else
        {
            const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(path, ownerOnly);
            Directory.CreateDirectory(place, ownerOnly);
        }
        return SealedFile.Create(PathOf(upload, what), ring, SealedPlace(upload, what));
    }

    /// <exception cref="FileNotFoundException">It was removed, or never written.</exception>
    /// <exception cref="CryptographicException">It was changed on disk.</exception>
    public Stream Open(string upload, string what) => SealedFile.Open(PathOf(upload, what), ring, SealedPlace(upload, what));

    internal void Delete(string upload, string what) => File.Delete(PathOf(upload, what));

    internal void Remove(string upload)
    {
        if (Directory.Exists(PlaceOf(upload))) Directory.Delete(PlaceOf(upload), recursive: true);
    }

    private string PlaceOf(string upload) => upload.Length == 32 && upload.All(char.IsAsciiHexDigitLower) ? System.IO.Path.Combine(path, upload) : throw new ArgumentException($"'{upload}' is no id of an upload.", nameof(upload));
    private string PathOf(string upload, string what) => System.IO.Path.Combine(PlaceOf(upload), what);
    private static string SealedPlace(string upload, string what) => $"upload {upload} {what}";
}
