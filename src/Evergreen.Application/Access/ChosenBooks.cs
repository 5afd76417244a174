using System.Security.Cryptography;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>The database server that was chosen at the set-up, kept in a file of the folder in which the program is started. An option or the variable that names other books comes before it.</summary>
/// <remarks>The file is for its owner only, and its address with the password is sealed under the key file, so that a copy of it alone opens nothing.</remarks>
public sealed class ChosenBooks(string folder)
{
    public const string FileName = "evergreen.database";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly FieldPlace Sealed = new("ChosenBooks", "Address", "1");

    /// <summary>Of the current folder.</summary>
    public static ChosenBooks Here => new(Environment.CurrentDirectory);

    public string FilePath => Path.Combine(folder, FileName);

    /// <summary>The books without a choice: the file that an SQLite database has in this folder.</summary>
    public DatabaseAddress Unchosen => DatabaseAddress.Sqlite(Path.Combine(folder, DatabaseAddress.Default));

    /// <summary>Whether a server may still be chosen: neither the option nor the variable names the books, and none was chosen before.</summary>
    public bool IsOpen(string? option) => !IsNamed(option) && !File.Exists(FilePath);

    /// <summary>The books named by the option or the variable, else those chosen, else the SQLite file of the folder.</summary>
    public Outcome<DatabaseAddress> Find(string? option) => IsNamed(option) || !File.Exists(FilePath) ? DatabaseAddress.Find(option) : Read();

    /// <summary>Keeps a choice. The keys must be there: the books in use have them since their first page.</summary>
    public Outcome<DatabaseAddress> Keep(DatabaseAddress address, DateOnly today)
    {
        var file = KeyFile.Of(Unchosen);
        if (file.IsRefused) return file.Refusal!;
        var ring = file.Value.Exists ? file.Value.Read() : file.Value.Create(today);
        if (ring.IsRefused) return ring.Refusal!;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        // Whole before it has its name: half a file would keep the site from starting.
        var partial = FilePath + ".partial";
        File.Delete(partial);
        using (var writer = new StreamWriter(new FileStream(partial, options))) writer.WriteLine(new FieldCipher(ring.Value).Seal(Sealed, (address.Kind == DatabaseKind.PostgreSql ? "postgresql:" : "sqlserver:") + address.ConnectionString));
        File.Move(partial, FilePath, overwrite: true);
        return address with { Place = Unchosen.Place };
    }

    private Outcome<DatabaseAddress> Read()
    {
        var file = KeyFile.Of(Unchosen);
        if (file.IsRefused) return file.Refusal!;
        var ring = file.Value.Read();
        if (ring.IsRefused) return ring.Refusal!;
        try
        {
            var address = DatabaseAddress.Parse(new FieldCipher(ring.Value).Open(Sealed, File.ReadAllText(FilePath).Trim()));
            return address.IsRefused ? address : address.Value with { Place = Unchosen.Place };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Never the empty file in its place: the books would seem to be gone.
            return Refusals.ChoiceUnreadable(FilePath);
        }
    }

    private static bool IsNamed(string? option) => !string.IsNullOrWhiteSpace(option) || Environment.GetEnvironmentVariable(DatabaseAddress.Variable) is { Length: > 0 };
}
