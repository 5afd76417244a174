namespace Evergreen.Application.Access;

/// <summary>A code of the list to keep in a drawer: good once, instead of the authenticator.</summary>
public sealed class RecoveryCode
{
    public int Id { get; init; }
    public required int UserId { get; init; }

    /// <summary>Keyed with a key outside the database, which a thief of the database therefore cannot try out.</summary>
    public required string Digest { get; init; }
    public required DateTime MadeAt { get; init; }
    public DateTime? UsedAt { get; set; }
}

/// <summary>A try to enter. Tries that failed slow the next one down; none shuts anyone out for good.</summary>
public sealed class SignInAttempt
{
    public long Id { get; init; }

    /// <summary>The digest of what was typed as the account: people type passwords there.</summary>
    public required string NameDigest { get; init; }
    public required string From { get; init; }
    public required DateTime At { get; init; }
    public bool Succeeded { get; set; }
}

/// <summary>The one-time code by which the first administrator sets the house up. One row at most.</summary>
public sealed class SetUpCode
{
    public int Id { get; init; }
    public required string CodeDigest { get; set; }
    public required DateTime MadeAt { get; set; }
}

/// <summary>A key of the site's cookies and forms, sealed.</summary>
public sealed class SiteKey
{
    public int Id { get; init; }

    /// <summary>Names the row where it is sealed; unique.</summary>
    public required string Name { get; init; }
    public required string Sealed { get; init; }
}
