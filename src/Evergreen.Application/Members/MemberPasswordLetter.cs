using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>
/// Lets a member who forgot the password choose another by a code in a letter. The second factor is asked for as before; it is taken away here only by someone who may manage people. An account
/// that opens an office too, or another co-op, is out of a clerk's reach: the letter would open more than what the clerk may see.
/// </summary>
public sealed class MemberPasswordLetter(Books books, MayDo mayDo)
{
    /// <param name="SecondFactorLost">Takes the authenticator, the recovery codes and the passkeys away too.</param>
    /// <param name="SecondFactor">Whether the session of whoever asks was entered with one.</param>
    public sealed record Request(string? CoOp, string Member, bool SecondFactorLost, int ByUserId, bool SecondFactor, string By, string From);

    public sealed record Result(CoOp CoOp, Member Member, string Mail, string Code, DateTime UntilAt);

    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        if (db.MemberSignIns.SingleOrDefault(link => link.MemberId == member.Id && link.EndedAt == null) is not { } link) return Refusals.NoSignIn(member.Number);
        var user = db.SignIns.Single(user => user.Id == link.UserId);
        if (user.DisabledAt is not null) return Access.Refusals.PersonUnknown();
        var manages = mayDo.Of(db, new MayDo.Request(request.ByUserId, coOp.Id, request.SecondFactor)).May(Permission.ManageUsers);
        if (!Administrators.OfAll(db, request.ByUserId) || !manages)
        {
            if (db.RoleGrants.Any(grant => grant.UserId == user.Id && grant.WithdrawnAt == null && (grant.CoOpId == null || grant.CoOpId != coOp.Id))) return Refusals.SignInElsewhere();
            if (!manages && db.RoleGrants.Any(grant => grant.UserId == user.Id && grant.WithdrawnAt == null && grant.Role != Role.Member)) return Refusals.SignInOfStaff();
        }
        if (request.SecondFactorLost)
        {
            if (!manages) return Refusals.SecondFactorKept();
            ForgottenPassword.ClearSecondFactor(db, user, books.Now, request.By, request.From, coOp.Id);
        }
        var made = InvitePerson.Make(db, new Invitation { CodeDigest = "", CoOpId = coOp.Id, Mail = user.UserName!, DisplayName = user.DisplayName, ForUserId = user.Id, InvitedAt = books.Now, InvitedBy = request.By }, request.From);
        return new Result(coOp, member, user.UserName!, made.Code, made.UntilAt);
    });
}
