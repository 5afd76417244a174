using System.Security.Cryptography;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>A file's bytes in one number, by which the same file is known again.</summary>
internal static class Fingerprint
{
    /// <summary>Bytes: not so many that the piece is a large object, whose coming would set off a collection of everything.</summary>
    private const int Piece = 1 << 16;

    /// <summary>Pieces between one word of the progress and the next: a megabyte.</summary>
    private const int Told = 16;

    /// <returns>SHA-256, lower-case hexadecimal; refused where the file cannot be opened.</returns>
    public static Outcome<string> Of(ImportFile file, Action<ImportProgress>? progress = null)
    {
        try
        {
            using var stream = file.OpenStream();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[Piece];
            var pieces = 0;
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                if (pieces++ % Told == 0) progress?.Invoke(new("fingerprint", stream.Position, stream.Length));
            }
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refusals.FileMissing(file.Name);
        }
        catch (UnauthorizedAccessException)
        {
            return Refusals.FileClosedToUs(file.Name);
        }
    }
}
