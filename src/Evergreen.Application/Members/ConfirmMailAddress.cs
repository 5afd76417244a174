using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>The link to a new mail address was opened by its member: the address changes, and the old one is told.</summary>
public sealed class ConfirmMailAddress(Books books)
{
    /// <param name="Letter">Makes the mail to the old address in the member's language.</param>
    public sealed record Request(string? CoOp, string Member, string Code, string By, Func<string?, MailLetter>? Letter);

    /// <returns>The address as it is now.</returns>
    public Outcome<string> Run(Request request) => books.Write<string>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var digest = SecretCode.Digest(request.Code);
        var id = found.Value.Member.Id;
        if (db.MailAddressChanges.SingleOrDefault(one => one.MemberId == id && one.CodeDigest == digest) is not { } change || !change.StandsAt(books.Now)) return Refusals.MailCodeUnknown();
        var member = db.Members.Single(one => one.Id == id);
        var before = member.Email;
        new MemberRevision(db, member, request.By, books.Now).Note("email", before, change.NewAddress);
        member.Email = change.NewAddress;
        change.ConfirmedAt = books.Now;
        AuditTrail.Add(db, member.CoOpId, books.Now, request.By, "members.edit", $"member {member.Number}", "email");
        if (request.Letter is { } letter && QueueMail.IsAddress(before))
            QueueMail.Add(db, books.Now, new QueueMail.Request($"mail address {change.Id} left", member.CoOpId, member.Id, before!, member.Name, letter(member.Language), request.By));
        return member.Email;
    });
}
