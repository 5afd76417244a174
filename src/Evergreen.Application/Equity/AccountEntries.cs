using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;

namespace Evergreen.Application.Equity;

/// <summary>One account of the ledger with the entries that touch it, the newest first, a page at a time.</summary>
public sealed class AccountEntries(Books books)
{
    public const int PageSize = 50;

    private static readonly ListOrder<Plain> Order = ListOrder<Plain>.Keyed("-entry", entry => entry.Sequence).By("date", entry => entry.On);

    /// <param name="Sort"><c>entry</c> or <c>date</c>; with a minus sign in front the other way round.</param>
    /// <param name="After">What the page before gave as its next.</param>
    public sealed record Request(string? CoOp, string Account, string? Sort = null, string? After = null);

    /// <param name="Amount">What the entry added to the account; debits positive, credits negative.</param>
    public sealed record Row(long Sequence, DateOnly On, string Narration, Money Amount);

    /// <param name="Count">Entries that touch the account, on all pages.</param>
    /// <param name="Next">Pass it on to read further; null at the end.</param>
    public sealed record Result(CoOp CoOp, string Code, string Name, Money Balance, IReadOnlyList<Row> Rows, long Count, string? Next, string Sort);

    private sealed record Plain
    {
        public required long Sequence { get; init; }
        public required DateOnly On { get; init; }
        public required string Narration { get; init; }
        public required long Cents { get; init; }
    }

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var id = found.Value.Id;
        if (db.Accounts.SingleOrDefault(account => account.CoOpId == id && account.Code == request.Account) is not { } account) return Refusals.AccountUnknown(request.Account);
        // Each entry once, also where several of its lines touch the account.
        var entries = db.LedgerEntries.Where(entry => entry.CoOpId == id && db.LedgerLines.Any(line => line.CoOpId == id && line.Sequence == entry.Sequence && line.AccountId == account.Id)).Select(entry => new Plain
        {
            Sequence = entry.Sequence, On = entry.On, Narration = entry.Narration,
            Cents = db.LedgerLines.Where(line => line.CoOpId == id && line.Sequence == entry.Sequence && line.AccountId == account.Id).Sum(line => line.AmountCents),
        });
        var lines = db.LedgerLines.Where(line => line.AccountId == account.Id);
        var page = Order.Page(entries, request.Sort, request.After, PageSize);
        return new Result(found.Value, account.Code, account.Name, new Money(lines.Sum(line => line.AmountCents)), [.. page.Rows.Select(row => new Row(row.Sequence, row.On, row.Narration, new Money(row.Cents)))],
            books.Counts.Of(db, id, ("entries of account", account.Id), () => lines.Select(line => line.Sequence).Distinct().LongCount()), page.Next, page.Sort);
    });
}
