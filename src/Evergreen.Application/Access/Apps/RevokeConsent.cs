using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Evergreen.Application.Access.Apps;

/// <summary>A person takes back the leave they gave an app: whatever it holds is no good from this moment on.</summary>
public sealed class RevokeConsent(Books books)
{
    public sealed record Request(int ConsentId, int UserId, string By, string From);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var subject = request.UserId.ToString(CultureInfo.InvariantCulture);
        var consent = db.AppConsents.Include(consent => consent.Application).SingleOrDefault(consent => consent.Id == request.ConsentId && consent.Subject == subject && consent.Status == Statuses.Valid);
        if (consent is null) return Refusals.ConsentUnknown();
        (consent.Status, consent.ConcurrencyToken) = (Statuses.Revoked, Guid.NewGuid().ToString());
        db.AppTokens.Where(token => token.Authorization!.Id == consent.Id && token.Status == Statuses.Valid).ExecuteUpdate(set => set.SetProperty(token => token.Status, Statuses.Revoked));
        Entry.Record(db, books.Now, request.By, "access.app-shut-out", RegisterApp.Subject(consent.Application!), request.From, coOpId: consent.Application!.CoOpId);
        return true;
    });
}
