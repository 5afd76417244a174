using Evergreen.Application.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Evergreen.Web.Access.Outside;

/// <summary>Sign-in through another authority: authorisation code with PKCE, and then a session of our own like any other.</summary>
public static class OutsideRegistration
{
    public const string Scheme = "outside";

    /// <summary>Marks a way to the authority on which the person is to sign in there anew.</summary>
    internal const string Anew = "anew";

    /// <summary>The address to be registered at the authority.</summary>
    public const string CallbackPath = "/sign-in/outside/back";

    public static IServiceCollection AddEvergreenOutside(this IServiceCollection services, IConfiguration configuration, bool plainHttp)
    {
        services.AddScoped<EnterFromOutside>();
        services.AddScoped<Arrivals>();
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
        var settings = services.GetRequiredService<OutsideSettings>();
        var came = Arrival.Of(ticket.Principal!, settings, services.GetRequiredService<Application.Storage.Books>().Now);
        ticket.HandleResponse();
        ticket.Response.Redirect(await services.GetRequiredService<Arrivals>().Next(came, settings, ticket.Properties?.Items.ContainsKey(Anew) == true, ticket.ReturnUri));
    }
}
