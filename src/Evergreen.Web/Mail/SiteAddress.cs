using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Evergreen.Web.Mail;

/// <summary>The site's address for links that must not be led astray: as it is set, or where it listens. Never from a request, whose host name anyone can make up.</summary>
public sealed class SiteAddress(MailSettings mail, IServer server)
{
    public string Now => mail.Site ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? "http://localhost:5000";
}
