using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using MimeKit;

namespace Evergreen.Application.Access;

/// <summary>The way to the mail server that was set in the office.</summary>
public sealed class FindMailServer(Books books, SealingKeys keys)
{
    internal static readonly FieldPlace PasswordPlace = new("MailServers", "Password", "1");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>Null where none is set; refused where its password cannot be opened.</returns>
    public Outcome<SmtpRoute?> Run() => books.Read<Outcome<SmtpRoute?>>(db =>
    {
        if (db.MailServers.SingleOrDefault() is not { } server) return (SmtpRoute?)null;
        string? password = null;
        if (server.PasswordSealed is { } kept)
        {
            var cipher = keys.Cipher(db, DateOnly.FromDateTime(books.Now));
            if (cipher.IsRefused) return cipher.Refusal!;
            password = cipher.Value.Open(PasswordPlace, kept);
        }
        return new SmtpRoute(MailboxAddress.Parse(server.Sender), server.Host, server.Port, server.Security, server.User, password, Patience);
    });
}
