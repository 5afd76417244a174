using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>A member no longer names a person; from today on. That the person was named stays on the record.</summary>
public sealed class WithdrawBeneficiary(Books books)
{
    /// <param name="Id">Of a person whom this member named; another's is unknown.</param>
    public sealed record Request(string? CoOp, string Member, int Id, string By);

    public Outcome<Beneficiary> Run(Request request) => books.Write<Beneficiary>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var member = found.Value.Member;
        if (db.Beneficiaries.SingleOrDefault(one => one.Id == request.Id && one.MemberId == member.Id && one.WithdrawnAt == null) is not { } named) return Refusals.BeneficiaryUnknown();
        (named.WithdrawnOn, named.WithdrawnAt) = (DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime), books.Now);
        AuditTrail.Add(db, member.CoOpId, books.Now, request.By, "members.beneficiary", $"member {member.Number}", $"withdrawn, {named.Percent} percent");
        return named;
    });
}
