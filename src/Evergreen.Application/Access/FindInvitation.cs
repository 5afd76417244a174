using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>What an invitation is for, shown to whoever holds its code.</summary>
public sealed class FindInvitation(Books books)
{
    /// <param name="CoOp">The co-op's name; null for every co-op.</param>
    /// <param name="Role">Null where it is for a new password only.</param>
    public sealed record Result(string Mail, string DisplayName, Role? Role, string? CoOp, string InvitedBy, DateTime UntilAt);

    public Outcome<Result> Run(string code) => books.Read(db =>
    {
        var digest = SecretCode.DigestTyped(code);
        var invitation = db.Invitations.SingleOrDefault(invitation => invitation.CodeDigest == digest);
        if (invitation is null || !invitation.StandsAt(books.Now)) return (Outcome<Result>)Refusals.InvitationUnknown();
        var coOp = invitation.CoOpId is { } id ? db.CoOps.Single(coOp => coOp.Id == id).Name : null;
        return new Result(invitation.Mail, invitation.DisplayName, invitation.Role, coOp, invitation.InvitedBy, invitation.InvitedAt + Invitation.Valid);
    });
}
