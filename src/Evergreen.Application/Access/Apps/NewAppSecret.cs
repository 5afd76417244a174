using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access.Apps;

/// <summary>Gives an app another secret. The one before is no good from this moment on.</summary>
public sealed class NewAppSecret(Books books)
{
    public sealed record Request(int AppId, int CoOpId, string By, string From);

    public Outcome<RegisterApp.Result> Run(Request request) => books.Write<RegisterApp.Result>(dryRun: false, db =>
    {
        var app = db.Apps.SingleOrDefault(app => app.Id == request.AppId && app.CoOpId == request.CoOpId && app.WithdrawnAt == null);
        if (app is null) return Refusals.AppUnknown();
        if (app.ClientSecret is null) return Refusals.AppWithoutSecret();
        var secret = SecretCode.Carried();
        (app.ClientSecret, app.SecretMadeAt, app.ConcurrencyToken) = (SecretCode.Digest(secret), books.Now, Guid.NewGuid().ToString());
        Entry.Record(db, books.Now, request.By, "access.app-secret", RegisterApp.Subject(app), request.From, coOpId: app.CoOpId);
        return new RegisterApp.Result(app.Id, app.ClientId!, secret);
    });
}
