using System.Globalization;
using System.Security.Claims;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Evergreen.Web.Api.Connect;

/// <summary>Where an app sends a person to be let in. OpenIddict has checked the app, its address and its PKCE challenge; here the person signs in and decides.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class AuthorizeController(Desk desk, Door door, MemberDesk members, PageLanguage language, AskConsent ask) : Controller
{
    private const string Provider = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    /// <summary>Parameter of our own: the browser has come here by itself, and not straight from a form.</summary>
    private const string Onward = "_onward";

    // Signed in anew within this time counts as just now.
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    /// <param name="Shown">The scopes to be shown, without the plain sign-in.</param>
    /// <param name="Lasting">Whether it may go on while the person is away.</param>
    /// <param name="Parameters">What the app asked, sent along.</param>
    public sealed record Page(string AppName, string CoOpName, string Person, string Host, IReadOnlyList<string> Shown, bool Lasting, IReadOnlyList<KeyValuePair<string, string>> Parameters);

    [HttpGet("/" + ConnectRegistration.Authorize)]
    public IActionResult Ask()
    {
        if (HttpContext.GetOpenIddictServerResponse() is { Error: not null } wrong) return Wrong(wrong);
        if (HttpContext.GetOpenIddictServerRequest() is not { } request) return NotFound();
        var silent = request.HasPromptValue(PromptValues.None);
        if (desk.UserId is not { } user) return silent ? Refuse(Errors.LoginRequired) : LocalRedirect($"/sign-in?returnUrl={Uri.EscapeDataString(Here)}");
        if (IsStale(request)) return silent ? Refuse(Errors.LoginRequired) : LocalRedirect($"/account/again?returnUrl={Uri.EscapeDataString(Here)}");
        if (ask.Run(request.ClientId!, user) is not { Belongs: true } known) return Refuse(Errors.AccessDenied);
        var asked = AppScopes.Table.Select(scope => scope.Name).Where(scope => request.HasScope(scope)).ToList();
        if (known.ConsentId is { } consent && asked.TrueForAll(known.Allowed.Contains) && !request.HasPromptValue(PromptValues.Consent)) return StraightOn() ?? Let(request, known, consent);
        if (silent) return Refuse(Errors.ConsentRequired);
        language.Speak(members.Memberships.FirstOrDefault(row => row.Code == known.CoOp.Code)?.Language, known.CoOp.Country);
        AllowSendingOn(request.RedirectUri!);
        return View("Consent", new Page(known.AppName, known.CoOp.Name, known.Person.DisplayName, Where(request.RedirectUri!), [.. asked.Where(scope => scope is not (AppScopes.OpenId or AppScopes.OfflineAccess))],
            asked.Contains(AppScopes.OfflineAccess), Parameters(request)));
    }

    [HttpPost("/" + ConnectRegistration.Authorize)]
    public IActionResult Decide([FromServices] LetAppIn let, string? decision)
    {
        if (HttpContext.GetOpenIddictServerResponse() is { Error: not null } wrong) return Wrong(wrong);
        if (HttpContext.GetOpenIddictServerRequest() is not { } request) return NotFound();
        AllowSendingOn(request.RedirectUri!);
        if (desk.UserId is not { } user || decision != "allow" || ask.Run(request.ClientId!, user) is not { Belongs: true }) return Refuse(Errors.AccessDenied);
        var consent = let.Run(new LetAppIn.Request(request.ClientId!, user, [.. AppScopes.Table.Select(scope => scope.Name).Where(scope => request.HasScope(scope))], desk.Person, door.From));
        return consent.IsRefused ? Refuse(Errors.AccessDenied) : Let(request, ask.Run(request.ClientId!, user)!, consent.Value);
    }

    private Microsoft.AspNetCore.Mvc.SignInResult Let(OpenIddictRequest request, AskConsent.Result known, int consent) => SignIn(PersonTicket.Of(known, consent, request.GetScopes(), User.FindFirstValue(Desk.EnteredBy), StartedAt), Provider);

    private ForbidResult Refuse(string error) => Forbid(new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = error }), Provider);

    /// <summary>The app asked in a way that cannot be answered at its address: the person is told here, and sent nowhere.</summary>
    private ViewResult Wrong(OpenIddictResponse response)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("WrongApp", response);
    }

    private string Here => Request.Path + Request.QueryString;

    private long? StartedAt => long.TryParse(User.FindFirstValue(SessionCookie.StartedAt), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null;

    private bool IsStale(OpenIddictRequest request)
    {
        if (!request.HasPromptValue(PromptValues.Login) && request.MaxAge is null) return false;
        var age = desk.Books.Now - DateTimeOffset.FromUnixTimeSeconds(StartedAt ?? 0).UtcDateTime;
        return age > (request.HasPromptValue(PromptValues.Login) || request.MaxAge < JustNow.TotalSeconds ? JustNow : TimeSpan.FromSeconds(request.MaxAge ?? 0));
    }

    /// <summary>After the form of the sign-in page the browser would follow no redirect to another site, as our policy asks of it. One step in between and it is on its own way.</summary>
    private IActionResult? StraightOn() => Request.Headers["Sec-Fetch-Site"] == "same-origin" && !Request.Query.ContainsKey(Onward) ? View("Onward", $"{Here}&{Onward}=1") : null;

    private void AllowSendingOn(string redirect) => Response.Headers.ContentSecurityPolicy = SecurityHeaders.Policy.Replace("form-action 'self'", $"form-action 'self' {SourceOf(redirect)}", StringComparison.Ordinal);

    internal static string SourceOf(string redirect) => new Uri(redirect) is var uri && uri.Scheme is "https" or "http" ? uri.GetLeftPart(UriPartial.Authority) : $"{new Uri(redirect).Scheme}:";

    private static string Where(string redirect) => new Uri(redirect) is { Host.Length: > 0 } uri ? uri.Authority : new Uri(redirect).Scheme;

    internal static IReadOnlyList<KeyValuePair<string, string>> Parameters(OpenIddictRequest request) =>
        [.. request.GetParameters().Where(parameter => !parameter.Key.StartsWith('_')).Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value ?? ""))];
}
