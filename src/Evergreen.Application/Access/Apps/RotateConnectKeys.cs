using System.Security.Cryptography;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access.Apps;

/// <summary>Gives the provider new keys. From now on they sign; what the old ones signed is accepted until nothing of it can still be alive.</summary>
public sealed class RotateConnectKeys(Books books, SealingKeys sealing)
{
    /// <summary>How long after its last use a key still verifies: the longest life of a refresh token.</summary>
    public static readonly TimeSpan Afterlife = TokenLives.Refresh;

    /// <returns>The key id of the new signing key.</returns>
    public Outcome<string> Run(string by, bool dryRun = false) => books.Write(dryRun, db => Make(db, sealing, books.Now, by, "by hand"));

    internal static Outcome<string> Make(EvergreenDb db, SealingKeys sealing, DateTime now, string by, string why)
    {
        var cipher = sealing.Cipher(db, DateOnly.FromDateTime(now));
        if (cipher.IsRefused) return cipher.Refusal!;
        foreach (var old in db.ConnectKeys.Where(key => key.EndsAt == null).OrderBy(key => key.Id).ToList()) old.EndsAt = now + Afterlife;
        using var rsa = RSA.Create(2048);
        var signing = Add(ConnectKeyUse.Signing, rsa.ExportPkcs8PrivateKey());
        Add(ConnectKeyUse.Encryption, RandomNumberGenerator.GetBytes(32));
        Audit.AuditTrail.Add(db, null, now, by, "access.connect-keys", $"key {signing}", why);
        return signing;

        string Add(ConnectKeyUse use, byte[] plain)
        {
            var id = SecretCode.Carried()[..16];
            db.ConnectKeys.Add(new ConnectKey { KeyId = id, Use = use, MadeAt = now, Sealed = cipher.Value.Seal(Place(id), Convert.ToBase64String(plain)) });
            return id;
        }
    }

    internal static FieldPlace Place(string keyId) => new("ConnectKeys", "Sealed", keyId);
}
