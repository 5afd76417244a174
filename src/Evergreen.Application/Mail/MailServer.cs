namespace Evergreen.Application.Mail;

/// <summary>The mail server as it was set in the office, for all co-ops of the site. One row at most; where the program is started with a server, that one is used.</summary>
public sealed class MailServer
{
    public int Id { get; init; }
    public required string Host { get; set; }
    public required int Port { get; set; }
    public required SmtpSecurity Security { get; set; }

    /// <summary>Null where the server asks for none.</summary>
    public string? User { get; set; }

    /// <summary>The password, sealed.</summary>
    public string? PasswordSealed { get; set; }

    /// <summary>From whom mails come: an address, with or without a name before it.</summary>
    public required string Sender { get; set; }
}
