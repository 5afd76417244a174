using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;

namespace Evergreen.Application.Members;

/// <summary>Puts the changes of bank details whose days of hold are over into the members' records. Run by the site each minute, and by whoever pays before paying.</summary>
public sealed class SettleBankChanges(Books books)
{
    /// <returns>How many took effect.</returns>
    public int Run()
    {
        var today = DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime);
        var due = books.Read(db => db.BankChanges.Where(change => change.SettledAt == null && change.StoppedAt == null && change.InForceOn <= today).OrderBy(change => change.Id).Select(change => change.Id).ToList());
        return due.Count(id => books.Write<bool>(dryRun: false, db => Settle(db, id)).Value);
    }

    /// <summary>The same for one co-op, within the transaction of whoever pays.</summary>
    internal void Within(EvergreenDb db, CoOp coOp)
    {
        var today = DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime);
        foreach (var id in db.BankChanges.Where(change => change.CoOpId == coOp.Id && change.SettledAt == null && change.StoppedAt == null && change.InForceOn <= today).OrderBy(change => change.Id).Select(change => change.Id).ToList()) _ = Settle(db, id).Value;
        db.SaveChanges();
    }

    private Outcome<bool> Settle(EvergreenDb db, int id)
    {
        if (db.BankChanges.SingleOrDefault(one => one.Id == id && one.SettledAt == null && one.StoppedAt == null) is not { } change) return false;
        var member = db.Members.Single(one => one.Id == change.MemberId);
        var edits = new MemberRevision(db, member, change.By, books.Now);
        if (member.BankScheme != change.Scheme) edits.Note("bank_scheme", member.BankScheme, change.Scheme);
        if (member.BankRouting != change.Routing) edits.Note("bank_routing", member.BankRouting, change.Routing);
        if (member.BankAccountType != change.AccountType) edits.Note("bank_account_type", member.BankAccountType, change.AccountType);
        edits.Note("bank_account", MemberSecrets.Mask(member.BankAccountLastFour), MemberSecrets.Mask(change.AccountLastFour));
        (member.BankScheme, member.BankRouting, member.BankAccountType, member.BankAccountSealed, member.BankAccountLastFour) = (change.Scheme, change.Routing, change.AccountType, change.AccountSealed, change.AccountLastFour);
        change.SettledAt = books.Now;
        AuditTrail.Add(db, member.CoOpId, books.Now, change.By, "members.bank", $"member {member.Number}", $"asked for on {change.At:yyyy-MM-dd}, in force now: {change.Scheme ?? "check"}, {MemberSecrets.Mask(change.AccountLastFour) ?? "no account"}");
        return true;
    }
}
