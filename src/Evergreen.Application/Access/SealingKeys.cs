using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>The key ring for what is sealed in these books. Its file is made with the first secret of their life, and never made anew while any secret needs the old one.</summary>
public sealed class SealingKeys(Func<Outcome<KeyFile>> find)
{
    private static readonly Lock Making = new();

    public Outcome<FieldCipher> Cipher(EvergreenDb db, DateOnly today)
    {
        var found = find();
        if (found.IsRefused) return found.Refusal!;
        lock (Making)
        {
            if (!found.Value.Exists)
            {
                if (AnySealed(db)) return Refusals.KeysLost(found.Value.Path);
                return new FieldCipher(found.Value.Create(today));
            }
            var ring = found.Value.Read();
            return ring.IsRefused ? ring.Refusal! : new FieldCipher(ring.Value);
        }
    }

    /// <summary>Whether the books hold anything that only the key file opens.</summary>
    public static bool AnySealed(EvergreenDb db) =>
        db.SiteKeys.Any() || db.ConnectKeys.Any() || db.SignIns.Any(user => user.AuthenticatorSealed != null) || db.RecoveryCodes.Any() || db.MailServers.Any(server => server.PasswordSealed != null) || db.Set<WebhookEndpoint>().Any()
        || db.Members.AsNoTracking().Any(member => member.TaxIdSealed != null || member.BankAccountSealed != null)
        || db.BankChanges.AsNoTracking().Any(change => change.AccountSealed != null);
}
