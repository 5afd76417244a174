using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Layout;

/// <summary>Light, dark, or as the system has it; kept in a cookie, so that the server can draw it right from the start.</summary>
[AllowAnonymous]
public sealed class ThemeController : Controller
{
    [HttpPost("/theme")]
    public IActionResult Choose(string? theme, string? returnUrl)
    {
        if (theme is "light" or "dark") Response.Cookies.Append("theme", theme, new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Secure = Request.IsHttps });
        else Response.Cookies.Delete("theme");
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }
}
