namespace Evergreen.Application.Access.Apps;

/// <summary>What a key of the provider is for.</summary>
/// <remarks>Stored by name.</remarks>
public enum ConnectKeyUse
{
    /// <summary>RSA of 2048 bits: signs tokens (RS256, which OpenID Connect asks every provider to have). Its public half is published.</summary>
    Signing,

    /// <summary>256 bits: hides what a code or a refresh token says from the app that carries it.</summary>
    Encryption,
}

/// <summary>A key of the OpenID provider, sealed under the key file. One of each use is current; the others verify until their end.</summary>
public sealed class ConnectKey
{
    public int Id { get; init; }

    /// <summary>Names it in the header of each token, and the row where it is sealed; unique.</summary>
    public required string KeyId { get; init; }
    public required ConnectKeyUse Use { get; init; }
    public required DateTime MadeAt { get; init; }

    /// <summary>Until when what it signed is accepted; null while it is the current one.</summary>
    public DateTime? EndsAt { get; set; }
    public required string Sealed { get; init; }
}
