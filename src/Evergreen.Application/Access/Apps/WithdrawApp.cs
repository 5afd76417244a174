using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Evergreen.Application.Access.Apps;

/// <summary>Takes an app off the list for good: whatever it was given is no good from this moment on. The row stays, since what the app recorded names it.</summary>
public sealed class WithdrawApp(Books books)
{
    public sealed record Request(int AppId, int CoOpId, string By, string From);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var app = db.Apps.SingleOrDefault(app => app.Id == request.AppId && app.CoOpId == request.CoOpId && app.WithdrawnAt == null);
        if (app is null) return Refusals.AppUnknown();
        (app.WithdrawnAt, app.WithdrawnBy, app.ConcurrencyToken) = (books.Now, request.By, Guid.NewGuid().ToString());
        // Nothing left that it may ask for, whoever still holds its secret.
        (app.Permissions, app.RedirectUris, app.PostLogoutRedirectUris) = ("[]", null, null);
        if (app.ClientSecret is not null) app.ClientSecret = SecretCode.Digest(SecretCode.Carried());
        db.AppTokens.Where(token => token.Application!.Id == app.Id && token.Status == Statuses.Valid).ExecuteUpdate(set => set.SetProperty(token => token.Status, Statuses.Revoked));
        db.AppConsents.Where(consent => consent.Application!.Id == app.Id && consent.Status == Statuses.Valid).ExecuteUpdate(set => set.SetProperty(consent => consent.Status, Statuses.Revoked));
        Entry.Record(db, books.Now, request.By, "access.app-withdraw", RegisterApp.Subject(app), request.From, coOpId: app.CoOpId);
        return true;
    });
}
