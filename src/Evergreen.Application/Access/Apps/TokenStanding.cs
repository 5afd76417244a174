using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Evergreen.Application.Access.Apps;

/// <summary>Asks for each request that comes with a token whether app and person still stand. The token itself was verified without asking anybody; this is one look, so that withdrawing takes hold at once. Requests of one app that come together share a look that began after they came.</summary>
public sealed class TokenStanding
{
    private readonly ReadTogether<Request, Result?> together;

    public TokenStanding(Books books, AccessMode mode) => together = new(request => books.Read(db => Look(db, mode, request)));

    /// <param name="Account">The person it speaks for; null for a program of the co-op.</param>
    /// <param name="TokenId">The token's entry, looked at where it speaks for a person.</param>
    public sealed record Request(string ClientId, int? Account, int? TokenId);

    /// <param name="AppId">For rows that name the app.</param>
    /// <param name="By">Who acts, as it is written into the audit.</param>
    public sealed record Result(CoOp CoOp, int AppId, string ClientId, string By, int? Account);

    /// <returns>Null where app, person or leave do not stand any more.</returns>
    public Task<Result?> Run(Request request) => together.Ask(request);

    private static Result? Look(EvergreenDb db, AccessMode mode, Request request)
    {
        var found = db.Apps.Where(app => app.ClientId == request.ClientId && app.WithdrawnAt == null).Join(db.CoOps, app => app.CoOpId, coOp => coOp.Id, (app, coOp) => new { app.Id, app.Kind, app.DisplayName, coOp }).SingleOrDefault();
        if (found is null || (found.Kind == AppKind.Program) != request.Account is null) return null;
        if (request.Account is not { } account) return new Result(found.coOp, found.Id, request.ClientId, $"{found.DisplayName} ({request.ClientId})", null);
        var user = db.SignIns.SingleOrDefault(user => user.Id == account);
        if (user is null || !user.IsAdmitted(mode)) return null;
        var subject = account.ToString(CultureInfo.InvariantCulture);
        var stands = db.AppTokens.Any(token => token.Id == request.TokenId && token.Subject == subject && token.Status == Statuses.Valid && token.Authorization!.Status == Statuses.Valid && token.Application!.Id == found.Id);
        return stands ? new Result(found.coOp, found.Id, request.ClientId, Actors.Account(account) + Actors.By + found.DisplayName, account) : null;
    }
}
