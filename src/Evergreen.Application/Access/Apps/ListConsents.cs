using System.Globalization;
using System.Text.Json;
using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Evergreen.Application.Access.Apps;

/// <summary>The apps that a person lets in, by name.</summary>
public sealed class ListConsents(Books books)
{
    /// <param name="LastUsedAt">When it last came for a token.</param>
    public sealed record Row(int Id, string AppName, string CoOpName, IReadOnlyList<string> Scopes, DateTime Since, DateTime? LastUsedAt);

    public IReadOnlyList<Row> Run(int userId) => books.Read(db =>
    {
        var subject = userId.ToString(CultureInfo.InvariantCulture);
        var (tokens, coOps) = (db.AppTokens, db.CoOps);
        return (IReadOnlyList<Row>)db.AppConsents.AsNoTracking().Where(consent => consent.Subject == subject && consent.Status == OpenIddictConstants.Statuses.Valid && consent.Application!.WithdrawnAt == null)
            .Select(consent => new
            {
                consent.Id, consent.Scopes, consent.CreationDate, consent.Application!.DisplayName,
                CoOp = coOps.Where(coOp => coOp.Id == consent.Application.CoOpId).Select(coOp => coOp.Name).Single(),
                LastUsedAt = tokens.Where(token => token.Authorization!.Id == consent.Id).Max(token => token.CreationDate),
            })
            .AsEnumerable().OrderBy(row => row.DisplayName, StringComparer.Ordinal).ThenBy(row => row.Id)
            .Select(row => new Row(row.Id, row.DisplayName!, row.CoOp, JsonSerializer.Deserialize<string[]>(row.Scopes!)!, row.CreationDate!.Value, row.LastUsedAt)).ToList();
    });
}
