using System.Globalization;
using System.Text.Json;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Evergreen.Application.Access.Apps;

/// <summary>What stands between a person and an app that wants to act for them: whether the person belongs to the app's co-op, and what they allowed before.</summary>
public sealed class AskConsent(Books books, AccessMode mode)
{
    /// <param name="Belongs">Whether the account may enter and has a role at the co-op of the app, be it as a member.</param>
    /// <param name="ConsentId">The leave that stands; null where there is none.</param>
    /// <param name="Allowed">The scopes of that leave.</param>
    public sealed record Result(string AppName, CoOp CoOp, SignIn Person, bool Belongs, int? ConsentId, IReadOnlyList<string> Allowed);

    /// <returns>Null where there is no such app or account.</returns>
    public Result? Run(string clientId, int userId) => books.Read(db =>
    {
        var app = db.Apps.Where(app => app.ClientId == clientId && app.WithdrawnAt == null).Join(db.CoOps, app => app.CoOpId, coOp => coOp.Id, (app, coOp) => new { app.Id, app.DisplayName, coOp }).SingleOrDefault();
        var person = db.SignIns.AsNoTracking().SingleOrDefault(user => user.Id == userId);
        if (app is null || person is null) return null;
        var belongs = person.IsAdmitted(mode) && db.RoleGrants.Any(grant => grant.UserId == userId && grant.WithdrawnAt == null && (grant.CoOpId == null || grant.CoOpId == app.coOp.Id));
        var consent = Standing(db, app.Id, userId).Select(consent => new { consent.Id, consent.Scopes }).FirstOrDefault();
        return new Result(app.DisplayName!, app.coOp, person, belongs, consent?.Id, consent?.Scopes is { } json ? JsonSerializer.Deserialize<string[]>(json)! : []);
    });

    internal static IQueryable<AppConsent> Standing(EvergreenDb db, int appId, int userId)
    {
        var subject = userId.ToString(CultureInfo.InvariantCulture);
        return db.AppConsents.Where(consent => consent.Application!.Id == appId && consent.Subject == subject && consent.Status == OpenIddictConstants.Statuses.Valid).OrderByDescending(consent => consent.Id);
    }
}
