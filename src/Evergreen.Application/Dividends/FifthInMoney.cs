using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>The 20 % test of a run's qualified notices in figures. It is decided for each member alone; the sums say how far the whole run is from it.</summary>
/// <param name="Members">Who gets a qualified notice.</param>
/// <param name="Passing">Those of them who get a fifth or more in money.</param>
/// <param name="Money">What they get in money, before backup withholding.</param>
/// <param name="Counted">Their dividend without its nonqualified notices: of this a fifth is asked.</param>
/// <remarks>26 USC 1388(c)(1); see <see cref="CashTest"/>.</remarks>
public sealed record FifthInMoney(int Members, int Passing, Money Money, Money Counted)
{
    public string Percent => Counted.IsPositive ? new Ratio(Money.Cents, Counted.Cents).ToPercent(2) : "none";

    /// <returns>Null where the law asks for no such test, and where no notice is qualified.</returns>
    internal static FifthInMoney? Of(EvergreenDb db, CoOp coOp, DividendRun run)
    {
        if (coOp.Regime != TaxRegime.SubchapterT) return null;
        var members = from row in db.Allocations
                      where row.RunId == run.Id
                      group row by row.MemberId into rows
                      where rows.Max(row => row.QualifiedCents) > 0
                      select new { Money = rows.Sum(row => row.CashCents), Counted = rows.Sum(row => row.DividendCents - row.NonqualifiedCents) };
        var sums = members.GroupBy(_ => 1).Select(all => new { Members = all.Count(), Passing = all.Count(one => one.Money * 5 >= one.Counted), Money = all.Sum(one => one.Money), Counted = all.Sum(one => one.Counted) }).SingleOrDefault();
        return sums is null ? null : new FifthInMoney(sums.Members, sums.Passing, new Money(sums.Money), new Money(sums.Counted));
    }
}
