using System.Security.Cryptography;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Health;

/// <summary>Whether the key ring is there, closed to others, and opens what the books hold under it: the keys of sign-ins and those of tokens.</summary>
internal sealed class KeyFindings(Books books, Func<Outcome<KeyFile>> find)
{
    private const string Stops = "keys";

    /// <summary>How long past its day a key may be: the site renews it at its next look, once it runs.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    /// <param name="sound">Whether the books can be read.</param>
    public IEnumerable<Finding> Run(bool sound)
    {
        const string code = "key-file", name = "Key file";
        var file = find();
        if (file.IsRefused)
        {
            yield return new(code, name, HealthState.Bad, "No file is named for the keys, which are kept outside the database.", $"Set {KeyFile.Variable} to its path, on a disk of this machine.", Stops);
            yield break;
        }
        var path = file.Value.Path;
        if (!file.Value.Exists && !(sound && books.Read(SealingKeys.AnySealed)))
        {
            yield return new(code, name, HealthState.Good, $"Not made yet; the first secret makes it, at {path}.");
            yield break;
        }
        if (Read(file.Value) is not { } ring)
        {
            yield return new(code, name, HealthState.Bad, $"{path} cannot be read by the user who looks.", "Look as the user under whom the site runs; only that user may own the file.", Stops);
            yield break;
        }
        if (ring.IsRefused)
        {
            yield return ring.Refusal!.Code switch
            {
                "keys-exposed" => new(code, name, HealthState.Bad, $"Others on this machine may read {path}.", $"Close it to them (chmod 600 '{path}') and find out who has read it.", Stops),
                "keys-damaged" => new(code, name, HealthState.Bad, $"{path} is damaged.", "Put it back from its backup.", Stops),
                _ => new(code, name, HealthState.Bad, $"{path} is not there, and the books hold secrets that only it opens.", "Put it back from its backup. A new key would open none of them.", Stops),
            };
            yield break;
        }
        yield return new(code, name, HealthState.Good, $"{path} holds {InWords.Many(ring.Value.Keys.Count, "key")} and is closed to others.");
        if (sound) yield return InTheBooks(new FieldCipher(ring.Value));
    }

    private static Outcome<KeyRing>? Read(KeyFile file)
    {
        try
        {
            return file.Read();
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    private Finding InTheBooks(FieldCipher cipher)
    {
        const string code = "keys", name = "Keys of sign-ins and tokens";
        var (site, connect) = books.Read(db => (db.SiteKeys.OrderBy(key => key.Id).Select(key => key.Sealed).ToList(), db.ConnectKeys.AsNoTracking().Where(key => key.EndsAt == null || key.EndsAt > books.Now).OrderBy(key => key.Id).ToList()));
        var closed = site.Count(key => !cipher.HoldsKeyOf(key)) + connect.Count(key => !Opens(cipher, key));
        var all = site.Count + connect.Count;
        if (closed > 0) return new(code, name, HealthState.Bad, $"{closed} of {InWords.Many(all, "key")} in the books cannot be opened with the key file.", "Put the key file back that belongs to these books. Books and key file must be of the same site.", Stops);
        var current = connect.Where(key => key.EndsAt is null).ToList();
        if (current.Count == 0) return new(code, name, HealthState.Good, $"{InWords.Many(all, "key")}; those of tokens are made when the site starts.");
        var age = books.Now - current.Min(key => key.MadeAt);
        var measured = $"{InWords.Many(all, "key")}, all of them open; those that sign tokens are {InWords.Time(age < TimeSpan.Zero ? TimeSpan.Zero : age)} old.";
        return age > OpenConnectKeys.Renewed + Grace
            ? new(code, name, HealthState.Warning, measured, $"The site renews them after {OpenConnectKeys.Renewed.Days} days while it runs: start it, or run: evergreen keys rotate.")
            : new(code, name, HealthState.Good, measured);
    }

    private static bool Opens(FieldCipher cipher, ConnectKey key)
    {
        try
        {
            return cipher.Open(RotateConnectKeys.Place(key.KeyId), key.Sealed).Length > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
