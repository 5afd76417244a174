using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Equity;

/// <summary>Members' accounts by lot, in the order of their numbers: what each owns of the co-op, and what it is owed.</summary>
public sealed class EquityByMember(Books books)
{
    /// <param name="After">Numbers after this one; null from the start.</param>
    /// <param name="Only">One member alone.</param>
    public sealed record Request(CoOp CoOp, int Limit, string? After = null, string? Only = null);

    /// <param name="FiscalYear">The vintage; null for shares and interest.</param>
    /// <param name="Owned">Part of the co-op's capital; otherwise owed to the member.</param>
    public sealed record Lot(string AccountCode, string AccountName, int? FiscalYear, Money Balance, bool Owned);

    public sealed record Row(string Member, Money Capital, Money Owed, IReadOnlyList<Lot> Lots);

    public Slice<Row, string> Run(Request request) => books.Read(db =>
    {
        var coOpId = request.CoOp.Id;
        var page = db.Members.Where(member => member.CoOpId == coOpId && (request.After == null || member.Number.CompareTo(request.After) > 0) && (request.Only == null || member.Number == request.Only))
            .OrderBy(member => member.Number).Take(request.Limit + 1).Select(member => new { member.Id, member.Number }).ToList();
        var ids = page.Select(member => (int?)member.Id).ToArray();
        var accounts = db.Accounts.Where(account => account.CoOpId == coOpId).ToDictionary(account => account.Id);
        var accountIds = accounts.Keys.ToArray();
        var lots = db.LedgerLines.Where(line => accountIds.Contains(line.AccountId) && ids.Contains(line.MemberId)).GroupBy(line => new { line.MemberId, line.AccountId, line.Lot })
            .Select(lines => new { lines.Key.MemberId, lines.Key.AccountId, lines.Key.Lot, Cents = lines.Sum(line => line.AmountCents) }).ToList()
            .ToLookup(lot => lot.MemberId!.Value, lot => new Lot(accounts[lot.AccountId].Code, accounts[lot.AccountId].Name, lot.Lot, new Money(-lot.Cents), Overdrafts.OwnedByMembers.Contains(accounts[lot.AccountId].Code)));
        return Slice<Row, string>.Of(page.ConvertAll(member =>
        {
            var own = lots[member.Id].Where(lot => !lot.Balance.IsZero).OrderBy(lot => lot.AccountCode, StringComparer.Ordinal).ThenBy(lot => lot.FiscalYear).ToList();
            return new Row(member.Number, own.Where(lot => lot.Owned).Sum(lot => lot.Balance), own.Where(lot => !lot.Owned).Sum(lot => lot.Balance), own);
        }), request.Limit, row => row.Member);
    });
}
