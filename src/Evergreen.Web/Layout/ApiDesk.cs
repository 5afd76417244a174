using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;

namespace Evergreen.Web.Layout;

/// <summary>At whose desk a request of the API is handled: the app, its co-op and, where it speaks for someone, the person. The co-op follows from the token, never from the request.</summary>
public sealed class ApiDesk(Books books)
{
    private TokenStanding.Result? standing;

    public Books Books => books;
    public CoOp CoOp => Standing.CoOp;
    public int AppId => Standing.AppId;
    public string ClientId => Standing.ClientId;

    /// <summary>Who acts, as it is written into the audit.</summary>
    public string By => Standing.By;

    /// <summary>The person it speaks for; null for a program of the co-op.</summary>
    public int? Account => Standing.Account;

    /// <summary>Whether the request came with a good token.</summary>
    public bool IsSeated => standing is not null;

    public IReadOnlySet<string> Scopes { get; private set; } = new HashSet<string>();

    private TokenStanding.Result Standing => standing ?? throw new InvalidOperationException("This request came with no token.");

    internal void Seat(TokenStanding.Result found, IReadOnlySet<string> scopes) => (standing, Scopes) = (found, scopes);
}
