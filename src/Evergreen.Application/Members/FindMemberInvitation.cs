using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Checks an invitation's code together with the member number, which whoever finds a lost letter does not know. Wrong tries are slowed down, and too many end the invitation.</summary>
public sealed class FindMemberInvitation(Books books)
{
    public sealed record Request(string Code, string Number, string From);

    /// <param name="Mail">The member's mail address, where one is known.</param>
    /// <param name="Language">Language tag of the member.</param>
    public sealed record Result(string CoOp, string CoOpCode, string Country, string Name, string MemberNumber, string? Mail, string? Language, DateTime UntilAt);

    /// <summary>Before anything is told: a try that is counted.</summary>
    public Outcome<Result> Run(Request request)
    {
        var from = Entry.Cut(request.From, 64);
        var attempt = books.Write(dryRun: false, db => Patience.Try(db, $"member invitation {SecretCode.AsMeant(request.Code)}", from, books.Now));
        if (attempt.IsRefused) return attempt.Refusal!;
        return books.Write(dryRun: false, db =>
        {
            var (invitation, number) = Standing(db, request.Code, books.Now);
            if (invitation is not null && IsSame(number!, request.Number))
            {
                Patience.Succeeded(db, attempt.Value);
                return (Outcome<bool>)true;
            }
            // The same is asked and written for a code that is unknown as for one that is known: the time tells nothing.
            var id = invitation?.Id ?? 0;
            db.MemberInvitations.Where(one => one.Id == id).ExecuteUpdate(set => set.SetProperty(one => one.WrongNumbers, one => one.WrongNumbers + 1));
            var (subject, detail) = invitation is null ? ("invitation unknown", "wrong code") : ($"member {number}", "wrong member number");
            Entry.Record(db, books.Now, Audit.Actors.Stranger, "members.invitation-failed", subject, from, detail, invitation?.CoOpId);
            return false;
        }) is { IsRefused: false, Value: true } ? Again(request.Code, request.Number) : Refusals.InvitationUnknown();
    }

    /// <summary>The same later, for someone whose try succeeded.</summary>
    public Outcome<Result> Again(string code, string number) => books.Read(db =>
    {
        var (invitation, own) = Standing(db, code, books.Now);
        if (invitation is null || !IsSame(own!, number)) return (Outcome<Result>)Refusals.InvitationUnknown();
        var member = db.Members.Single(member => member.Id == invitation.MemberId);
        var coOp = db.CoOps.Single(coOp => coOp.Id == invitation.CoOpId);
        return new Result(coOp.Name, coOp.Code, coOp.Country, member.Name, member.Number, member.Email, member.Language, invitation.InvitedAt + MemberInvitation.Valid);
    });

    internal static (MemberInvitation? Invitation, string? Number) Standing(EvergreenDb db, string code, DateTime now)
    {
        var digest = SecretCode.DigestTyped(code);
        var invitation = db.MemberInvitations.SingleOrDefault(invitation => invitation.CodeDigest == digest);
        var standing = invitation?.StandsAt(now) == true;
        // Asked for an unknown code too: the time tells nothing.
        var member = standing ? invitation!.MemberId : 0;
        var number = db.Members.Where(one => one.Id == member).Select(one => one.Number).SingleOrDefault();
        return standing ? (invitation, number) : (null, null);
    }

    /// <summary>Spaces and case do not count, and zeros in front may be left out: people write numbers down in many ways.</summary>
    internal static bool IsSame(string number, string typed)
    {
        return Plain(number) == Plain(typed);

        static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant().TrimStart('0');
    }
}
