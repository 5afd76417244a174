using System.Globalization;
using Evergreen.Application.Webhooks;

namespace Evergreen.Web.Webhooks;

/// <summary>Where webhooks may lead, as whoever runs the server says.</summary>
public static class WebhookSettings
{
    /// <summary>The ports that may be sent to, with commas between; 443 without it.</summary>
    public const string PortsKey = "EVERGREEN_WEBHOOK_PORTS";

    /// <summary>Hosts inside that are allowed all the same, <c>host:port</c> with commas between.</summary>
    public const string InsideKey = "EVERGREEN_WEBHOOK_INSIDE";

    /// <exception cref="FormatException">A port is not one.</exception>
    public static OutsideAddress Read(IConfiguration settings)
    {
        var ports = Parts(settings[PortsKey]).Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536
            ? port : throw new FormatException($"The setting {PortsKey} must be numbers from 1 to 65535 with commas between.")).ToHashSet();
        return new OutsideAddress(ports.Count > 0 ? ports : OutsideAddress.Usual.Ports, Parts(settings[InsideKey]).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    private static string[] Parts(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
