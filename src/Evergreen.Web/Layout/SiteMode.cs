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

    /// <returns><c>light</c>, <c>dark</c>, or <c>auto</c> for as the system has it.</returns>
    public string ThemeOf(HttpRequest request) => request.Cookies[ThemeCookie] is "light" or "dark" ? request.Cookies[ThemeCookie]! : "auto";
}
