using Evergreen.Application.CoOps;
using Evergreen.Application.Mail;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;

namespace Evergreen.Web.Portal.Letters;

/// <summary>The mails about what members do in the portal, in the member's language. None holds a figure, a number or what was answered: only a link to where it stands.</summary>
/// <param name="site">The site's address as members reach it.</param>
public sealed class PortalLetters(CoOp coOp, string site)
{
    private static readonly WordBook Book = new(typeof(PortalLetters).Assembly, "Evergreen.Web.Portal.Letters.Words");

    /// <param name="texts">The co-op's own words for it, where it has such.</param>
    public MailLetter RequestAnswered(CoOpTexts texts, string? language)
    {
        var words = Words(language);
        var text = texts.Write("mail.answer", words.Language);
        return MailLetter.Of(text.Subject, text.Paragraphs, (words["answer.link"], Link("activity/reports")), coOp.Name, words.Language);
    }

    public MailLetter BankDetailsGiven(string? language)
    {
        var words = Words(language);
        return MailLetter.Of(Line(words["bank.subject", coOp.Name]), [words["hello.plain"], words["bank.text"], words["bank.not-you", Contact(words)]], (words["bank.link"], Link("me/bank")), coOp.Name, words.Language);
    }

    /// <param name="code">By which the link is good, once.</param>
    public MailLetter ConfirmMailAddress(string? language, string code)
    {
        var words = Words(language);
        return MailLetter.Of(Line(words["mail.subject", coOp.Name]), [words["hello.plain"], words["mail.text", coOp.Name]], (words["mail.link"], Link($"me/details/mail/{code}")), coOp.Name, words.Language);
    }

    public MailLetter MailAddressLeft(string? language)
    {
        var words = Words(language);
        return MailLetter.Of(Line(words["mail-old.subject", coOp.Name]), [words["hello.plain"], words["mail-old.text", coOp.Name, Contact(words)]], null, coOp.Name, words.Language);
    }

    public MailLetter Erased(string? language)
    {
        var words = Words(language);
        return MailLetter.Of(Line(words["erased.subject", coOp.Name]), [words["hello.plain"], words["erased.text"]], null, coOp.Name, words.Language);
    }

    private Wording Words(string? language) => Book.Of(Language.Of(language ?? coOp.Language, coOp.Country));

    private string Contact(Wording words) => coOp.ContactEmail.Length > 0 ? words["contact", coOp.ContactEmail] : "";

    private Uri Link(string page) => new($"{site.TrimEnd('/')}/my/{coOp.Code}/{page}");

    /// <summary>A subject is one line, whatever a co-op calls itself.</summary>
    private static string Line(string text) => new([.. text.Take(200).Select(c => char.IsControl(c) ? ' ' : c)]);
}
