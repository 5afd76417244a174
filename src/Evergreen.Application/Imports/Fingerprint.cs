using System.Security.Cryptography;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>A file's bytes in one number, by which the same file is known again.</summary>
internal static class Fingerprint
{
    private const int Piece = 1 << 20;

    /// <returns>SHA-256, lower-case hexadecimal; refused where the file cannot be opened.</returns>
    public static Outcome<string> Of(ImportFile file, Action<ImportProgress>? progress = null)
    {
        try
        {
            using var stream = file.OpenStream();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[Piece];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                progress?.Invoke(new("fingerprint", stream.Position, stream.Length));
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
