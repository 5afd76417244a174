using System.Globalization;
using Evergreen.Application.Mail;
using MimeKit;

namespace Evergreen.Web.Mail;

/// <summary>Where mail goes and whose it is. Without a server it goes into a folder as <c>.eml</c> files.</summary>
/// <param name="Route">The way out.</param>
/// <param name="Site">The site's address as members reach it, for links; null where it is not set.</param>
public sealed record MailSettings(MailRoute Route, string? Site)
{
    public const string ServerKey = "EVERGREEN_MAIL_SERVER";
    public const string PortKey = "EVERGREEN_MAIL_PORT";
    public const string SecurityKey = "EVERGREEN_MAIL_SECURITY";
    public const string UserKey = "EVERGREEN_MAIL_USER";
    public const string PasswordKey = "EVERGREEN_MAIL_PASSWORD";
    public const string FromKey = "EVERGREEN_MAIL_FROM";
    public const string FolderKey = "EVERGREEN_MAIL_FOLDER";
    public const string SiteKey = "EVERGREEN_SITE";

    /// <exception cref="FormatException">A setting cannot be read; the message names it and not its value.</exception>
    public static MailSettings Read(IConfiguration settings)
    {
        var from = settings[FromKey] is { Length: > 0 } text ? MailboxAddress.TryParse(text, out var box) ? box : throw Unreadable(FromKey, "a mail address") : new MailboxAddress("Evergreen", "evergreen@localhost");
        var site = settings[SiteKey] is { Length: > 0 } address ? address.TrimEnd('/') : null;
        if (settings[ServerKey] is not { Length: > 0 } server) return new(new FolderRoute(from, Path.GetFullPath(settings[FolderKey] is { Length: > 0 } folder ? folder : "evergreen-mail")), site);
        var security = settings[SecurityKey]?.ToLowerInvariant() switch { null or "" or "starttls" => SmtpSecurity.StartTls, "tls" => SmtpSecurity.Tls, "none" => SmtpSecurity.None, _ => throw Unreadable(SecurityKey, "tls, starttls or none") };
        var port = settings[PortKey] is { Length: > 0 } number
            ? int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is > 0 and < 65_536 ? given : throw Unreadable(PortKey, "a number from 1 to 65535")
            : security == SmtpSecurity.Tls ? 465 : security == SmtpSecurity.None ? 25 : 587;
        return new(new SmtpRoute(from, server, port, security, settings[UserKey] is { Length: > 0 } user ? user : null, settings[PasswordKey], TimeSpan.FromSeconds(60)), site);
    }

    private static FormatException Unreadable(string key, string what) => new($"The setting {key} must be {what}.");
}
