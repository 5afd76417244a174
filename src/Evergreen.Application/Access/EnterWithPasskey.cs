using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.AspNetCore.Identity;

namespace Evergreen.Application.Access;

/// <summary>Takes what Identity found when it verified a passkey: whose it is, and how often it was used, which only grows.</summary>
public sealed class EnterWithPasskey(Books books, AccessMode mode)
{
    /// <param name="Passkey">As verified; null where the verification failed.</param>
    public sealed record Request(UserPasskeyInfo? Passkey, string From);

    /// <returns>The account's number.</returns>
    public Outcome<int> Run(Request request)
    {
        var outcome = books.Write(dryRun: false, db => Take(db, request));
        if (outcome.IsRefused)
            books.Write<bool>(dryRun: false, db =>
            {
                Entry.Record(db, books.Now, Audit.Actors.Stranger, "access.sign-in-failed", "sign-in unknown", request.From, outcome.Refusal!.Code);
                return true;
            });
        return outcome;
    }

    private Outcome<int> Take(EvergreenDb db, Request request)
    {
        if (request.Passkey is not { IsUserVerified: true } used) return Refusals.PasskeyUnknown();
        var kept = db.Passkeys.SingleOrDefault(passkey => passkey.CredentialId == used.CredentialId);
        var user = kept is null ? null : db.SignIns.SingleOrDefault(user => user.Id == kept.UserId);
        if (kept is null || user is null || !user.IsAdmitted(mode)) return Refusals.PasskeyUnknown();
        // A counter that stands still or runs back is a copied key; Identity refuses it too, but two may have been verified at once.
        if (used.SignCount != 0 && used.SignCount <= kept.Data.SignCount) return Refusals.PasskeyUnknown();
        kept.Data.SignCount = used.SignCount;
        kept.Data.IsBackedUp = used.IsBackedUp;
        return user.Id;
    }
}
