using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.AspNetCore.Identity;

namespace Evergreen.Application.Access;

/// <summary>Keeps a passkey that Identity has verified.</summary>
public sealed class AddPasskey(Books books)
{
    /// <param name="Name">What its owner calls it.</param>
    public sealed record Request(int UserId, UserPasskeyInfo Passkey, string Name, string From);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var user = db.SignIns.SingleOrDefault(user => user.Id == request.UserId);
        if (user is null) return Refusals.PersonUnknown();
        var passkey = request.Passkey;
        if (db.Passkeys.Any(other => other.CredentialId == passkey.CredentialId)) return Refusals.PasskeyTaken();
        db.Passkeys.Add(new IdentityUserPasskey<int>
        {
            UserId = user.Id, CredentialId = passkey.CredentialId,
            Data = new IdentityPasskeyData
            {
                PublicKey = passkey.PublicKey, Name = Entry.Cut(string.IsNullOrWhiteSpace(request.Name) ? "Passkey" : request.Name.Trim(), 100), CreatedAt = new DateTimeOffset(books.Now), SignCount = passkey.SignCount,
                Transports = passkey.Transports, IsUserVerified = passkey.IsUserVerified, IsBackupEligible = passkey.IsBackupEligible, IsBackedUp = passkey.IsBackedUp,
                AttestationObject = passkey.AttestationObject, ClientDataJson = passkey.ClientDataJson,
            },
        });
        Entry.Record(db, books.Now, Entry.Subject(user.Id), "access.passkey", Entry.Subject(user.Id), request.From, "added");
        return true;
    });
}
