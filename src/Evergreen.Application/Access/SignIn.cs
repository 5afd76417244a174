using Microsoft.AspNetCore.Identity;

namespace Evergreen.Application.Access;

/// <summary>Someone who may enter: the account, not the person's membership. The user name is the mail address.</summary>
public sealed class SignIn : IdentityUser<int>
{
    public required string DisplayName { get; set; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? LastSignInAt { get; set; }

    /// <summary>From when on access was ended; null while it stands.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>Made for a demo: known only while the site is one.</summary>
    public bool Demo { get; init; }

    /// <summary>The authenticator's secret, sealed; not yet asked for while <see cref="AuthenticatorSince"/> is null.</summary>
    public string? AuthenticatorSealed { get; set; }

    /// <summary>When the first code of the authenticator was shown to be right.</summary>
    public DateTime? AuthenticatorSince { get; set; }

    /// <summary>The half minute, since 1970, of the last code that was taken: none of it or before is taken again.</summary>
    public long AuthenticatorStep { get; set; }

    /// <summary>How light its pages are, on every device; null while its owner chose nothing.</summary>
    public Theme? Theme { get; set; }

    /// <summary>The form in which mail addresses are compared.</summary>
    public static string Normal(string mail) => mail.Trim().Normalize().ToUpperInvariant();

    /// <summary>Whether it may enter a site of this mode.</summary>
    public bool IsAdmitted(AccessMode mode) => DisabledAt is null && (mode.Demo || !Demo);
}
