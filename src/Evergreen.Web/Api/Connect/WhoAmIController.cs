using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Connect;

/// <summary>What a token is good for.</summary>
/// <param name="CoOp">The code of the co-op whose books it reaches.</param>
/// <param name="ClientId">The app.</param>
/// <param name="Scopes">What it may do, in the order of the alphabet.</param>
public sealed record WhoAmI(string CoOp, string ClientId, IReadOnlyList<string> Scopes);

/// <summary>Says what a token is good for: the first thing to ask when a program is set up.</summary>
[Area("Api")]
public sealed class WhoAmIController(ApiDesk desk) : ApiController(desk)
{
    /// <summary>Says what this token is good for.</summary>
    [RequiresScope(RequiresScopeAttribute.Any)]
    [HttpGet("/api/v1/who-am-i")]
    [ProducesResponseType<WhoAmI>(StatusCodes.Status200OK)]
    public IActionResult Show() => Tagged(new WhoAmI(Desk.CoOp.Code, Desk.ClientId, [.. Desk.Scopes.Order(StringComparer.Ordinal)]));
}
