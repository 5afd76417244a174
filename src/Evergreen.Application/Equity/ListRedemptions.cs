using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>What was paid back of members' capital, the newest first, and what of it was taken back.</summary>
public sealed class ListRedemptions(Books books)
{
    /// <param name="Member">Number of the one member; null where the act was for all.</param>
    /// <param name="Reversal">Null where it stands.</param>
    public sealed record Row(EquityRedemption Redemption, string? Member, EquityRedemptionReversal? Reversal);

    public Outcome<IReadOnlyList<Row>> Run(string? coOp) => books.Read<Outcome<IReadOnlyList<Row>>>(db =>
    {
        var found = FindCoOp.Run(db, coOp);
        if (found.IsRefused) return found.Refusal!;
        var id = found.Value.Id;
        var back = db.EquityRedemptionReversals.AsNoTracking().Where(one => one.CoOpId == id).ToDictionary(one => one.Number);
        return db.EquityRedemptions.AsNoTracking().Where(one => one.CoOpId == id).OrderByDescending(one => one.Number)
            .Select(one => new { Redemption = one, Member = db.Members.Where(member => member.Id == one.MemberId).Select(member => member.Number).FirstOrDefault() }).ToList()
            .ConvertAll(one => new Row(one.Redemption, one.Member, back.GetValueOrDefault(one.Redemption.Number)));
    });
}
