using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>Records where a member is paid. The account number is sealed; only its last characters are shown again.</summary>
/// <param name="keys">Where the keys are; null asks <see cref="KeyFile.Of"/>.</param>
public sealed class ChangeBankDetails(Books books, KeyFile? keys = null)
{
    /// <param name="Version">The version of the record that the form was filled from: other details that came in between are not written over unseen. Null for whoever opened no form.</param>
    public sealed record Request(string? CoOp, string Member, BankDetails Bank, string By, int? Version = null);

    /// <summary>How the fields are called whose changes are kept.</summary>
    private const string Fields = "bank_";

    /// <returns>The last characters of the account; null where the details were taken away.</returns>
    public Outcome<string?> Run(Request request) => books.Write<string?>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        if (request.Version is { } version && MemberRevision.HasSince(db, found.Value.Member.Id, version, Fields)) return Refusals.ChangedMeanwhile(found.Value.Member.Number, version, found.Value.Member.Version);
        var clean = request.Bank.Checked();
        if (clean.IsRefused) return clean.Refusal!;
        var bank = clean.Value;
        var member = db.Members.Single(one => one.Id == found.Value.Member.Id);
        var edits = new MemberRevision(db, member, request.By, books.Now);
        if (member.BankScheme != bank.Scheme) edits.Note("bank_scheme", member.BankScheme, bank.Scheme);
        if (member.BankRouting != bank.Routing) edits.Note("bank_routing", member.BankRouting, bank.Routing);
        if (member.BankAccountType != bank.AccountType) edits.Note("bank_account_type", member.BankAccountType, bank.AccountType);
        var before = MemberSecrets.Mask(member.BankAccountLastFour);
        (member.BankScheme, member.BankRouting, member.BankAccountType) = (bank.Scheme, bank.Routing, bank.AccountType);
        if (bank.Account is { } account)
        {
            var cipher = SecretKeys.ToSeal(db, books, keys);
            if (cipher.IsRefused) return cipher.Refusal!;
            member.BankAccountSealed = cipher.Value.Seal(MemberSecrets.BankAccount(member.CoOpId, member.Number), account);
            member.BankAccountLastFour = MemberSecrets.LastFour(account);
        }
        else
        {
            member.BankAccountSealed = member.BankAccountLastFour = null;
        }
        // What the office enters last is what counts: a change by the member that still waits would undo it later.
        if (db.BankChanges.SingleOrDefault(one => one.MemberId == member.Id && one.SettledAt == null && one.StoppedAt == null) is { } waiting) GiveBankDetails.Stop(waiting, books.Now, request.By);
        // Written down also where the last four are the same: the rest may differ, and the old number is not read to see.
        if (before is not null || bank.Account is not null) edits.Note("bank_account", before, MemberSecrets.Mask(member.BankAccountLastFour));
        if (edits.Made.Count > 0) AuditTrail.Add(db, member.CoOpId, books.Now, request.By, "members.bank", $"member {member.Number}", bank.Scheme is null ? "taken away" : $"{bank.Scheme}, {MemberSecrets.Mask(member.BankAccountLastFour)}");
        return member.BankAccountLastFour;
    });
}
