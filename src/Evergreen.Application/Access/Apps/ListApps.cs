using System.Text.Json;
using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Evergreen.Application.Access.Apps;

/// <summary>The apps of a co-op, by name, those that were withdrawn last.</summary>
public sealed class ListApps(Books books)
{
    private static readonly ListOrder<App> Order = ListOrder<App>.Keyed("number", app => app.Id).By("name", app => app.DisplayName!).By("registered", app => app.RegisteredAt);

    /// <param name="LastTokenAt">When it last came for a token; null where it never did, or not for long.</param>
    /// <param name="LetIn">How many people have let it in.</param>
    public sealed record Row(int Id, string ClientId, string Name, AppKind Kind, IReadOnlyList<string> Scopes, IReadOnlyList<string> Redirects, bool HasSecret, DateTime? SecretMadeAt, DateTime RegisteredAt, string RegisteredBy,
        DateTime? LastTokenAt, int LetIn, DateTime? WithdrawnAt, string? WithdrawnBy);

    /// <param name="sort">One of <c>name</c> and <c>registered</c>; with a minus sign in front the other way round.</param>
    public IReadOnlyList<Row> Run(int coOpId, string? sort = null) => books.Read(db =>
    {
        var all = db.Apps.AsNoTracking().Where(app => app.CoOpId == coOpId);
        var (tokens, consents) = (db.AppTokens, db.AppConsents);
        var rows = (sort is null ? all : Order.All(all, sort))
            .Select(app => new
            {
                app,
                LastTokenAt = tokens.Where(token => token.Application!.Id == app.Id).Max(token => token.CreationDate),
                LetIn = consents.Where(consent => consent.Application!.Id == app.Id && consent.Status == OpenIddictConstants.Statuses.Valid).Select(consent => consent.Subject).Distinct().Count(),
            })
            .AsEnumerable();
        if (sort is null) rows = rows.OrderBy(row => row.app.WithdrawnAt is not null).ThenBy(row => row.app.DisplayName, StringComparer.Ordinal).ThenBy(row => row.app.Id);
        return (IReadOnlyList<Row>)rows.Select(row => new Row(row.app.Id, row.app.ClientId!, row.app.DisplayName!, row.app.Kind, row.app.Scopes.Split(' '), List(row.app.RedirectUris), row.app.SecretMadeAt is not null, row.app.SecretMadeAt,
                row.app.RegisteredAt, row.app.RegisteredBy, row.LastTokenAt, row.LetIn, row.app.WithdrawnAt, row.app.WithdrawnBy)).ToList();
    });

    internal static IReadOnlyList<string> List(string? json) => json is null ? [] : JsonSerializer.Deserialize<string[]>(json) ?? [];
}
