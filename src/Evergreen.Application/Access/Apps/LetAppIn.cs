using System.Globalization;
using System.Text.Json;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using OpenIddict.Abstractions;

namespace Evergreen.Application.Access.Apps;

/// <summary>A person lets an app act for them, as far as they were shown. It holds until they take it back.</summary>
public sealed class LetAppIn(Books books)
{
    /// <param name="Scopes">What was shown and allowed.</param>
    public sealed record Request(string ClientId, int UserId, IReadOnlyList<string> Scopes, string By, string From);

    /// <returns>The number of the leave.</returns>
    public Outcome<int> Run(Request request) => books.Write<int>(dryRun: false, db =>
    {
        var app = db.Apps.SingleOrDefault(app => app.ClientId == request.ClientId && app.WithdrawnAt == null);
        if (app is null) return Refusals.AppUnknown();
        var scopes = AppScopes.InOrder(request.Scopes);
        var consent = AskConsent.Standing(db, app.Id, request.UserId).FirstOrDefault();
        var before = consent?.Scopes is { } json ? JsonSerializer.Deserialize<string[]>(json)! : [];
        if (consent is not null && scopes.All(before.Contains)) return consent.Id;
        if (consent is null)
        {
            consent = new AppConsent
            {
                Application = app, Subject = request.UserId.ToString(CultureInfo.InvariantCulture), CreationDate = books.Now, Status = OpenIddictConstants.Statuses.Valid, Type = OpenIddictConstants.AuthorizationTypes.Permanent,
            };
            db.AppConsents.Add(consent);
        }
        consent.Scopes = JsonSerializer.Serialize(AppScopes.InOrder([.. before, .. scopes]));
        db.SaveChanges();
        Entry.Record(db, books.Now, request.By, "access.app-let-in", RegisterApp.Subject(app), request.From, string.Join(' ', scopes), app.CoOpId);
        return consent.Id;
    });
}
