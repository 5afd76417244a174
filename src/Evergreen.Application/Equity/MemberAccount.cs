using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Equity;

/// <summary>A member's capital account, lot by lot, with every entry that made it, and what each entry came from. Records merged into the member's are part of it.</summary>
public sealed class MemberAccount(Books books)
{
    /// <summary>What an entry came from, to be opened.</summary>
    /// <param name="Import">Number of the import, and <paramref name="Row"/> the row of its file.</param>
    /// <param name="Run">Name of the run, e.g. <c>2025-1</c>.</param>
    /// <param name="Reverses">Sequence of the entry that was reversed.</param>
    /// <param name="OtherMember">Number of the record that the balance came from or went to.</param>
    /// <param name="Redemption">Number of the redemption that paid it back.</param>
    public sealed record Source(int? Import = null, long? Row = null, string? Run = null, long? Reverses = null, string? OtherMember = null, long? Redemption = null);

    /// <param name="Amount">What it added to the member's part; negative where it took away.</param>
    /// <param name="Record">Number of the record that bears it.</param>
    /// <param name="TakenBackBy">Sequence of the entry that reversed this one.</param>
    public sealed record Movement(long Sequence, DateOnly On, DateTime RecordedAt, EntryKind Kind, string Narration, Money Amount, Money BalanceAfter, string Record, Source From, long? TakenBackBy);

    /// <param name="FiscalYear">The vintage; null for shares and interest.</param>
    public sealed record Lot(string AccountCode, string AccountName, int? FiscalYear, Money Balance, IReadOnlyList<Movement> Movements);

    /// <param name="Capital">What the member owns of the co-op: shares, notices and interest.</param>
    /// <param name="Owed">What the co-op owes the member and has not paid.</param>
    public sealed record Content(CoOp CoOp, string Number, string Name, Money Capital, Money Owed, IReadOnlyList<Lot> CapitalLots, IReadOnlyList<Lot> OwedLots);

    private sealed record Line(long Sequence, int LineNo, int AccountId, int MemberId, int? Lot, long AmountCents, EntryKind Kind, long Source, long Item, DateOnly On, DateTime RecordedAt, string Narration, long? Reverses);

    public Outcome<Content> Run(string? coOpCode, string number) => books.Read<Outcome<Content>>(db =>
    {
        var found = FindMember.Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var ids = MemberIdentities.Of(db, member.Id);
        var records = MemberIdentities.Numbers(db, ids);
        var accounts = db.Accounts.Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Id);
        var accountIds = accounts.Keys.ToArray();
        var lines = (from line in db.LedgerLines
                     join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                     where accountIds.Contains(line.AccountId) && line.MemberId != null && ids.Contains(line.MemberId.Value)
                     orderby line.Sequence, line.LineNo
                     select new Line(line.Sequence, line.LineNo, line.AccountId, line.MemberId!.Value, line.Lot, line.AmountCents, entry.Kind, entry.Source, entry.Item, entry.On, entry.RecordedAt, entry.Narration, entry.Reverses)).ToList();
        var sources = Sources(db, coOp, lines, records);
        // An entry and its opposite touch the same accounts, so that both stand among these lines.
        var takenBack = lines.Where(line => line.Reverses is not null).DistinctBy(line => line.Sequence).ToDictionary(line => line.Reverses!.Value, line => line.Sequence);
        var lots = lines.GroupBy(line => (line.AccountId, line.Lot)).OrderBy(lot => accounts[lot.Key.AccountId].Code, StringComparer.Ordinal).ThenBy(lot => lot.Key.Lot).Select(lot =>
        {
            var balance = Money.Zero;
            var movements = lot.Select(line =>
            {
                balance -= new Money(line.AmountCents);
                return new Movement(line.Sequence, line.On, line.RecordedAt, line.Kind, line.Narration, -new Money(line.AmountCents), balance, records[line.MemberId], sources(line), takenBack.TryGetValue(line.Sequence, out var by) ? by : null);
            }).ToList();
            var account = accounts[lot.Key.AccountId];
            return new Lot(account.Code, account.Name, lot.Key.Lot, balance, movements);
        }).ToList();
        var capital = lots.Where(lot => Overdrafts.OwnedByMembers.Contains(lot.AccountCode)).ToList();
        var owed = lots.Except(capital).ToList();
        return new Content(coOp, member.Number, member.Name, Sum(capital), Sum(owed), capital, owed);
    });

    private static Func<Line, Source> Sources(EvergreenDb db, CoOp coOp, List<Line> lines, Dictionary<int, string> records)
    {
        var imports = db.Imports.Where(import => import.CoOpId == coOp.Id).Select(import => new { import.Id, import.Number }).ToDictionary(import => (long)import.Id, import => import.Number);
        var runIds = lines.Where(line => line.Kind is EntryKind.DividendAllocation or EntryKind.Appropriation or EntryKind.DividendPayment).Select(line => (int)line.Source).Distinct().ToArray();
        var runs = db.DividendRuns.Where(run => runIds.Contains(run.Id)).Select(run => new { run.Id, run.FiscalYear, run.Number }).ToDictionary(run => (long)run.Id, run => $"{run.FiscalYear}-{run.Number}");
        var paymentIds = lines.Where(line => line.Kind == EntryKind.LaterPayment).Select(line => (int)line.Source).Distinct().ToArray();
        var paid = (from payments in db.PaymentRuns join run in db.DividendRuns on payments.DividendRunId equals run.Id where paymentIds.Contains(payments.Id) select new { payments.Id, run.FiscalYear, run.Number }).ToDictionary(run => (long)run.Id, run => $"{run.FiscalYear}-{run.Number}");
        var others = lines.Where(line => line.Kind == EntryKind.Transfer).SelectMany(line => new[] { (int)line.Source, (int)line.Item }).Distinct().Where(id => !records.ContainsKey(id)).ToList();
        var numbers = MemberIdentities.Numbers(db, others);
        return line => line.Kind switch
        {
            EntryKind.EquityContribution => new Source(Import: imports.TryGetValue(line.Source, out var import) ? import : null, Row: line.Item),
            EntryKind.DividendAllocation or EntryKind.Appropriation or EntryKind.DividendPayment => new Source(Run: runs.GetValueOrDefault(line.Source)),
            EntryKind.EquityRedemption => new Source(Redemption: line.Source),
            EntryKind.LaterPayment => new Source(Run: paid.GetValueOrDefault(line.Source)),
            EntryKind.Reversal => new Source(Reverses: line.Reverses),
            EntryKind.Transfer => new Source(OtherMember: Number(line.MemberId == line.Source ? (int)line.Item : (int)line.Source)),
            _ => new Source(),
        };

        string? Number(int id) => records.GetValueOrDefault(id) ?? numbers.GetValueOrDefault(id);
    }

    private static Money Sum(IEnumerable<Lot> lots)
    {
        var sum = Money.Zero;
        foreach (var lot in lots) sum += lot.Balance;
        return sum;
    }
}
