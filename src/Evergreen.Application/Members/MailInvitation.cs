using Evergreen.Application.CoOps;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>Hands an invitation over as a mail at once: its code is not put into the outbox, where others could read it. What was not taken is withdrawn, so that the member can be invited again.</summary>
public sealed class MailInvitation(Books books, MailRoute route)
{
    /// <param name="Site">The site's address, for the link.</param>
    public sealed record Request(InviteMember.Result Invited, string Site, string By);

    public Outcome<DateTime> Run(Request request)
    {
        var (id, coOp, member, code, until) = request.Invited;
        var words = EntryWords.Of(member.Language, coOp);
        var text = books.Read(db => CoOpTexts.Of(db, coOp)).Write("mail.invitation", words.Language, ("name", member.Name), ("code", code), ("until", DateOnly.FromDateTime(until)));
        var letter = MailLetter.Of(text.Subject, text.Paragraphs, (words["invitation.link"], new Uri($"{request.Site}/welcome?code={code}")), coOp.Name, words.Language);
        var sent = new MailAtOnce(books, route).Run(new(coOp.Id, "members.invite-mail", $"member {member.Number}", member.Email!, member.Name, letter, request.By));
        if (sent.IsRefused)
            books.Write<bool>(dryRun: false, db =>
            {
                db.MemberInvitations.Single(invitation => invitation.Id == id).WithdrawnAt = books.Now;
                return true;
            });
        return sent;
    }
}
