using System.Security.Claims;
using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;

namespace Evergreen.Web.Layout;

/// <summary>At whose desk a request is handled: the person, the co-op of the address, and what the one may do at the other.</summary>
public sealed class Desk(Books books, MayDo mayDo, IHttpContextAccessor accessor)
{
    /// <summary>Claim that says how a session was entered: <c>pwd</c>, <c>mfa</c> or <c>passkey</c>.</summary>
    public const string EnteredBy = "amr";

    private CoOp? coOp;
    private bool isLookedUp;
    private readonly Dictionary<int, Standing> standings = [];
    private bool? hasOffice;

    public Books Books => books;

    /// <summary>The co-op of the address, without its logo.</summary>
    /// <exception cref="InvalidOperationException">The page belongs to no co-op.</exception>
    public CoOp CoOp => MaybeCoOp ?? throw new InvalidOperationException("This page belongs to no co-op.");

    /// <summary>Where a job of the co-op is followed.</summary>
    public string PageOfJob(int job) => $"/office/{CoOp.Code}/jobs/{job}";

    public CoOp? MaybeCoOp
    {
        get
        {
            if (!isLookedUp) (coOp, isLookedUp) = (accessor.HttpContext?.GetRouteValue("coop") is string code ? books.Read(db => db.CoOps.Where(coOp => coOp.Code == code).WithoutLogo().SingleOrDefault()) : null, true);
            return coOp;
        }
    }

    /// <summary>What the doorkeeper read already.</summary>
    internal void Found(CoOp here, bool office) => (coOp, isLookedUp, hasOffice) = (here, true, office);

    public bool IsSignedIn => UserId is not null;

    public int? UserId => int.TryParse(User?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>The mail address of whoever is signed in, to show it to them.</summary>
    public string SignedInAs => User?.Identity?.Name ?? "";

    /// <summary>Who acts, as it is written into the books: people of the office by the address under which they answer for it, everybody else by the number of their account, which stays when the person is erased.</summary>
    public string Person => UserId is { } user && !HasOffice ? Actors.Account(user) : SignedInAs;

    /// <summary>Whether the session was entered with a second factor.</summary>
    public bool SecondFactor => User?.FindFirstValue(EnteredBy) is "mfa" or "passkey";

    /// <summary>The day it is at the co-op of the address; on this machine where there is none.</summary>
    public DateOnly Today => MaybeCoOp is { } here ? books.Today(here) : DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime);

    /// <summary>What the person may do at the co-op of the address, or at none.</summary>
    public Standing? Standing => StandingAt(MaybeCoOp?.Id);

    public bool May(Permission permission) => Standing?.May(permission) == true;

    /// <summary>Whether a role allows it, also where the session lacks the second factor: for showing the way to it.</summary>
    public bool Holds(Permission permission) => Standing?.Holds(permission) == true;

    /// <summary>Whether the person may do at every co-op what the permission allows, as for a setting of the whole site. Where there is one co-op, its administrator is the site's.</summary>
    public bool MayForAll(Permission permission) => May(permission) && (StandingAt(null)?.May(permission) == true || books.Read(db => db.CoOps.Count() == 1));

    /// <summary>Whether the person has a role in the office of any co-op.</summary>
    public bool HasOffice => hasOffice ??= UserId is { } user && books.Read(db => db.RoleGrants.Any(grant => grant.UserId == user && grant.WithdrawnAt == null && grant.Role != Role.Member));

    /// <summary>The co-ops at which the person has a role in the office.</summary>
    public IReadOnlyList<CoOp> CoOps() =>
        [.. books.Read(db => db.CoOps.OrderBy(coOp => coOp.Name).WithoutLogo().ToList()).Where(coOp => StandingAt(coOp.Id)?.Roles.Any(role => role != Role.Member) == true)];

    private Standing? StandingAt(int? coOpId)
    {
        if (UserId is not { } user) return null;
        if (!standings.TryGetValue(coOpId ?? 0, out var standing)) standings[coOpId ?? 0] = standing = mayDo.Run(new MayDo.Request(user, coOpId, SecondFactor));
        return standing;
    }

    private ClaimsPrincipal? User => accessor.HttpContext?.User is { Identity.IsAuthenticated: true } user ? user : null;
}
