using System.Globalization;
using System.Security.Cryptography;
using Evergreen.Application.Statements;
using Evergreen.Domain.Mail;
using Evergreen.Web.Mail;
using Microsoft.AspNetCore.DataProtection;

namespace Evergreen.Web.Access.Unsubscribe;

/// <summary>The address in the header of a mail that ends such mails. The number of the mail is sealed in it, so that nobody can make one up; it does not run out.</summary>
public sealed class UnsubscribeLink(IDataProtectionProvider protection, SiteAddress site)
{
    /// <returns>Null for a mail that cannot be stopped.</returns>
    public Uri? Of(MailMessage mail) => StopNotices.Ends(mail) ? new Uri($"{site.Now}/unsubscribe?code={Protector.Protect(mail.Id.ToString(CultureInfo.InvariantCulture))}") : null;

    /// <returns>Null where the code is none of ours.</returns>
    public int? MailOf(string? code)
    {
        if (string.IsNullOrEmpty(code)) return null;
        try
        {
            return int.TryParse(Protector.Unprotect(code), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector => protection.CreateProtector("evergreen.unsubscribe");
}
