using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>How one's own account is secured, for its page.</summary>
public sealed class MyAccess(Books books)
{
    public sealed record PasskeyRow(byte[] CredentialId, string Name, DateTime AddedAt);

    /// <param name="MailConfirmed">Whether the address was shown to be its owner's.</param>
    /// <param name="RecoveryCodesLeft">How many are still good.</param>
    /// <param name="Roles">What is held, and at which co-op; null for every co-op.</param>
    public sealed record Page(string DisplayName, string Mail, bool MailConfirmed, bool Demo, DateTime? AuthenticatorSince, int RecoveryCodesLeft, IReadOnlyList<PasskeyRow> Passkeys, IReadOnlyList<(Role Role, string? CoOp)> Roles);

    /// <returns>Null for nobody.</returns>
    public Page? Run(int userId) => books.Read(db =>
    {
        if (db.SignIns.SingleOrDefault(user => user.Id == userId) is not { } user) return null;
        var passkeys = db.Passkeys.Where(passkey => passkey.UserId == userId).AsEnumerable().OrderBy(passkey => passkey.Data.CreatedAt)
            .Select(passkey => new PasskeyRow(passkey.CredentialId, passkey.Data.Name ?? "Passkey", passkey.Data.CreatedAt.UtcDateTime)).ToList();
        var coOps = db.CoOps.ToDictionary(coOp => coOp.Id, coOp => coOp.Name);
        var roles = db.RoleGrants.Where(grant => grant.UserId == userId && grant.WithdrawnAt == null).OrderBy(grant => grant.Id).AsEnumerable()
            .Select(grant => (grant.Role, grant.CoOpId is { } id ? coOps[id] : null)).ToList();
        var left = db.RecoveryCodes.Count(code => code.UserId == userId && code.UsedAt == null);
        return new Page(user.DisplayName, user.UserName!, user.EmailConfirmed, user.Demo, user.AuthenticatorSince, left, passkeys, roles);
    });
}
