using System.Globalization;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Evergreen.Application.Mail;

/// <summary>How handing a mail over went.</summary>
public enum Handover
{
    Taken,

    /// <summary>Certainly not taken; may be tried again later.</summary>
    NotYet,

    /// <summary>Certainly not taken, and never will be.</summary>
    Never,

    /// <summary>The line broke while it was taken: nobody knows.</summary>
    Unknown,
}

/// <param name="Problem">Why it was not taken, as a sentence; null where it was.</param>
public sealed record HandoverResult(Handover Handover, string? Problem = null);

/// <summary>The way out of the house for mail.</summary>
public abstract record MailRoute(MailboxAddress From)
{
    public abstract HandoverResult Carry(MimeMessage message);
}

/// <summary>Into a folder, one <c>.eml</c> file a mail: for development, demonstration and tests.</summary>
public sealed record FolderRoute(MailboxAddress From, string Folder) : MailRoute(From)
{
    public override HandoverResult Carry(MimeMessage message)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, message.MessageId!.Split('@')[0] + ".eml");
        // A mail that was handed over before is not handed over twice: the name is its own.
        if (File.Exists(path)) return new(Handover.Taken);
        var part = $"{path}.{Guid.NewGuid():N}.part";
        message.WriteTo(part);
        File.Move(part, path, overwrite: true);
        return new(Handover.Taken);
    }
}

/// <summary>How the line to the mail server is kept private.</summary>
public enum SmtpSecurity
{
    /// <summary>Encrypted from the first byte, as on port 465.</summary>
    Tls = 1,

    /// <summary>Encrypted before anything is said, as on port 587; refused where the server cannot.</summary>
    StartTls = 2,

    /// <summary>Not encrypted: for a server on this machine only.</summary>
    None = 3,
}

/// <summary>To a mail server.</summary>
/// <param name="User">Null where the server asks for none.</param>
public sealed record SmtpRoute(MailboxAddress From, string Host, int Port, SmtpSecurity Security, string? User, string? Password, TimeSpan Patience) : MailRoute(From)
{
    public override HandoverResult Carry(MimeMessage message)
    {
        using var client = new SmtpClient { Timeout = (int)(Patience.Ticks / TimeSpan.TicksPerMillisecond) };
        try
        {
            client.Connect(Host, Port, Security switch { SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect, SmtpSecurity.StartTls => SecureSocketOptions.StartTls, _ => SecureSocketOptions.None });
            if (User is not null) client.Authenticate(User, Password ?? "");
        }
        catch (AuthenticationException)
        {
            return new(Handover.NotYet, "The mail server did not accept the user and password that are set.");
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException or TimeoutException or CommandException or ProtocolException or SslHandshakeException or NotSupportedException)
        {
            return new(Handover.NotYet, $"The mail server {Host} could not be reached.");
        }
        try
        {
            client.Send(message);
        }
        catch (SmtpCommandException refused)
        {
            var status = ((int)refused.StatusCode).ToString(CultureInfo.InvariantCulture);
            return (int)refused.StatusCode is >= 400 and < 500 ? new(Handover.NotYet, $"The mail server asked to be tried later ({status}).") : new(Handover.Never, $"The mail server refused it ({status}): {Plain(refused.Message)}");
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException or TimeoutException or ProtocolException or ServiceNotConnectedException)
        {
            return new(Handover.Unknown, "The line to the mail server broke while the mail was handed over: it may have arrived or not.");
        }
        try
        {
            client.Disconnect(quit: true);
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException or TimeoutException or CommandException or ProtocolException)
        {
            // The mail is with the server; how the talk ends does not matter.
        }
        return new(Handover.Taken);
    }

    /// <summary>The port that a mail server listens at, where nothing else is said.</summary>
    public static int UsualPort(SmtpSecurity security) => security switch { SmtpSecurity.Tls => 465, SmtpSecurity.None => 25, _ => 587 };

    /// <summary>Without the password: a record prints all it holds.</summary>
    public override string ToString() => $"mail server {Host}:{Port.ToString(CultureInfo.InvariantCulture)}";

    private static string Plain(string text) => new(text.Take(200).Select(c => char.IsControl(c) ? ' ' : c).ToArray());
}
