using System.Text.Json;
using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Evergreen.Application.Access.Apps;

/// <summary>The apps of a co-op, by name, those that were withdrawn last.</summary>
public sealed class ListApps(Books books)
{
    /// <param name="LastTokenAt">When it last came for a token; null where it never did, or not for long.</param>
    /// <param name="LetIn">How many people have let it in.</param>
    public sealed record Row(int Id, string ClientId, string Name, AppKind Kind, IReadOnlyList<string> Scopes, IReadOnlyList<string> Redirects, bool HasSecret, DateTime? SecretMadeAt, DateTime RegisteredAt, string RegisteredBy,
        DateTime? LastTokenAt, int LetIn, DateTime? WithdrawnAt, string? WithdrawnBy);

    public IReadOnlyList<Row> Run(int coOpId) => books.Read(db =>
    {
        var (tokens, consents) = (db.AppTokens, db.AppConsents);
        return (IReadOnlyList<Row>)db.Apps.AsNoTracking().Where(app => app.CoOpId == coOpId)
            .Select(app => new
            {
                app,
                LastTokenAt = tokens.Where(token => token.Application!.Id == app.Id).Max(token => token.CreationDate),
                LetIn = consents.Where(consent => consent.Application!.Id == app.Id && consent.Status == OpenIddictConstants.Statuses.Valid).Select(consent => consent.Subject).Distinct().Count(),
            })
            .AsEnumerable().OrderBy(row => row.app.WithdrawnAt is not null).ThenBy(row => row.app.DisplayName, StringComparer.Ordinal).ThenBy(row => row.app.Id)
            .Select(row => new Row(row.app.Id, row.app.ClientId!, row.app.DisplayName!, row.app.Kind, row.app.Scopes.Split(' '), List(row.app.RedirectUris), row.app.SecretMadeAt is not null, row.app.SecretMadeAt,
                row.app.RegisteredAt, row.app.RegisteredBy, row.LastTokenAt, row.LetIn, row.app.WithdrawnAt, row.app.WithdrawnBy)).ToList();
    });

    internal static IReadOnlyList<string> List(string? json) => json is null ? [] : JsonSerializer.Deserialize<string[]>(json) ?? [];
}
