using System.Security.Claims;
using Evergreen.Application.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Evergreen.Web.Access.Outside;

/// <summary>Sign-in through another authority: authorisation code with PKCE, and then a session of our own like any other.</summary>
public static class OutsideRegistration
{
    public const string Scheme = "outside";

    /// <summary>The address to be registered at the authority.</summary>
    public const string CallbackPath = "/sign-in/outside/back";

    public static IServiceCollection AddEvergreenOutside(this IServiceCollection services, IConfiguration configuration, bool plainHttp)
    {
        services.AddScoped<EnterFromOutside>();
        if (OutsideSettings.Read(configuration) is not { } settings) return services;
        services.AddSingleton(settings);
        services.AddAuthentication().AddOpenIdConnect(Scheme, outside =>
        {
            (outside.Authority, outside.ClientId, outside.ClientSecret) = (settings.Authority.ToString(), settings.ClientId, settings.ClientSecret);
            outside.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
            (outside.ResponseType, outside.ResponseMode, outside.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
            outside.CallbackPath = CallbackPath;
            outside.SignInScheme = AccessRegistration.Scheme;
            // Names of claims as the authority gives them; two that are dropped by default are looked at here.
            outside.MapInboundClaims = false;
            outside.ClaimActions.Remove("iss");
            outside.ClaimActions.Remove("acr");
            outside.ClaimActions.MapUniqueJsonKey("email_verified", "email_verified");
            (outside.SaveTokens, outside.GetClaimsFromUserInfoEndpoint, outside.DisableTelemetry) = (false, true, true);
            outside.Scope.Clear();
            foreach (var scope in settings.Scopes) outside.Scope.Add(scope);
            foreach (var cookie in (CookieBuilder[])[outside.CorrelationCookie, outside.NonceCookie])
            {
                cookie.Name = (plainHttp ? "" : "__Host-") + (cookie == outside.NonceCookie ? "evergreen-nonce." : "evergreen-outside.");
                (cookie.Path, cookie.SameSite, cookie.SecurePolicy) = ("/", SameSiteMode.Lax, plainHttp ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always);
            }
            outside.Events.OnTicketReceived = Enter;
            outside.Events.OnRemoteFailure = failed =>
            {
                failed.HttpContext.RequestServices.GetRequiredService<ILogger<OpenIdConnectHandler>>().LogWarning("Sign-in through the outside authority failed: {Why}", failed.Failure?.GetType().Name);
                failed.HandleResponse();
                failed.Response.Redirect($"/sign-in/outside/refused?why={Refusals.OutsideFailed().Code}");
                return Task.CompletedTask;
            };
        });
        return services;
    }

    private static async Task Enter(TicketReceivedContext ticket)
    {
        var services = ticket.HttpContext.RequestServices;
        var (person, settings, door) = (ticket.Principal!, services.GetRequiredService<OutsideSettings>(), services.GetRequiredService<Door>());
        var factors = person.FindAll("amr").Concat(person.FindAll("acr")).Select(claim => claim.Value);
        var entered = services.GetRequiredService<EnterFromOutside>().Run(new EnterFromOutside.Request(person.FindFirstValue("iss") ?? settings.Authority.ToString(), person.FindFirstValue("sub") ?? "", person.FindFirstValue("email"),
            settings.TrustMail || string.Equals(person.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase), factors.Any(settings.SecondFactor.Contains), door.From));
        ticket.HandleResponse();
        if (entered.IsRefused) ticket.Response.Redirect($"/sign-in/outside/refused?why={entered.Refusal!.Code}");
        else ticket.Response.Redirect(await services.GetRequiredService<FirstFactor>().Next(new(entered.Value.UserId, entered.Value.Authenticator, entered.Value.Passkey), entered.Value.Proof, ticket.ReturnUri));
    }
}
