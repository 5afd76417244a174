using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Takes an invitation back before it is used.</summary>
public sealed class WithdrawInvitation(Books books)
{
    public sealed record Request(int InvitationId, int CoOpId, int ByUserId, string By, string From);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var invitation = db.Invitations.SingleOrDefault(invitation => invitation.Id == request.InvitationId && (invitation.CoOpId == null || invitation.CoOpId == request.CoOpId));
        if (invitation is null || !invitation.StandsAt(books.Now)) return Refusals.InvitationUnknown();
        if (invitation.CoOpId is null && !Administrators.OfAll(db, request.ByUserId)) return Refusals.GrantTooWide();
        invitation.WithdrawnAt = books.Now;
        Entry.Record(db, books.Now, request.By, "access.invitation-withdrawn", $"invitation {invitation.Id}", request.From, coOpId: invitation.CoOpId);
        return true;
    });
}
