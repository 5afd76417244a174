using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Stops a change of bank details that waits: the member thinks better of it, or says that it was somebody else. What is in force stays in force.</summary>
public sealed class StopBankChange(Books books)
{
    public sealed record Request(string? CoOp, string Member, string By);

    public Outcome<BankChange> Run(Request request) => books.Write<BankChange>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var member = found.Value.Member;
        if (db.BankChanges.SingleOrDefault(one => one.MemberId == member.Id && one.SettledAt == null && one.StoppedAt == null) is not { } open) return Refusals.NoBankChange();
        GiveBankDetails.Stop(open, books.Now, request.By);
        AuditTrail.Add(db, member.CoOpId, books.Now, request.By, "members.bank-stopped", $"member {member.Number}", MemberSecrets.Mask(open.AccountLastFour));
        return open;
    });
}
