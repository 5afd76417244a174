namespace Evergreen.Application.Access.Apps;

/// <summary>How long what the provider issues is good for.</summary>
public static class TokenLives
{
    /// <summary>From leave to its exchange for tokens.</summary>
    public static readonly TimeSpan Code = TimeSpan.FromMinutes(2);

    /// <summary>Short, because it is verified without asking anybody.</summary>
    public static readonly TimeSpan Access = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan Identity = TimeSpan.FromMinutes(15);

    /// <summary>From the first to the last refresh: using it gives no more time.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromDays(30);
}
