using System.Globalization;
using Evergreen.Application.Mail;
using MimeKit;

namespace Evergreen.Web.Mail;

/// <summary>Where mail goes and whose it is: as the program was started, or else as an administrator set it in the office. Without either it goes into a folder as <c>.eml</c> files.</summary>
public sealed class MailSettings
{
    public const string ServerKey = "EVERGREEN_MAIL_SERVER";
    public const string PortKey = "EVERGREEN_MAIL_PORT";
    public const string SecurityKey = "EVERGREEN_MAIL_SECURITY";
    public const string UserKey = "EVERGREEN_MAIL_USER";
    public const string PasswordKey = "EVERGREEN_MAIL_PASSWORD";
    public const string FromKey = "EVERGREEN_MAIL_FROM";
    public const string FolderKey = "EVERGREEN_MAIL_FOLDER";
    public const string SiteKey = "EVERGREEN_SITE";

    private readonly MailRoute started;
    private readonly Func<MailRoute?> kept;

    private MailSettings(MailRoute started, bool isGiven, string? site, Func<MailRoute?> kept) => (this.started, IsGiven, Site, this.kept) = (started, isGiven, site, kept);

    /// <summary>Whether the way out was named when the program was started; nothing in the office changes it then.</summary>
    public bool IsGiven { get; }

    /// <summary>The site's address as members reach it, for links; null where it is not set.</summary>
    public string? Site { get; }

    /// <summary>The way out. Looked up each time, so that a change in the office counts at once.</summary>
    public MailRoute Route => IsGiven ? started : kept() ?? started;

    /// <param name="kept">The way to the server that was set in the office; null where none was.</param>
    /// <exception cref="FormatException">A setting cannot be read; the message names it and not its value.</exception>
    public static MailSettings Read(IConfiguration settings, Func<MailRoute?> kept)
    {
        var from = settings[FromKey] is { Length: > 0 } text ? MailboxAddress.TryParse(text, out var box) ? box : throw Unreadable(FromKey, "a mail address") : new MailboxAddress("Evergreen", "evergreen@localhost");
        var site = settings[SiteKey] is { Length: > 0 } address ? address.TrimEnd('/') : null;
        if (settings[ServerKey] is not { Length: > 0 } server)
        {
            var folder = settings[FolderKey] is { Length: > 0 } named ? named : null;
            return new(new FolderRoute(from, Path.GetFullPath(folder ?? "evergreen-mail")), folder is not null, site, kept);
        }
        var security = settings[SecurityKey]?.ToLowerInvariant() switch { null or "" or "starttls" => SmtpSecurity.StartTls, "tls" => SmtpSecurity.Tls, "none" => SmtpSecurity.None, _ => throw Unreadable(SecurityKey, "tls, starttls or none") };
        var port = settings[PortKey] is { Length: > 0 } number
            ? int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is > 0 and < 65_536 ? given : throw Unreadable(PortKey, "a number from 1 to 65535")
            : SmtpRoute.UsualPort(security);
        return new(new SmtpRoute(from, server, port, security, settings[UserKey] is { Length: > 0 } user ? user : null, settings[PasswordKey], TimeSpan.FromSeconds(60)), isGiven: true, site, kept);
    }

    private static FormatException Unreadable(string key, string what) => new($"The setting {key} must be {what}.");
}
