using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Invites the active members who have neither a sign-in nor an invitation that is still good, so many at a time: called again, it goes on with the next.</summary>
public sealed class InviteMembers(Books books)
{
    /// <summary>As many letters as one file holds.</summary>
    public const int Most = 500;

    public sealed record Request(string? CoOp, InvitationWay Way, int Most, string By, string From);

    /// <param name="Without">Active members without a sign-in.</param>
    /// <param name="Waiting">Of these, those whom no good invitation has reached yet.</param>
    /// <param name="WaitingWithMail">Of the waiting, those with a mail address.</param>
    /// <param name="With">Active members with a sign-in.</param>
    public sealed record Count(int Without, int Waiting, int WaitingWithMail, int With);

    public Outcome<Count> HowMany(string? coOpCode) => books.Read(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return (Outcome<Count>)found.Refusal!;
        var active = Active(db, found.Value.Id);
        var (waiting, links) = (Waiting(db, active), db.MemberSignIns);
        return new Count(active.Count(member => !links.Any(link => link.MemberId == member.Id && link.EndedAt == null)), waiting.Count(), waiting.Count(member => member.Email != null),
            active.Count(member => links.Any(link => link.MemberId == member.Id && link.EndedAt == null)));
    });

    /// <returns>The invitations in the order of the post: country, postal code, member number. None when nobody waits.</returns>
    public Outcome<List<InviteMember.Result>> Run(Request request) => books.Write<List<InviteMember.Result>>(dryRun: false, db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var waiting = Waiting(db, Active(db, found.Value.Id));
        if (request.Way == InvitationWay.Mail) waiting = waiting.Where(member => member.Email != null);
        return waiting.AsNoTracking().OrderBy(member => member.Country).ThenBy(member => member.PostalCode).ThenBy(member => member.Number).Take(request.Most).ToList()
            .ConvertAll(member => InviteMember.Invite(db, found.Value, member, request.Way, books.Now, request.By, request.From));
    });

    private IQueryable<Member> Active(EvergreenDb db, int coOpId)
    {
        var today = DateOnly.FromDateTime(books.Now);
        return db.Members.Where(member => member.CoOpId == coOpId && !db.MemberMerges.Any(merge => merge.OtherId == member.Id)
            && db.StatusChanges.Where(fact => fact.MemberId == member.Id && fact.On <= today).OrderByDescending(fact => fact.On).ThenByDescending(fact => fact.Id).Select(fact => (MemberStatus?)fact.Status).FirstOrDefault() == MemberStatus.Active
            && !db.StatusChanges.Any(death => death.MemberId == member.Id && death.On <= today && death.Status == MemberStatus.Deceased));
    }

    private IQueryable<Member> Waiting(EvergreenDb db, IQueryable<Member> members)
    {
        var (since, links, invitations) = (books.Now - MemberInvitation.Valid, db.MemberSignIns, db.MemberInvitations);
        return members.Where(member => !links.Any(link => link.MemberId == member.Id && link.EndedAt == null)
            && !invitations.Any(sent => sent.MemberId == member.Id && sent.AcceptedAt == null && sent.WithdrawnAt == null && sent.WrongNumbers < MemberInvitation.MostWrongNumbers && sent.InvitedAt > since));
    }
}
