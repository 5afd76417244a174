using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Layout;

/// <summary>Light, dark, or as the system has it; kept in a cookie, so that the server can draw it right from the start.</summary>
[AllowAnonymous]
public sealed class ThemeController(SiteMode mode) : Controller
{
    [HttpPost("/theme")]
    public IActionResult Choose(string? theme, string? returnUrl)
    {
        if (theme is "light" or "dark") Response.Cookies.Append(mode.ThemeCookie, theme, mode.Chosen(Request, TimeSpan.FromDays(365)));
        else Response.Cookies.Delete(mode.ThemeCookie, mode.Chosen(Request, null));
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }
}
