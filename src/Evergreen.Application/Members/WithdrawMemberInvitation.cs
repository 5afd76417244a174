using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>Takes a member's invitation back before it is used: the letter was lost, or went to the wrong person.</summary>
public sealed class WithdrawMemberInvitation(Books books)
{
    public sealed record Request(string? CoOp, string Member, string By, string From);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var invitation = db.MemberInvitations.Where(one => one.MemberId == member.Id && one.AcceptedAt == null && one.WithdrawnAt == null).OrderByDescending(one => one.Id).FirstOrDefault();
        if (invitation is null || !invitation.StandsAt(books.Now)) return Refusals.NotInvited(member.Number);
        invitation.WithdrawnAt = books.Now;
        Entry.Record(db, books.Now, request.By, "members.invitation-withdrawn", $"member {member.Number}", request.From, coOpId: coOp.Id);
        return true;
    });
}
