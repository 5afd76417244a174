using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>A person decides that a mail to this member which failed is sent once more. Another member's mail is none that is known here.</summary>
public sealed class SendMemberMailAgain(Books books)
{
    public sealed record Request(string? CoOp, string Number, int MailId, string By);

    public Outcome<int> Run(Request request) => books.Write<int>(false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var ids = MemberIdentities.Of(db, found.Value.Member.Id);
        if (!db.Mails.Any(mail => mail.Id == request.MailId && mail.MemberId != null && ids.Contains(mail.MemberId.Value))) return Mail.Refusals.Unknown(request.MailId);
        return SendAgain.Within(db, books.Now, new(request.MailId, found.Value.CoOp.Id, request.By));
    });
}
