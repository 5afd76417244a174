using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>A member as a rehearsal sees them; amounts in cents over all pools.</summary>
/// <param name="Standing">Active or on leave at the year end.</param>
internal sealed record RehearsedMember(string Number, string Name, bool HasTaxId, bool HasBank, bool Standing, bool OfHousehold, bool BankChanged, long? Before, long? Now, long Cash, long Payable, bool BelowMinimum)
{
    public long Change => (Now ?? 0) - (Before ?? 0);
}

internal static class RehearsedMembers
{
    /// <summary>All members of the co-op in the order of their numbers.</summary>
    public static IReadOnlyList<RehearsedMember> Read(EvergreenDb db, CoOp coOp, DividendRun run, DividendRun? before)
    {
        var now = db.Allocations.AsNoTracking().Where(row => row.RunId == run.Id).GroupBy(row => row.MemberId)
            .Select(member => new
            {
                Id = member.Key, Dividend = member.Sum(row => row.DividendCents), Cash = member.Sum(row => row.CashCents),
                Payable = member.Sum(row => row.Treatment == CashTreatment.Paid ? row.CashCents - row.WithheldCents : 0),
                Below = member.Count(row => row.Treatment != CashTreatment.Paid && row.Treatment != CashTreatment.Payroll),
            }).ToDictionary(member => member.Id);
        var then = before is null ? [] : db.Allocations.AsNoTracking().Where(row => row.RunId == before.Id).GroupBy(row => row.MemberId)
            .Select(member => new { Id = member.Key, Dividend = member.Sum(row => row.DividendCents) }).ToDictionary(member => member.Id, member => member.Dividend);
        var endsOn = coOp.Year(run.FiscalYear).EndsOn;
        var status = new Dictionary<int, MemberStatus>();
        foreach (var change in db.StatusChanges.AsNoTracking().Where(change => change.CoOpId == coOp.Id && change.On <= endsOn).OrderBy(change => change.On).ThenBy(change => change.Id).Select(change => new { change.MemberId, change.Status }))
            if (status.GetValueOrDefault(change.MemberId) != MemberStatus.Deceased) status[change.MemberId] = change.Status;

        var changed = BankChanged(db, coOp);
        var members = db.Members.AsNoTracking().Where(member => member.CoOpId == coOp.Id)
            .Select(member => new { member.Id, member.Number, member.Name, HasTaxId = member.TaxIdSealed != null, HasBank = member.BankAccountSealed != null, OfHousehold = member.HouseholdOfId != null }).ToList();
        members.Sort((a, b) => MemberNumber.Order.Compare(a.Number, b.Number));
        return members.ConvertAll(member =>
        {
            var row = now.GetValueOrDefault(member.Id);
            var standing = status.GetValueOrDefault(member.Id) is MemberStatus.Active or MemberStatus.OnLeave;
            return new RehearsedMember(member.Number, member.Name, member.HasTaxId, member.HasBank, standing, member.OfHousehold, changed.Contains(member.Id),
                then.TryGetValue(member.Id, out var dividend) ? dividend : null, row?.Dividend, row?.Cash ?? 0, row?.Payable ?? 0, row?.Below > 0);
        });
    }

    /// <summary>Members whose own change of bank details waits, or took effect after the last dividend was paid.</summary>
    private static HashSet<int> BankChanged(EvergreenDb db, CoOp coOp)
    {
        var paid = (from payment in db.DividendPayments join run in db.DividendRuns on payment.RunId equals run.Id where run.CoOpId == coOp.Id select (DateTime?)payment.At).Max() ?? DateTime.MinValue;
        return [.. db.BankChanges.Where(change => change.CoOpId == coOp.Id && change.StoppedAt == null && (change.SettledAt == null || change.SettledAt > paid)).Select(change => change.MemberId)];
    }
}
