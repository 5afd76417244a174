using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Connect;

/// <summary>Says what a token is good for: the first thing to ask when a program is set up.</summary>
[ApiController]
[Area("Api")]
public sealed class WhoAmIController(ApiDesk desk) : ControllerBase
{
    /// <param name="CoOp">The code of the co-op whose books it reaches.</param>
    /// <param name="ClientId">The app.</param>
    /// <param name="Scopes">What it may do, in the order of the alphabet.</param>
    public sealed record WhoAmI(string CoOp, string ClientId, IReadOnlyList<string> Scopes);

    [RequiresScope(RequiresScopeAttribute.Any)]
    [HttpGet("/api/v1/who-am-i")]
    public WhoAmI Show() => new(desk.CoOp.Code, desk.ClientId, [.. desk.Scopes.Order(StringComparer.Ordinal)]);
}
