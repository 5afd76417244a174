namespace Evergreen.Application.Access;

/// <summary>How someone showed who they are; kept as the claim <c>amr</c>.</summary>
public enum Proof
{
    Password,

    /// <summary>A password and a code from an authenticator or the list of recovery codes.</summary>
    SecondFactor,

    /// <summary>Another authority vouched for them, without a second factor that counts here.</summary>
    Outside,

    /// <summary>A link that came by mail: as good as a password, and no more.</summary>
    MailLink,

    /// <summary>A passkey that checked its owner: counts as two factors.</summary>
    Passkey,
}

/// <summary>A stay in the office, from sign-in to its end. The cookie names it; this row decides.</summary>
public sealed class SignInSession
{
    /// <summary>A stay ends after half an hour of doing nothing.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>A stay ends after half a day in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public int Id { get; init; }

    /// <summary>The digest of the key in the cookie; the key itself is not kept.</summary>
    public required string KeyDigest { get; init; }
    public required int UserId { get; init; }
    public required Proof Proof { get; init; }
    public required DateTime StartedAt { get; init; }
    public required DateTime LastSeenAt { get; set; }
    public DateTime? EndedAt { get; set; }

    /// <summary>The network address it was entered from.</summary>
    public required string From { get; init; }

    /// <summary>What the browser says it is.</summary>
    public required string Device { get; init; }

    /// <summary>Whether it still stands: not ended, not idle for too long, not too old.</summary>
    public bool StandsAt(DateTime now) => EndedAt is null && now - LastSeenAt < Idle && now - StartedAt < Longest;

    public static string ClaimOf(Proof proof) => proof switch { Proof.Passkey => "passkey", Proof.SecondFactor => "mfa", Proof.Outside => "outside", Proof.MailLink => "link", _ => "pwd" };
}
