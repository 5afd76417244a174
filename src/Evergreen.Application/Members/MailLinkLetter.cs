using Evergreen.Application.Access;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Members;

/// <summary>The words of a mail with a link that signs in, leads to a new password or confirms the address, in the member's language.</summary>
public sealed class MailLinkLetter(Books books)
{
    /// <param name="site">The site's address: from its settings, never from a request.</param>
    public MailLetter Run(AnswerMailLinks.Made made, string site)
    {
        var (coOp, language) = books.Read(db => (db.CoOps.Single(coOp => coOp.Id == made.CoOpId),
            db.MemberSignIns.Where(link => link.UserId == made.UserId && link.CoOpId == made.CoOpId && link.EndedAt == null).Join(db.Members, link => link.MemberId, member => member.Id, (_, member) => member.Language).FirstOrDefault()));
        var words = EntryWords.Of(language, coOp);
        var (what, page) = made.Kind switch { MailLinkKind.SignIn => ("link", "sign-in/link"), MailLinkKind.NewPassword => ("new-password", "sign-in/new-password"), _ => ("address", "account/mail") };
        var (once, notYou) = made.Kind == MailLinkKind.Address ? (words["address.once"], words["address.not-you"]) : (words["link.once"], words["link.not-you"]);
        return MailLetter.Of(words[$"{what}.subject", coOp.Name], [words["dear", made.DisplayName], words[$"{what}.what", coOp.Name], once, notYou],
            (words[$"{what}.open"], new Uri($"{site}/{page}?code={made.Code}")), coOp.Name, words.Language);
    }
}
