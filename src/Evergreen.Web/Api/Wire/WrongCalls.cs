using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Evergreen.Web.Api.Wire;

/// <summary>How many calls without a good token, or with a wrong secret, are answered to one address in a minute. Calls with a good token are not held back by it, from wherever they come: one broken till stops no other.</summary>
public sealed class WrongCalls : IDisposable
{
    /// <summary>Configuration key; 0 sets no limit.</summary>
    public const string Setting = "EVERGREEN_API_WRONG_CALLS_PER_MINUTE";

    public const int Usual = 60;

    private readonly PartitionedRateLimiter<string>? limiter;

    public WrongCalls(IConfiguration configuration)
    {
        var most = configuration.GetValue<int?>(Setting) ?? Usual;
        if (most > 0) limiter = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) }));
    }

    /// <summary>Counts a wrong call.</summary>
    /// <param name="where">At which door.</param>
    /// <returns>Seconds to wait where there were too many; null where there were not.</returns>
    public int? Count(HttpContext context, string where) => Take(context, where, 1);

    /// <summary>Whether there were too many already, without counting another.</summary>
    public int? Wait(HttpContext context, string where) => Take(context, where, 0);

    private int? Take(HttpContext context, string where, int calls)
    {
        if (limiter is null) return null;
        using var lease = limiter.AttemptAcquire($"{where} {Neighbourhood(context.Connection.RemoteIpAddress)}", calls);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Clamp((int)Math.Ceiling(after.TotalSeconds), 1, 60) : 60;
    }

    /// <summary>The address; of the sixth version the network, of whose addresses one household has as many as it likes.</summary>
    private static string Neighbourhood(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        _ => address.ToString(),
    };

    /// <summary>What is said to whoever must wait.</summary>
    public static string Sentence(int seconds) => string.Create(CultureInfo.InvariantCulture, $"Too many calls from this address came without a good token. Wait {seconds} seconds.");

    public void Dispose() => limiter?.Dispose();
}
