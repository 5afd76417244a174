using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>A member wants to be written to at another mail address. Nothing changes until the link that goes there is opened.</summary>
public sealed class AskMailAddress(Books books)
{
    public sealed record Request(string? CoOp, string Member, string Address, string By);

    /// <param name="Code">Goes into the link, and is kept nowhere.</param>
    public sealed record Result(int ChangeId, string Code, string Address, string Name);

    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var member = found.Value.Member;
        var address = request.Address.Trim();
        if (!QueueMail.IsAddress(address)) return Refusals.EmailForm(address);
        if (string.Equals(address, member.Email, StringComparison.OrdinalIgnoreCase)) return Refusals.SameMailAddress();
        Drop(db, member.Id, books.Now);
        var code = SecretCode.Carried();
        var change = new MailAddressChange { CoOpId = member.CoOpId, MemberId = member.Id, At = books.Now, NewAddress = address, CodeDigest = SecretCode.Digest(code) };
        db.MailAddressChanges.Add(change);
        db.SaveChanges();
        AuditTrail.Add(db, member.CoOpId, books.Now, request.By, "members.mail-asked", $"member {member.Number}");
        return new Result(change.Id, code, address, member.Name);
    });

    /// <summary>An earlier link is good no longer.</summary>
    internal static void Drop(EvergreenDb db, int memberId, DateTime now)
    {
        foreach (var earlier in db.MailAddressChanges.Where(change => change.MemberId == memberId && change.ConfirmedAt == null && change.DroppedAt == null).ToList()) earlier.DroppedAt = now;
    }
}
