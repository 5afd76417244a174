using OpenIddict.EntityFrameworkCore.Models;

namespace Evergreen.Application.Access.Apps;

/// <summary>For whom an app acts.</summary>
/// <remarks>Stored by name.</remarks>
public enum AppKind
{
    /// <summary>A program of the co-op itself, such as a till or payroll: it acts for the co-op, with a secret.</summary>
    Program,

    /// <summary>An app that a member may let in: it acts for that member, as far as the member allowed.</summary>
    ForMembers,
}

/// <summary>A program or app registered at one co-op. What OpenIddict needs stands in its own columns; these are ours.</summary>
public sealed class App : OpenIddictEntityFrameworkCoreApplication<int, AppConsent, AppToken>
{
    public required int CoOpId { get; init; }
    public required AppKind Kind { get; init; }

    /// <summary>The scopes it may be given, apart by spaces, as they were when it was registered.</summary>
    public required string Scopes { get; init; }
    public required DateTime RegisteredAt { get; init; }
    public required string RegisteredBy { get; init; }

    /// <summary>When its secret was made; null where it has none.</summary>
    public DateTime? SecretMadeAt { get; set; }
    public DateTime? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }
}

/// <summary>A person's leave for an app to act for them, with the scopes that they saw.</summary>
public sealed class AppConsent : OpenIddictEntityFrameworkCoreAuthorization<int, App, AppToken>;

/// <summary>What was issued under a consent or to a program: its kind, its life and whether it was used; never the token itself.</summary>
public sealed class AppToken : OpenIddictEntityFrameworkCoreToken<int, App, AppConsent>;

/// <summary>A scope that is described in the database. Ours stand in <see cref="AppScopes"/>, so that the table stays empty; OpenIddict's store wants it there.</summary>
public sealed class AppScope : OpenIddictEntityFrameworkCoreScope<int>;
