using System.Text.Json;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Allowed = OpenIddict.Abstractions.OpenIddictConstants.Permissions;

namespace Evergreen.Application.Access.Apps;

/// <summary>Registers a program or app at a co-op. Its secret is told once and kept only as a digest: at 256 bits of chance nobody can try it out.</summary>
public sealed class RegisterApp(Books books)
{
    public const int LongestName = 100, MostRedirects = 10;

    /// <param name="Redirects">For an app of members: the addresses to which it may have people sent back, each exactly as it will ask for it.</param>
    /// <param name="LogoutRedirects">Where people may be sent after signing out at the app's wish.</param>
    /// <param name="KeepsSecret">Whether it runs on a server of its own, where a secret can be kept. A program always does.</param>
    public sealed record Request(int CoOpId, string Name, AppKind Kind, IReadOnlyList<string> Scopes, string By, string From, IReadOnlyList<string>? Redirects = null, IReadOnlyList<string>? LogoutRedirects = null, bool KeepsSecret = true);

    /// <param name="Secret">Shown this once; null where it keeps none.</param>
    public sealed record Result(int AppId, string ClientId, string? Secret);

    public Outcome<Result> Run(Request request)
    {
        var name = OneLine.Of(request.Name.Trim());
        if (name.Length is 0 or > LongestName) return Refusals.AppNameMissing();
        if (request.Scopes.FirstOrDefault(scope => AppScopes.Find(scope) is not { IsOffered: true } known || known.Kind != request.Kind) is { } unknown) return Refusals.AppScopeUnknown(unknown);
        var scopes = AppScopes.InOrder(request.Kind == AppKind.ForMembers ? [AppScopes.OpenId, .. request.Scopes] : request.Scopes);
        if (scopes.Count == 0) return Refusals.AppScopeMissing();
        var (redirects, logouts) = request.Kind == AppKind.Program ? ([], []) : (Addresses(request.Redirects), Addresses(request.LogoutRedirects));
        if (request.Kind == AppKind.ForMembers && redirects.Count == 0) return Refusals.AppRedirectMissing();
        if (redirects.Concat(logouts).FirstOrDefault(address => !IsGood(address)) is { } bad) return Refusals.AppRedirectForm(bad);
        if (redirects.Count > MostRedirects || logouts.Count > MostRedirects) return Refusals.AppRedirectForm(redirects.Concat(logouts).Last());
        return books.Write<Result>(dryRun: false, db =>
        {
            if (db.Apps.Any(app => app.CoOpId == request.CoOpId && app.WithdrawnAt == null && app.DisplayName == name)) return Refusals.AppNameTaken(name);
            var secret = request.Kind == AppKind.Program || request.KeepsSecret ? SecretCode.Carried() : null;
            var app = new App
            {
                CoOpId = request.CoOpId, Kind = request.Kind, Scopes = string.Join(' ', scopes), RegisteredAt = books.Now, RegisteredBy = request.By, SecretMadeAt = secret is null ? null : books.Now,
                ClientId = $"{(request.Kind == AppKind.Program ? "program" : "app")}-{SecretCode.Carried()[..22]}", ClientSecret = secret is null ? null : SecretCode.Digest(secret),
                ClientType = secret is null ? ClientTypes.Public : ClientTypes.Confidential, ApplicationType = ApplicationTypes.Web, ConsentType = ConsentTypes.Explicit, DisplayName = name,
                Permissions = JsonSerializer.Serialize(PermissionsOf(request.Kind, scopes)), RedirectUris = Json(redirects), PostLogoutRedirectUris = Json(logouts),
                Requirements = request.Kind == AppKind.ForMembers ? JsonSerializer.Serialize<string[]>([Requirements.Features.ProofKeyForCodeExchange]) : null,
            };
            db.Apps.Add(app);
            db.SaveChanges();
            Entry.Record(db, books.Now, request.By, "access.app-register", Subject(app), request.From, $"{app.Kind}: {app.Scopes}", request.CoOpId);
            return new Result(app.Id, app.ClientId!, secret);
        });
    }

    internal static string Subject(App app) => $"app {app.Id}";

    private static string? Json(List<string> addresses) => addresses.Count == 0 ? null : JsonSerializer.Serialize(addresses);

    private static List<string> PermissionsOf(AppKind kind, IEnumerable<string> scopes) =>
    [
        Allowed.Endpoints.Token,
        Allowed.Endpoints.Revocation,
        Allowed.Endpoints.Introspection,
        .. kind == AppKind.Program
            ? [Allowed.GrantTypes.ClientCredentials]
            : (string[])[
                Allowed.Endpoints.Authorization, Allowed.Endpoints.EndSession,
                Allowed.GrantTypes.AuthorizationCode, Allowed.GrantTypes.RefreshToken,
                Allowed.ResponseTypes.Code],
        .. scopes.Select(scope => Allowed.Prefixes.Scope + scope),
    ];

    private static List<string> Addresses(IReadOnlyList<string>? given) => [.. (given ?? []).Select(address => address.Trim()).Where(address => address.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <remarks>RFC 8252 lets native apps use a scheme of their own (a domain they own, reversed) or the loopback address.</remarks>
    private static bool IsGood(string address) =>
        address.Length <= 400 && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) && !address.Contains('#', StringComparison.Ordinal) && !address.Contains('*', StringComparison.Ordinal)
        && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback) || uri.Scheme.Contains('.', StringComparison.Ordinal));
}
