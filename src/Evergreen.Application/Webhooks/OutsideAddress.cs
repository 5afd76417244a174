using System.Net;
using System.Net.Sockets;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Webhooks;

/// <summary>Where the house may send to of its own accord: only outside. An address that someone typed must not lead to what stands behind our own door.</summary>
/// <param name="Ports">The ports that may be named.</param>
/// <param name="Named">Hosts with their port, such as <c>books.internal:8443</c>, that whoever runs the server allows although they are inside; these may also be spoken to without encryption.</param>
public sealed record OutsideAddress(IReadOnlySet<int> Ports, IReadOnlySet<string> Named)
{
    /// <summary>In characters.</summary>
    public const int LongestUrl = 500;

    /// <summary>Encrypted, on the usual port, and nothing inside.</summary>
    public static readonly OutsideAddress Usual = new(new HashSet<int> { 443 }, new HashSet<string>());

    // Reserved for private networks, this machine, tests, documentation and translation between the two kinds of addresses (IANA special-purpose registries; RFC 6890).
    private static readonly IPNetwork[] Inside =
    [
        .. ((string[])["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse),
    ];

    /// <summary>The addresses of the whole world in the newer kind; everything else of it is inside.</summary>
    private static readonly IPNetwork World = IPNetwork.Parse("2000::/3");

    /// <summary>Whether the URL may be sent to, as far as it can be told before its name is looked up.</summary>
    public Outcome<Uri> Read(string? url)
    {
        if (url is not { Length: > 0 and <= LongestUrl } || url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return Refusals.UrlUnreadable(LongestUrl);
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0) return Refusals.UrlWithExtras();
        if (IsNamed(uri)) return uri.Scheme is "https" or "http" ? uri : Refusals.UrlNotEncrypted();
        if (uri.Scheme != "https") return Refusals.UrlNotEncrypted();
        if (!Ports.Contains(uri.Port)) return Refusals.UrlPort(uri.Port, Ports);
        if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IsInside(address)) return Refusals.UrlInside();
        return uri;
    }

    /// <summary>Opens the connection to an address that was just checked: a name that is looked up twice may lead elsewhere the second time.</summary>
    /// <param name="lookUp">The addresses of a name.</param>
    /// <exception cref="InsideAddress">Any of them lies inside: a name with one good and one bad address is refused as a whole.</exception>
    public async ValueTask<Stream> Connect(Uri uri, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, CancellationToken stop)
    {
        var addresses = IPAddress.TryParse(uri.Host.Trim('[', ']'), out var literal) ? [literal] : await lookUp(uri.IdnHost, stop);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        if (!IsNamed(uri) && addresses.Any(IsInside)) throw new InsideAddress();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, uri.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether the address is not one of the world outside. An older address inside a newer one counts as what it is.</summary>
    public static bool IsInside(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork) return Inside.Any(network => network.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0) return true;
        if (address.IsIPv4MappedToIPv6) return IsInside(address.MapToIPv4());
        return !World.Contains(address) || Inside.Any(network => network.Contains(address));
    }

    private bool IsNamed(Uri uri) => Named.Contains(FormattableString.Invariant($"{uri.Host}:{uri.Port}"));
}

/// <summary>A name led to an address inside.</summary>
public sealed class InsideAddress() : IOException("The name leads to an address inside the network, which is not sent to.");
