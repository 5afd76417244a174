using Evergreen.Application.Access;
using Evergreen.Web.Access;
using Evergreen.Web.Access.Outside;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Evergreen.Web.Layout;

/// <summary>What one must be allowed to do at the co-op of the address. A page that asks for nothing and is not open to everyone is open to nobody.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequiresAttribute(Permission permission) : Attribute
{
    public Permission Permission => permission;
}

/// <summary>Open to whoever is signed in, whatever their role: their own account, the choice of a co-op.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class ForAnyoneSignedInAttribute : Attribute;

/// <summary>Stands before every page: sends strangers to sign in, hides the co-ops of others, and denies what no role allows. Each denial is recorded.</summary>
public sealed class DoorKeeper(Desk desk, MemberDesk members, TokenDoor tokens) : IAsyncAuthorizationFilter
{
    public Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        if (context.ActionDescriptor.EndpointMetadata.OfType<SignsInHereAttribute>().Any() && OutsideSettings.AloneAt(context.HttpContext) is not null)
        {
            context.Result = new NotFoundResult();
            return Task.CompletedTask;
        }
        if (context.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any()) return Task.CompletedTask;
        if (TokenDoor.StandsBefore(context)) return tokens.Guard(context);
        Look(context);
        return Task.CompletedTask;
    }

    private void Look(AuthorizationFilterContext context)
    {
        var metadata = context.ActionDescriptor.EndpointMetadata;
        if (!desk.IsSignedIn)
        {
            context.Result = new ChallengeResult();
            return;
        }
        if (metadata.OfType<ForAnyoneSignedInAttribute>().Any())
        {
            members.Greet();
            return;
        }
        if (metadata.OfType<ForMemberAttribute>().LastOrDefault() is { } own)
        {
            // Whoever is no member of a co-op does not learn whether it is there.
            if (!members.Enter(own.Share)) context.Result = new NotFoundResult();
            return;
        }
        var required = metadata.OfType<RequiresAttribute>().LastOrDefault();
        var inOffice = context.RouteData.Values.ContainsKey("coop");
        // Whoever has no role at a co-op does not learn whether it is there.
        if (inOffice && (desk.MaybeCoOp is null || desk.Standing?.Roles.Any(role => role != Role.Member) != true))
        {
            context.Result = new NotFoundResult();
            return;
        }
        var verdict = required is null ? Verdict.No : desk.Standing?.Answer(required.Permission) ?? Verdict.No;
        if (verdict == Verdict.Yes) return;
        Record(context, required);
        context.Result = verdict == Verdict.SecondFactorNeeded && !desk.SecondFactor
            ? new LocalRedirectResult($"/account/second-factor?returnUrl={Uri.EscapeDataString(ReturnPath(context.HttpContext.Request))}")
            : new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    private static string ReturnPath(HttpRequest request) => HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : "/office";

    private void Record(AuthorizationFilterContext context, RequiresAttribute? required)
    {
        var request = context.HttpContext.Request;
        new RecordDenial(desk.Books).Run(new RecordDenial.Request(desk.Person, desk.MaybeCoOp?.Id, required?.Permission, $"{request.Method} {request.Path}", context.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            SecondFactorOnly: required is not null && desk.Holds(required.Permission)));
    }
}
