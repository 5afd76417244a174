using System.Runtime.InteropServices;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>What members held of some kinds of capital on a day and still hold, lot by lot. One question to the database, whose sums come in the order of the members.</summary>
internal static class RedeemableLots
{
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Held(int Member, int AccountId, int? Lot, long Now, long Then);

    /// <param name="day">What came in after this day cannot have been paid back on it. An entry that was taken back and its opposite count on no day.</param>
    /// <param name="through">Lots up to this vintage alone.</param>
    /// <param name="memberId">One member alone.</param>
    public static IEnumerable<(int Member, List<CapitalLot> Lots)> Of(EvergreenDb db, int coOpId, CapitalKinds kinds, DateOnly day, int? through, int? memberId)
    {
        var codes = db.Accounts.AsNoTracking().Where(account => account.CoOpId == coOpId).AsEnumerable().Where(account => (KindOf(account.Code) & kinds) != CapitalKinds.None).ToDictionary(account => account.Id, account => account.Code);
        var accounts = codes.Keys.ToArray();
        var lines = db.LedgerLines.AsNoTracking().Where(line => accounts.Contains(line.AccountId) && line.MemberId != null);
        if (through is { } last) lines = lines.Where(line => line.Lot <= last);
        if (memberId is { } one) lines = lines.Where(line => line.MemberId == one);
        var held = from line in lines
                   join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                   join back in db.LedgerEntries on new { entry.CoOpId, Sequence = (long?)entry.Sequence } equals new { back.CoOpId, Sequence = back.Reverses } into backs
                   from back in backs.DefaultIfEmpty()
                   group new { line.AmountCents, entry.On, IsReversal = entry.Reverses != null, IsReversed = back != null } by new { Member = line.MemberId!.Value, line.AccountId, line.Lot } into lot
                   where lot.Sum(line => line.AmountCents) < 0
                   orderby lot.Key.Member
                   select new Held(lot.Key.Member, lot.Key.AccountId, lot.Key.Lot, -lot.Sum(line => line.AmountCents), -lot.Sum(line => line.On <= day && !line.IsReversal && !line.IsReversed ? line.AmountCents : 0L));
        var (member, lots) = ((int?)null, new List<CapitalLot>());
        foreach (var lot in held)
        {
            if (member is { } before && before != lot.Member)
            {
                yield return (before, lots);
                lots = [];
            }
            member = lot.Member;
            lots.Add(new CapitalLot(codes[lot.AccountId], lot.Lot, new Money(Math.Min(lot.Now, lot.Then))));
        }
        if (member is { } rest) yield return (rest, lots);
    }

    private static CapitalKinds KindOf(string account) => new CapitalLot(account, null, Money.Zero).Kind;
}
