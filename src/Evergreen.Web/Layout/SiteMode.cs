using System.Security.Claims;
using Evergreen.Application.Access;

namespace Evergreen.Web.Layout;

/// <summary>How the site was started.</summary>
/// <param name="PlainHttp">It is served on this machine alone, without encryption and with no proxy before it.</param>
public sealed record SiteMode(AccessMode Access, bool PlainHttp)
{
    /// <summary>It shows the sample co-ops; a banner says so on every page, and demo accounts exist.</summary>
    public bool Demo => Access.Demo;

    /// <summary>Name of the cookie that holds how light the pages are: bound to this host wherever it goes encrypted.</summary>
    public string ThemeCookie => PlainHttp ? "theme" : "__Host-theme";

    /// <summary>Name of the cookie that says whether keys do something by themselves; bound likewise.</summary>
    public string KeysCookie => PlainHttp ? "keys" : "__Host-keys";

    public bool KeysOff(HttpRequest request) => request.Cookies[KeysCookie] == "off";

    /// <summary>Name of the cookie that says what stands between the fields of CSV files; bound likewise.</summary>
    public string SeparatorCookie => PlainHttp ? "separator" : "__Host-separator";

    /// <summary>Whether CSV files are handed out with semicolons: as the address says (<c>?separator=semicolon</c>), or else as was chosen for this browser.</summary>
    public bool Semicolons(HttpRequest request) => request.Query["separator"].ToString() switch { "semicolon" => true, "comma" => false, _ => request.Cookies[SeparatorCookie] == "semicolon" };

    /// <summary>Of a cookie that holds what somebody has chosen for this browser.</summary>
    /// <param name="age">Null where the cookie is taken back.</param>
    public CookieOptions Chosen(HttpRequest request, TimeSpan? age) => new() { MaxAge = age, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true, Secure = !PlainHttp || request.IsHttps };

    /// <summary>Claim that says how light the account has its pages; not there while its owner chose nothing.</summary>
    public const string ThemeClaim = "theme";

    /// <summary>As the account has it, whichever device it is; as this browser has it for a stranger, and for whoever chose nothing yet.</summary>
    /// <returns><c>light</c>, <c>dark</c>, or <c>auto</c> for as the system has it.</returns>
    public string ThemeOf(HttpRequest request) => (request.HttpContext.User.FindFirstValue(ThemeClaim) ?? request.Cookies[ThemeCookie]) is ("light" or "dark") and var theme ? theme : "auto";
}
