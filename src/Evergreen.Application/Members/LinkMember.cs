using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Lets an account stand for a member: the one place where it comes about, with the role and the record of it.</summary>
internal static class LinkMember
{
    public static MemberSignIn Link(EvergreenDb db, SignIn user, Member member, DateTime now, string by, string from)
    {
        var link = new MemberSignIn { UserId = user.Id, CoOpId = member.CoOpId, MemberId = member.Id, LinkedAt = now, LinkedBy = by };
        db.MemberSignIns.Add(link);
        if (!db.RoleGrants.Any(grant => grant.UserId == user.Id && grant.CoOpId == member.CoOpId && grant.Role == Role.Member && grant.WithdrawnAt == null)) GrantRole.Give(db, user, member.CoOpId, Role.Member, now, by, from);
        Entry.Record(db, now, by, "members.sign-in", $"member {member.Number}", from, $"{Entry.Subject(user.Id)} stands for the member", member.CoOpId);
        db.SaveChanges();
        return link;
    }
}
