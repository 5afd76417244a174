using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Mail;

namespace Evergreen.Web.Access;

/// <summary>Sends an account's owner the link by which the address is confirmed. Its code is kept nowhere, so the mail is handed over at once.</summary>
public sealed class AddressMail(Books books, MakeAddressLink make, MailSettings mail, SiteAddress site)
{
    public Outcome<string> Send(int userId, string from)
    {
        var made = make.Run(new MakeAddressLink.Request(userId, from));
        if (made.IsRefused) return made.Refusal!;
        var letter = new MailLinkLetter(books).Run(made.Value, site.Now);
        var sent = new MailAtOnce(books, mail.Route).Run(new(made.Value.CoOpId, "access.mail-link-sent", $"sign-in {userId}", made.Value.Mail, made.Value.DisplayName, letter, Actors.Account(userId)));
        return sent.IsRefused ? sent.Refusal! : made.Value.Mail;
    }
}
