using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Equity;

/// <summary>One entry of the ledger: its lines, what it came from, and the entry that it takes back or that took it back.</summary>
public sealed class ShowEntry(Books books)
{
    /// <param name="Member">Number of the member whose part of the account it touches; null where the account is the co-op's own.</param>
    /// <param name="Amount">Debits positive, credits negative.</param>
    public sealed record Line(int No, string AccountCode, string AccountName, string? Member, int? Lot, Money Amount);

    /// <summary>What an entry came from, to be opened.</summary>
    /// <param name="Import">Number of the import, and <paramref name="Row"/> the row of its file.</param>
    /// <param name="Year">The year whose books were closed.</param>
    /// <param name="Run">Name of the run, e.g. <c>2025-1</c>, and <paramref name="Member"/> whose dividend it is.</param>
    /// <param name="Left">The record that balances left, and <paramref name="Joined"/> the one they went to.</param>
    /// <param name="Redemption">Number of the redemption, and <paramref name="Member"/> whom it paid.</param>
    public sealed record Source(int? Import = null, long? Row = null, long? Year = null, string? Run = null, string? Member = null, string? Left = null, string? Joined = null, long? Redemption = null);

    /// <param name="ReversedBy">Sequence of the entry that took it back; null where none did.</param>
    /// <param name="Last">Sequence of the newest entry.</param>
    public sealed record Result(CoOp CoOp, LedgerEntry Entry, IReadOnlyList<Line> Lines, Source From, long? ReversedBy, long Last);

    public Outcome<Result> Run(string? coOpCode, long sequence) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var id = found.Value.Id;
        if (db.LedgerEntries.SingleOrDefault(entry => entry.CoOpId == id && entry.Sequence == sequence) is not { } entry) return Refusals.EntryUnknown(sequence);
        var lines = (from line in db.LedgerLines
                     join account in db.Accounts on line.AccountId equals account.Id
                     where line.CoOpId == id && line.Sequence == sequence
                     orderby line.LineNo
                     select new { line.LineNo, account.Code, account.Name, line.MemberId, line.Lot, line.AmountCents }).ToList();
        var numbers = MemberIdentities.Numbers(db, [.. lines.Select(line => line.MemberId).OfType<int>().Concat(MembersOf(entry)).Distinct()]);
        return new Result(found.Value, entry, lines.ConvertAll(line => new Line(line.LineNo, line.Code, line.Name, line.MemberId is { } member ? numbers.GetValueOrDefault(member) : null, line.Lot, new Money(line.AmountCents))),
            SourceOf(db, entry, numbers), db.LedgerEntries.Where(other => other.CoOpId == id && other.Reverses == sequence).Select(other => (long?)other.Sequence).SingleOrDefault(),
            db.LedgerHeads.Where(head => head.CoOpId == id).Select(head => head.Sequence).SingleOrDefault());
    });

    private static int[] MembersOf(LedgerEntry entry) => entry.Kind switch
    {
        EntryKind.DividendAllocation or EntryKind.DividendPayment or EntryKind.EquityRedemption or EntryKind.LaterPayment => [(int)entry.Item],
        EntryKind.Transfer => [(int)entry.Source, (int)entry.Item],
        _ => [],
    };

    private static Source SourceOf(EvergreenDb db, LedgerEntry entry, Dictionary<int, string> numbers) => entry.Kind switch
    {
        EntryKind.EquityContribution => new(Import: db.Imports.Where(import => import.CoOpId == entry.CoOpId && import.Id == entry.Source).Select(import => (int?)import.Number).SingleOrDefault(), Row: entry.Item),
        EntryKind.YearClosing => new(Year: entry.Source),
        EntryKind.Appropriation => new(Run: RunOf(db, entry)),
        EntryKind.DividendAllocation or EntryKind.DividendPayment => new(Run: RunOf(db, entry), Member: numbers.GetValueOrDefault((int)entry.Item)),
        EntryKind.EquityRedemption => new(Redemption: entry.Source, Member: numbers.GetValueOrDefault((int)entry.Item)),
        EntryKind.LaterPayment => new(Run: RunPaidBy(db, entry), Member: numbers.GetValueOrDefault((int)entry.Item)),
        EntryKind.Transfer => new(Left: numbers.GetValueOrDefault((int)entry.Source), Joined: numbers.GetValueOrDefault((int)entry.Item)),
        _ => new(),
    };

    private static string? RunPaidBy(EvergreenDb db, LedgerEntry entry) =>
        (from payments in db.PaymentRuns join paid in db.DividendRuns on payments.DividendRunId equals paid.Id where payments.CoOpId == entry.CoOpId && payments.Id == entry.Source select new { paid.FiscalYear, paid.Number }).SingleOrDefault() is { } run ? $"{run.FiscalYear}-{run.Number}" : null;

    private static string? RunOf(EvergreenDb db, LedgerEntry entry) =>
        db.DividendRuns.Where(run => run.CoOpId == entry.CoOpId && run.Id == entry.Source).Select(run => new { run.FiscalYear, run.Number }).SingleOrDefault() is { } run ? $"{run.FiscalYear}-{run.Number}" : null;
}
