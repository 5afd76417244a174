using Evergreen.Web.Layout;
using Microsoft.AspNetCore.DataProtection;

namespace Evergreen.Web.Access;

/// <summary>What must be remembered from one page to the next before anyone is signed in: sealed, for this browser, for ten minutes.</summary>
public sealed class PassingCookie(IDataProtectionProvider protection, SiteMode mode, IHttpContextAccessor accessor)
{
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(10);

    public void Keep(string what, string value) => Context.Response.Cookies.Append(Name(what), Protector(what).Protect(value, Valid), Options(Valid));

    /// <returns>Null where there is none, or it is too old or not ours.</returns>
    public string? Read(string what)
    {
        if (Context.Request.Cookies[Name(what)] is not { Length: > 0 } kept) return null;
        try
        {
            return Protector(what).Unprotect(kept);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    public void Drop(string what) => Context.Response.Cookies.Delete(Name(what), Options(null));

    private HttpContext Context => accessor.HttpContext!;

    private ITimeLimitedDataProtector Protector(string what) => protection.CreateProtector("evergreen.passing", what).ToTimeLimitedDataProtector();

    private string Name(string what) => (mode.PlainHttp ? "evergreen-" : "__Host-evergreen-") + what;

    private CookieOptions Options(TimeSpan? age) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true, Secure = !mode.PlainHttp || Context.Request.IsHttps, MaxAge = age };
}
