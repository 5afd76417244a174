using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Evergreen.Web.Layout;

/// <summary>The proxies that stand before the site. What they say of a request is believed, its network address and whether it came by https; what anyone else says is not.</summary>
public sealed record ProxySettings(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<System.Net.IPNetwork> Networks)
{
    /// <summary>Configuration key: addresses such as <c>10.0.0.2</c> and networks such as <c>172.16.0.0/12</c>, apart by commas or spaces.</summary>
    public const string Key = "EVERGREEN_PROXIES";

    /// <returns>Null where none is set: the site is then reached without one.</returns>
    /// <exception cref="FormatException">One of them is neither an address nor a network.</exception>
    public static ProxySettings? Read(IConfiguration settings)
    {
        var (addresses, networks) = (new List<IPAddress>(), new List<System.Net.IPNetwork>());
        foreach (var word in (settings[Key] ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Contains('/', StringComparison.Ordinal) && System.Net.IPNetwork.TryParse(word, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(word, out var address)) addresses.Add(address);
            else throw new FormatException($"The setting {Key} must name network addresses, or networks such as 10.0.0.0/8.");
        }
        return addresses.Count + networks.Count == 0 ? null : new(addresses, networks);
    }

    /// <summary>Believes each proxy in turn, from the nearest on, up to the first that is none of these. The host name is never taken from these headers: a proxy hands it on as it is.</summary>
    public ForwardedHeadersOptions Options()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in Addresses) options.KnownProxies.Add(address);
        foreach (var network in Networks) options.KnownIPNetworks.Add(network);
        return options;
    }
}
