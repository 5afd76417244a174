using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Equity;

/// <summary>The accounts of the ledger with what stands in each: the trial balance, which always comes to nothing.</summary>
public sealed class ListAccounts(Books books)
{
    /// <param name="Balance">Debits positive, credits negative.</param>
    /// <param name="OwnedByMembers">It is a part of what members own of the co-op.</param>
    public sealed record Row(string Code, string Name, AccountKind Kind, Money Balance, bool OwnedByMembers);

    /// <param name="Sum">Of all balances.</param>
    /// <param name="Capital">What members own of the co-op, over all accounts of that kind.</param>
    /// <param name="Entries">How many entries the ledger has.</param>
    public sealed record Result(CoOp CoOp, IReadOnlyList<Row> Rows, Money Sum, Money Capital, long Entries);

    public Outcome<Result> Run(string? coOpCode) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var id = found.Value.Id;
        var rows = db.Accounts.Where(account => account.CoOpId == id).OrderBy(account => account.Code)
            .Select(account => new { account.Code, account.Name, account.Kind, Cents = db.LedgerLines.Where(line => line.AccountId == account.Id).Sum(line => line.AmountCents) }).ToList()
            .ConvertAll(account => new Row(account.Code, account.Name, account.Kind, new Money(account.Cents), Overdrafts.OwnedByMembers.Contains(account.Code)));
        return new Result(found.Value, rows, rows.Sum(row => row.Balance), -rows.Where(row => row.OwnedByMembers).Sum(row => row.Balance), db.LedgerHeads.Where(head => head.CoOpId == id).Select(head => head.Sequence).SingleOrDefault());
    });
}
