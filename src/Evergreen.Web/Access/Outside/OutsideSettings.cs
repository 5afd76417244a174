namespace Evergreen.Web.Access.Outside;

/// <summary>Another OpenID provider at which people may sign in: another Evergreen, Duende IdentityServer, Entra, Keycloak, or any that keeps to the standard.</summary>
/// <param name="Name">What stands on the button.</param>
/// <param name="SecondFactor">Values of <c>amr</c>, <c>acr</c> or Entra's <c>acrs</c> that count as a second factor; none where the authority is not relied on for it.</param>
/// <param name="TrustMail">Take every mail address as checked, for an authority of the house that sends no <c>email_verified</c>.</param>
/// <param name="Only">It stands in the place of passwords, passkeys and mailed links, and not beside them.</param>
public sealed record OutsideSettings(Uri Authority, string ClientId, string? ClientSecret, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> SecondFactor, bool TrustMail, bool Only)
{
    public const string AuthorityKey = "EVERGREEN_OIDC_AUTHORITY";
    public const string ClientIdKey = "EVERGREEN_OIDC_CLIENT_ID";
    public const string ClientSecretKey = "EVERGREEN_OIDC_CLIENT_SECRET";
    public const string NameKey = "EVERGREEN_OIDC_NAME";
    public const string ScopesKey = "EVERGREEN_OIDC_SCOPES";
    public const string SecondFactorKey = "EVERGREEN_OIDC_SECOND_FACTOR";
    public const string TrustMailKey = "EVERGREEN_OIDC_TRUST_MAIL";
    public const string OnlyKey = "EVERGREEN_OIDC_ONLY";

    /// <returns>The authority at which everybody signs in; null where there is none, or where it stands beside the password.</returns>
    public static OutsideSettings? AloneAt(HttpContext context) => context.RequestServices.GetService<OutsideSettings>() is { Only: true } alone ? alone : null;

    /// <returns>Null where none is configured.</returns>
    /// <exception cref="FormatException">A setting cannot be read; the message names it and not its value.</exception>
    public static OutsideSettings? Read(IConfiguration settings)
    {
        var only = settings[OnlyKey] is { Length: > 0 } said && (bool.TryParse(said, out var yes) ? yes : throw new FormatException($"The setting {OnlyKey} must be true or false."));
        if (settings[AuthorityKey] is not { Length: > 0 } address) return only ? throw new FormatException($"The setting {OnlyKey} needs {AuthorityKey}: without an authority nobody could sign in.") : null;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !(authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
            throw new FormatException($"The setting {AuthorityKey} must be an https address.");
        if (settings[ClientIdKey] is not { Length: > 0 } id) throw new FormatException($"The setting {ClientIdKey} is missing.");
        var factors = Words(settings[SecondFactorKey] ?? "");
        if (only && factors.Length == 0) throw new FormatException($"The setting {OnlyKey} needs {SecondFactorKey}: where nobody shows a second factor here, whatever moves money would be open to nobody.");
        return new(authority, id, settings[ClientSecretKey] is { Length: > 0 } secret ? secret : null, settings[NameKey] is { Length: > 0 } name ? name : authority.Host, Words(settings[ScopesKey] ?? "openid profile email"),
            factors, settings.GetValue<bool>(TrustMailKey), only);
    }

    private static string[] Words(string text) => text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
