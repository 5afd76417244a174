using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Uses an invitation up: a new account comes to stand for the member, or the account of someone who is signed in does so too.</summary>
public sealed class AcceptMembership(Books books)
{
    /// <param name="Password">Null for someone who goes on to make a passkey instead, or whom another authority vouches for.</param>
    /// <param name="Outside">Who that is; the address is then theirs.</param>
    public sealed record NewAccount(string Mail, string? Password, OutsidePerson? Outside = null)
    {
        internal string Address => (Outside?.Mail ?? Mail).Trim();
    }

    /// <param name="UserId">The account that is signed in; null where a new one is made.</param>
    public sealed record Request(string Code, string Number, int? UserId, NewAccount? New, string From);

    /// <param name="CoOpCode">Where the member's pages are.</param>
    /// <param name="MailConfirmed">Whether the account's address is known to be its owner's; else a link should go there.</param>
    public sealed record Result(int UserId, string CoOpCode, bool MailConfirmed);

    public Outcome<Result> Run(Request request)
    {
        var found = new FindMemberInvitation(books).Again(request.Code, request.Number);
        if (found.IsRefused) return found.Refusal!;
        string? hash = null;
        if (request.New is { } made)
        {
            if (!InvitePerson.IsMail(made.Address)) return Access.Refusals.MailForm(made.Address);
            if (made is { Outside: null, Password: { } password })
            {
                if (PasswordRules.Check(password, made.Mail, found.Value.Name, found.Value.CoOp) is { } refused) return refused;
                hash = PasswordHash.Of(password);
            }
        }
        return books.Write(dryRun: false, db => Accept(db, request, hash));
    }

    private Outcome<Result> Accept(EvergreenDb db, Request request, string? hash)
    {
        var now = books.Now;
        var (invitation, number) = FindMemberInvitation.Standing(db, request.Code, now);
        if (invitation is null || !FindMemberInvitation.IsSame(number!, request.Number)) return Refusals.InvitationUnknown();
        var member = db.Members.Single(member => member.Id == invitation.MemberId);
        if (db.MemberSignIns.Any(link => link.MemberId == member.Id && link.EndedAt == null)) return Refusals.HasSignIn(member.Number);
        SignIn user;
        if (request.UserId is { } signedIn)
        {
            if (db.SignIns.SingleOrDefault(one => one.Id == signedIn && one.DisabledAt == null) is not { } there) return Access.Refusals.PersonUnknown();
            user = there;
            if (db.MemberSignIns.Any(link => link.UserId == user.Id && link.CoOpId == member.CoOpId && link.EndedAt == null)) return Refusals.AccountTaken();
        }
        else
        {
            var mail = request.New!.Address;
            var name = SignIn.Normal(mail);
            if (db.SignIns.Any(one => one.NormalizedUserName == name)) return Refusals.AccountThere();
            user = AcceptInvitation.NewSignIn(db, mail, member.Name, hash, now);
            user.EmailConfirmed = CameByMail(db, invitation, member, name);
            if (request.New.Outside?.Join(db, user, now, request.From) is { } refused) return refused;
            Entry.Record(db, now, Entry.Subject(user.Id), "access.join", Entry.Subject(user.Id), request.From, $"as a member, by the invitation of {invitation.InvitedBy}", member.CoOpId);
        }
        invitation.AcceptedAt = now;
        LinkMember.Link(db, user, member, now, Actors.Member(member.Number), request.From);
        return new Result(user.Id, db.CoOps.Where(coOp => coOp.Id == member.CoOpId).Select(coOp => coOp.Code).Single(), user.EmailConfirmed);
    }

    /// <summary>Whoever has the code of a mail reads what is sent to that address. An address that the register changed since is another.</summary>
    private static bool CameByMail(EvergreenDb db, MemberInvitation invitation, Member member, string name) =>
        invitation.Way == InvitationWay.Mail && member.Email is { } invited && SignIn.Normal(invited) == name && !db.MemberEdits.Any(edit => edit.MemberId == member.Id && edit.Field == "email" && edit.At >= invitation.InvitedAt);
}
