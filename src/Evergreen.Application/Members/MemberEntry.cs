using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>How a member comes into the portal, for the office: the account that stands for the member, or the invitation that is out. Nothing of it opens anything.</summary>
public sealed class MemberEntry(Books books)
{
    /// <param name="MailConfirmed">Whether the address was shown to be its owner's; before, no link goes there.</param>
    public sealed record Account(string Mail, bool MailConfirmed, DateTime Since, DateTime? LastSignInAt, bool SecondFactor, bool Ended);
    public sealed record Invited(InvitationWay Way, DateTime At, string By, DateTime UntilAt, bool WrongNumbers);
    public sealed record Page(CoOp CoOp, string Number, string Name, string? Email, Account? Account, Invited? Invited);

    public Outcome<Page> Run(string? coOpCode, string number) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindMember.Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var link = db.MemberSignIns.SingleOrDefault(link => link.MemberId == member.Id && link.EndedAt == null);
        Account? account = null;
        if (link is not null)
        {
            var user = db.SignIns.Single(user => user.Id == link.UserId);
            account = new Account(user.UserName!, user.EmailConfirmed, link.LinkedAt, user.LastSignInAt, user.AuthenticatorSince is not null || db.Passkeys.Any(passkey => passkey.UserId == user.Id), user.DisabledAt is not null);
        }
        var invitation = db.MemberInvitations.Where(one => one.MemberId == member.Id && one.AcceptedAt == null && one.WithdrawnAt == null).OrderByDescending(one => one.Id).FirstOrDefault();
        var spoilt = invitation is { WrongNumbers: >= MemberInvitation.MostWrongNumbers };
        var invited = invitation is not null && (spoilt || invitation.StandsAt(books.Now)) ? new Invited(invitation.Way, invitation.InvitedAt, invitation.InvitedBy, invitation.InvitedAt + MemberInvitation.Valid, spoilt) : null;
        return new Page(coOp, member.Number, member.Name, member.Email, account, invited);
    });
}
