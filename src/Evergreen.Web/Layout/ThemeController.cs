using Evergreen.Application.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Layout;

/// <summary>Light, dark, or as the system has it; kept with the account and in a cookie, so that the server can draw it right from the start, before signing in too.</summary>
[AllowAnonymous]
public sealed class ThemeController(SiteMode mode, Desk desk) : Controller
{
    [HttpPost("/theme")]
    public IActionResult Choose(string? theme, string? returnUrl)
    {
        if (theme is "light" or "dark") Response.Cookies.Append(mode.ThemeCookie, theme, mode.Chosen(Request, TimeSpan.FromDays(365)));
        else Response.Cookies.Delete(mode.ThemeCookie, mode.Chosen(Request, null));
        if (desk.UserId is { } user) new ChooseTheme(desk.Books).Run(new(user, theme switch { "light" => Theme.Light, "dark" => Theme.Dark, _ => Theme.Auto }));
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }
}
