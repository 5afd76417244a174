namespace Evergreen.Client;

/// <summary>Who asks, and how patiently.</summary>
/// <param name="ClientId">As it was shown when the program was registered.</param>
/// <param name="Secret">Shown once then; keep it out of files that others read.</param>
/// <param name="Scopes">Null asks for all that the program was registered for.</param>
public sealed record EvergreenOptions(string ClientId, string Secret, string? Scopes = null)
{
    /// <summary>Tries of one call, the first included. What is tried again bears the same key.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>The wait before the second try; it doubles from try to try.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two tries, also where the site asks for a longer one.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
