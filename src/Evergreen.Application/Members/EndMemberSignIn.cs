using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>An account no longer stands for a member: it was the wrong person, or the member wants no access. The account itself stays; what else it opens is not touched.</summary>
public sealed class EndMemberSignIn(Books books)
{
    public sealed record Request(string? CoOp, string Member, string By, string From);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        if (db.MemberSignIns.SingleOrDefault(link => link.MemberId == member.Id && link.EndedAt == null) is not { } link) return Refusals.NoSignIn(member.Number);
        var now = books.Now;
        (link.EndedAt, link.EndedBy) = (now, request.By);
        foreach (var grant in db.RoleGrants.Where(grant => grant.UserId == link.UserId && grant.CoOpId == coOp.Id && grant.Role == Role.Member && grant.WithdrawnAt == null).ToList())
            (grant.WithdrawnAt, grant.WithdrawnBy) = (now, request.By);
        Entry.Record(db, now, request.By, "members.sign-in", $"member {member.Number}", request.From, $"{Entry.Subject(link.UserId)} no longer stands for the member", coOp.Id);
        return true;
    });
}
