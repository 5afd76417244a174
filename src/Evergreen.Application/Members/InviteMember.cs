using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Invites a member to the portal. An invitation before it that was not used ends; the code is told once, for the letter or the mail.</summary>
public sealed class InviteMember(Books books)
{
    public const int CodeCharacters = 25;

    public sealed record Request(string? CoOp, string Member, InvitationWay Way, string By, string From);

    /// <param name="Code">For the letter or the link; shown this once.</param>
    public sealed record Result(int InvitationId, CoOp CoOp, Member Member, string Code, DateTime UntilAt);

    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        if (Refused(db, member, request.Way) is { } refusal) return refusal;
        return Invite(db, coOp, member, request.Way, books.Now, request.By, request.From);
    });

    internal static Refusal? Refused(EvergreenDb db, Member member, InvitationWay way)
    {
        if ((from merge in db.MemberMerges join one in db.Members on merge.KeptId equals one.Id where merge.OtherId == member.Id select one.Number).SingleOrDefault() is { } kept) return Refusals.AlreadyMerged(member.Number, kept);
        if (db.MemberSignIns.Any(link => link.MemberId == member.Id && link.EndedAt == null)) return Refusals.HasSignIn(member.Number);
        return way == InvitationWay.Mail && member.Email is null ? Refusals.NoMailAddress(member.Number) : null;
    }

    internal static Result Invite(EvergreenDb db, CoOp coOp, Member member, InvitationWay way, DateTime now, string by, string from)
    {
        db.MemberInvitations.Where(earlier => earlier.MemberId == member.Id && earlier.AcceptedAt == null && earlier.WithdrawnAt == null).ExecuteUpdate(set => set.SetProperty(earlier => earlier.WithdrawnAt, now));
        var code = SecretCode.Typed(CodeCharacters);
        var invitation = new MemberInvitation { CoOpId = coOp.Id, MemberId = member.Id, CodeDigest = SecretCode.DigestTyped(code), Way = way, InvitedAt = now, InvitedBy = by };
        db.MemberInvitations.Add(invitation);
        Entry.Record(db, now, by, "members.invite", $"member {member.Number}", from, way == InvitationWay.Mail ? "by mail" : "by letter", coOp.Id);
        db.SaveChanges();
        return new Result(invitation.Id, coOp, member, code, now + MemberInvitation.Valid);
    }
}
