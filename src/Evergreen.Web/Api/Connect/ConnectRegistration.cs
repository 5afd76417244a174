using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Evergreen.Web.Api.Connect;

/// <summary>The OpenID provider: OpenIddict in this process, on these books.</summary>
public static class ConnectRegistration
{
    public const string Authorize = "connect/authorize", Token = "connect/token", UserInfo = "connect/userinfo", EndSession = "connect/end-session", Introspect = "connect/introspect", Revoke = "connect/revoke";

    public static IServiceCollection AddEvergreenConnect(this IServiceCollection services, IConfiguration settings, bool plainHttp)
    {
        foreach (var verb in Verbs) services.AddScoped(verb);
        services.AddScoped<ApiDesk>();
        // These serve requests that come together: one of each for the whole program.
        services.AddSingleton<TokenStanding>();
        services.AddSingleton<VerifiedTokens>();
        services.AddScoped<TokenDoor>();
        services.AddSingleton(provider => new ConnectKeys(provider.GetRequiredService<Books>(), new OpenConnectKeys(provider.GetRequiredService<Books>(), provider.GetRequiredService<SealingKeys>())));
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ConnectKeys>());
        services.AddSingleton<IValidateOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ConnectKeys>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ConnectKeys>().Server);
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictValidationOptions>>(provider => provider.GetRequiredService<ConnectKeys>().Validation);
        services.AddHostedService<ConnectWatch>();
        services.AddOpenIddict()
            .AddCore(core =>
            {
                // Saved one by one, so that each saving waits for its turn.
                core.UseEntityFrameworkCore().UseDbContext<EvergreenDb>().ReplaceDefaultEntities<App, AppConsent, AppScope, AppToken, int>().DisableBulkOperations();
                core.ReplaceApplicationManager<App, AppRegister>();
            })
            .AddServer(server => Serve(server, settings[MailSettings.SiteKey], plainHttp))
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore().SetRealm("evergreen").DisableAccessTokenExtractionFromBodyForm().DisableAccessTokenExtractionFromQueryString();
                validation.AddAudiences(TokenDoor.Audience);
            });
        return services;
    }

    private static readonly Type[] Verbs = [typeof(RegisterApp), typeof(NewAppSecret), typeof(WithdrawApp), typeof(ListApps), typeof(AskConsent), typeof(LetAppIn), typeof(RevokeConsent), typeof(ListConsents), typeof(TidyTokens), typeof(OpenConnectKeys), typeof(RotateConnectKeys)];

    private static void Serve(OpenIddictServerBuilder server, string? site, bool plainHttp)
    {
        server.SetAuthorizationEndpointUris(Authorize).SetTokenEndpointUris(Token).SetUserInfoEndpointUris(UserInfo).SetEndSessionEndpointUris(EndSession).SetIntrospectionEndpointUris(Introspect).SetRevocationEndpointUris(Revoke);
        server.AllowClientCredentialsFlow().AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes([.. AppScopes.Table.Select(scope => scope.Name)]);
        server.RegisterClaims(Claims.Subject, Claims.Name, Claims.Email, Claims.EmailVerified);
        server.SetAuthorizationCodeLifetime(TokenLives.Code).SetAccessTokenLifetime(TokenLives.Access).SetIdentityTokenLifetime(TokenLives.Identity).SetRefreshTokenLifetime(TokenLives.Refresh);
        // A refresh token is good once, and all that follow from it end with the first.
        server.SetRefreshTokenReuseLeeway(TimeSpan.Zero).DisableSlidingRefreshTokenExpiration();
        // What the API reads itself, or hands to nobody, needs no wrapping.
        server.DisableAccessTokenEncryption();
        // An app may ask for what it was registered for, and the table of scopes is not in the database.
        server.DisableScopeValidation();
        if (site is { Length: > 0 }) server.SetIssuer(new Uri(site.TrimEnd('/') + "/"));
        server.Configure(options =>
        {
            options.CodeChallengeMethods.Clear();
            options.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
            // Answers come as a redirect: a form that sends itself would need script, a fragment is for the implicit flow.
            options.ResponseModes.Clear();
            options.ResponseModes.Add(ResponseModes.Query);
        });
        var host = server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableUserInfoEndpointPassthrough().EnableEndSessionEndpointPassthrough().EnableErrorPassthrough();
        if (plainHttp) host.DisableTransportSecurityRequirement();
    }
}
