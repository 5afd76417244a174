using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Dividends;

/// <summary>What each member would get under settings that are tried: the amounts that the figures of a what-if or a scenario are made of. Nothing is kept.</summary>
public sealed class TriedMembers(Books books, GatheredYears gathered)
{
    public const int PageSize = 50;

    private static readonly ListOrder<Plain> Order = ListOrder<Plain>.Keyed("number", row => row.No).By("dividend", row => row.Dividend).By("cash", row => row.Cash).By("retained", row => row.Retained).By("withheld", row => row.Withheld);

    /// <param name="Tried">The settings, as for the figures.</param>
    /// <param name="Sort">One of <c>number</c>, <c>dividend</c>, <c>cash</c>, <c>retained</c> and <c>withheld</c>; with a minus sign in front the other way round.</param>
    /// <param name="After">What the page before gave as its next.</param>
    /// <param name="Difference">In place of what the settings give, what that is more than by the policy in force, for those for whom it is another amount.</param>
    public sealed record Request(TryDividend.Request Tried, string? Sort = null, string? After = null, int Size = PageSize, bool Difference = false);

    public sealed record Row(string Number, string Name, Money Dividend, Money Cash, Money Retained, Money Withheld);

    /// <param name="All">What the rows come to.</param>
    /// <param name="Next">Pass it on to read further; null at the end.</param>
    public sealed record Result(Row All, IReadOnlyList<Row> Rows, int Count, string? Next, string Sort);

    private sealed record Share(int Member, string Number, Money Dividend, Money Cash, Money Withheld);

    private sealed record Plain(int No, int Id, string Number, long Dividend, long Cash, long Retained, long Withheld);

    public Outcome<Result> Run(Request request)
    {
        var tried = new TryDividend(books, gathered).Run(request.Tried);
        if (tried.IsRefused) return tried.Refusal!;
        var shares = Shares(tried.Value.Proposal);
        if (request.Difference)
        {
            if (tried.Value.ProposalInForce is not { } inForce) return Refusals.NoPolicy(request.Tried.Year);
            shares = shares.Concat(Shares(inForce).Select(share => new Share(share.Member, share.Number, -share.Dividend, -share.Cash, -share.Withheld)));
        }
        var members = shares.GroupBy(share => share.Member).OrderBy(of => of.First().Number, MemberNumber.Order).Select((of, index) =>
        {
            var (dividend, cash) = (of.Sum(share => share.Dividend), of.Sum(share => share.Cash));
            return new Plain(index, of.Key, of.First().Number, dividend.Cents, cash.Cents, (dividend - cash).Cents, of.Sum(share => share.Withheld).Cents);
        }).Where(row => !request.Difference || row is not { Dividend: 0, Cash: 0, Withheld: 0 }).ToList();
        var (total, paid, withheld) = (new Money(members.Sum(row => row.Dividend)), new Money(members.Sum(row => row.Cash)), new Money(members.Sum(row => row.Withheld)));
        // They stand in no table: the calculation gives them all, and the page is cut from those.
        var page = Order.Page(members.AsQueryable(), request.Sort, request.After, request.Size);
        var ids = page.Rows.Select(row => row.Id).ToArray();
        var names = books.Read(db => db.Members.Where(member => ids.Contains(member.Id)).Select(member => new { member.Id, member.Name }).ToDictionary(member => member.Id, member => member.Name));
        return new Result(new Row("", "", total, paid, total - paid, withheld), [.. page.Rows.Select(row => new Row(row.Number, names.GetValueOrDefault(row.Id, ""), new Money(row.Dividend), new Money(row.Cash), new Money(row.Retained), new Money(row.Withheld)))], members.Count, page.Next, page.Sort);
    }

    private static IEnumerable<Share> Shares(DividendProposal proposal) => proposal.Pools.SelectMany(pool => pool.Rows).GroupBy(row => row.Member.Id)
        .Select(rows => new Share(rows.Key, rows.First().Member.Number, rows.Sum(row => row.Dividend), rows.Sum(row => row.Cash), rows.Sum(row => row.Withheld)));
}
