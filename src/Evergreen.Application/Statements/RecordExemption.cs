using Evergreen.Application.Audit;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;

namespace Evergreen.Application.Statements;

/// <summary>Records that a member is a corporation or another recipient of whom Form 1099-PATR does not report, or is so no longer.</summary>
public sealed class RecordExemption(Books books)
{
    public sealed record Request(string? CoOp, string Member, bool IsExempt, string By);

    /// <returns>Whether the member is exempt now.</returns>
    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var before = db.ExemptRecipients.SingleOrDefault(one => one.MemberId == member.Id);
        if (request.IsExempt == before is not null) return Refusals.ExemptionAsBefore(member.Number);
        if (before is not null) db.ExemptRecipients.Remove(before);
        else if (member.Kind == MemberKind.Person) return Refusals.PersonNotExempt(member.Number);
        else db.ExemptRecipients.Add(new ExemptRecipient { MemberId = member.Id, By = request.By, At = books.Now });
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "tax-forms.exempt", $"member {member.Number}", request.IsExempt ? "no form: corporation or exempt body" : "a form again");
        return request.IsExempt;
    });
}
