using System.Globalization;
using System.Net;
using Evergreen.Application.Audit;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using MimeKit;

namespace Evergreen.Application.Access;

/// <summary>Sets the mail server of the site, or takes it away. Its password is sealed.</summary>
public sealed class SetMailServer(Books books, AccessMode mode, SealingKeys keys)
{
    internal const int TheOne = 1;

    /// <param name="Host">Empty takes the server away: mails then go into the folder again.</param>
    /// <param name="Port">Null for the usual one.</param>
    /// <param name="Password">Empty keeps the one there is, for the same server and user.</param>
    /// <param name="Sender">An address, with or without a name before it.</param>
    /// <param name="CoOpId">Where the act stands in the audit.</param>
    /// <param name="Seen"><see cref="Mark"/> of the server that stood there when the form was opened: somebody else's in between is not overwritten. Null for whoever opened no form.</param>
    public sealed record Request(string? Host, int? Port, SmtpSecurity Security, string? User, string? Password, string? Sender, int CoOpId, string By, string? Seen = null);

    /// <summary>By what one server is told from another, without its password; empty for none.</summary>
    public static string Mark(SmtpRoute? route) => route is null ? "" : Mark(route.Host, route.Port, route.Security, route.User, route.From);

    private static string Mark(string host, int port, SmtpSecurity security, string? user, MailboxAddress sender) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port} {security} {user} {sender}");

    /// <returns>Whether there is a server now.</returns>
    public Outcome<bool> Run(Request request)
    {
        if (mode.Demo) return Mail.Refusals.ServerOfADemo();
        var (host, user, sender) = (request.Host?.Trim() ?? "", request.User?.Trim() is { Length: > 0 } named ? named : null, request.Sender?.Trim() ?? "");
        if (host.Length == 0) return books.Write<bool>(dryRun: false, db => TakeAway(db, request));
        if (host.Length > 253 || Uri.CheckHostName(host) == UriHostNameType.Unknown) return Mail.Refusals.ServerUnusable();
        var port = request.Port ?? SmtpRoute.UsualPort(request.Security);
        if (port is < 1 or > 65_535) return Mail.Refusals.PortUnusable();
        if (user is not null && request.Security == SmtpSecurity.None && !IsThisMachine(host)) return Mail.Refusals.InTheOpen();
        if (sender.Length > 400 || !MailboxAddress.TryParse(sender, out var box) || !QueueMail.IsAddress(box.Address)) return Mail.Refusals.AddressUnusable(sender);
        return books.Write<bool>(dryRun: false, db =>
        {
            var server = db.MailServers.SingleOrDefault();
            if (Changed(db, request, server, Mark(host, port, request.Security, user, box)) is { } changed) return changed;
            var same = server is not null && (server.Host, server.Port, server.Security, server.User) == (host, port, request.Security, user);
            var password = user is null ? null : same ? server!.PasswordSealed : null;
            if (user is not null && request.Password is { Length: > 0 } given)
            {
                var cipher = keys.Cipher(db, DateOnly.FromDateTime(books.Now));
                if (cipher.IsRefused) return cipher.Refusal!;
                password = cipher.Value.Seal(FindMailServer.PasswordPlace, given);
            }
            // Whoever may name a server must not be able to have the old one's password sent to it.
            if (user is not null && password is null) return Mail.Refusals.PasswordAgain();
            if (server is null) db.MailServers.Add(server = new MailServer { Id = TheOne, Host = host, Port = port, Security = request.Security, Sender = sender });
            (server.Host, server.Port, server.Security, server.User, server.PasswordSealed, server.Sender) = (host, port, request.Security, user, password, sender);
            AuditTrail.Add(db, request.CoOpId, books.Now, request.By, "mail.server", "mail server", $"{host}:{port}, {request.Security.ToString().ToLowerInvariant()}, from {sender}");
            return true;
        });
    }

    private Outcome<bool> TakeAway(EvergreenDb db, Request request)
    {
        if (db.MailServers.SingleOrDefault() is not { } server) return false;
        if (Changed(db, request, server, "") is { } changed) return changed;
        db.MailServers.Remove(server);
        AuditTrail.Add(db, request.CoOpId, books.Now, request.By, "mail.server", "mail server", $"{server.Host} taken away");
        return false;
    }

    private Refusal? Changed(EvergreenDb db, Request request, MailServer? server, string wanted)
    {
        var now = server is null ? "" : Mark(server.Host, server.Port, server.Security, server.User, MailboxAddress.Parse(server.Sender));
        if (request.Seen is not { } seen || now == seen || now == wanted) return null;
        var last = db.AuditRecords.Where(record => record.Verb == "mail.server").OrderByDescending(record => record.Id).FirstOrDefault();
        return Mail.Refusals.ServerChanged(last?.By ?? "Somebody", last?.At ?? books.Now);
    }

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
