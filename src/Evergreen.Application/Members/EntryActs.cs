using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Members;

/// <summary>By whose act an entry came into the ledger, and from where: an entry names what it came from, and the record of that says who did it.</summary>
internal static class EntryActs
{
    /// <param name="Source">As <see cref="EntryKind"/> says, and <paramref name="Item"/> likewise.</param>
    public sealed record Entry(long Sequence, EntryKind Kind, long Source, long Item, long? Reverses, DateTime RecordedAt);

    public sealed record Act(string By, string? From);

    /// <summary>What the record says of an entry's making, or of its taking back.</summary>
    private sealed record Trace(string[] Subjects, string[] Verbs);

    /// <returns>By sequence; nothing for an entry whose record is not found.</returns>
    public static Dictionary<long, Act> Of(EvergreenDb db, int coOpId, IReadOnlyList<Entry> entries)
    {
        var reversed = entries.Select(entry => entry.Reverses).OfType<long>().ToArray();
        var origins = reversed.Length == 0 ? [] : db.LedgerEntries.Where(entry => entry.CoOpId == coOpId && reversed.Contains(entry.Sequence))
            .Select(entry => new Entry(entry.Sequence, entry.Kind, entry.Source, entry.Item, entry.Reverses, entry.RecordedAt)).ToDictionary(entry => entry.Sequence);
        var names = new Names(db, coOpId, [.. entries, .. origins.Values]);
        var traces = entries.ToDictionary(entry => entry.Sequence, entry => entry.Reverses is { } back ? origins.TryGetValue(back, out var origin) ? names.TakenBack(origin) : null : names.Made(entry));
        var subjects = traces.Values.OfType<Trace>().SelectMany(trace => trace.Subjects).Distinct().ToArray();
        var verbs = traces.Values.OfType<Trace>().SelectMany(trace => trace.Verbs).Distinct().ToArray();
        var records = subjects.Length == 0 ? [] : db.AuditRecords.Where(record => record.CoOpId == coOpId && subjects.Contains(record.Subject) && verbs.Contains(record.Verb)).OrderBy(record => record.Id).ToList();
        WhoActed.Tell(db, records);
        var acts = new Dictionary<long, Act>();
        foreach (var entry in entries)
        {
            // A thing may have been done more than once, such as payments voided one by one: the act is the one of the entry's own moment.
            if (traces[entry.Sequence] is { } trace && records.Where(record => trace.Subjects.Contains(record.Subject) && trace.Verbs.Contains(record.Verb)).MinBy(record => (record.At - entry.RecordedAt).Duration()) is { } record)
                acts[entry.Sequence] = new Act(record.By, record.From);
        }
        return acts;
    }

    /// <summary>The names that records have for what entries came from.</summary>
    private sealed class Names
    {
        private readonly Dictionary<long, string> imports, runs, members;
        private readonly ILookup<long, string> paymentsOfRun;
        private readonly Dictionary<long, string> payments;

        public Names(EvergreenDb db, int coOpId, IReadOnlyList<Entry> entries)
        {
            int[] Sources(params EntryKind[] kinds) => [.. entries.Where(entry => kinds.Contains(entry.Kind)).Select(entry => (int)entry.Source).Distinct()];
            var fromImports = Sources(EntryKind.EquityContribution);
            imports = db.Imports.Where(import => fromImports.Contains(import.Id)).Select(import => new { import.Id, import.Number }).ToDictionary(import => (long)import.Id, import => Say("import", import.Number));
            var ofRuns = Sources(EntryKind.DividendAllocation, EntryKind.DividendPayment);
            runs = db.DividendRuns.Where(run => ofRuns.Contains(run.Id)).Select(run => new { run.Id, run.FiscalYear, run.Number }).ToDictionary(run => (long)run.Id, run => $"run {run.FiscalYear}-{run.Number}");
            var later = Sources(EntryKind.LaterPayment);
            var paid = db.PaymentRuns.Where(run => run.CoOpId == coOpId && (ofRuns.Contains(run.DividendRunId) || later.Contains(run.Id))).Select(run => new { run.Id, run.DividendRunId, run.Number }).ToList();
            payments = paid.ToDictionary(run => (long)run.Id, run => Say("payment run", run.Number));
            paymentsOfRun = paid.ToLookup(run => (long)run.DividendRunId, run => Say("payment run", run.Number));
            var kept = entries.Where(entry => entry.Kind == EntryKind.Transfer).Select(entry => (int)entry.Item).Distinct().ToArray();
            members = db.Members.Where(member => kept.Contains(member.Id)).Select(member => new { member.Id, member.Number }).ToDictionary(member => (long)member.Id, member => $"member {member.Number}");
        }

        public Trace? Made(Entry entry) => entry.Kind switch
        {
            EntryKind.EquityContribution => Known(imports, entry.Source, "import.equity"),
            EntryKind.DividendAllocation => Known(runs, entry.Source, "dividends.post"),
            EntryKind.DividendPayment => Known(runs, entry.Source, "dividends.pay"),
            EntryKind.LaterPayment => Known(payments, entry.Source, "payments.settle"),
            EntryKind.EquityRedemption => new([Say("redemption", entry.Source)], ["equity.redeem"]),
            EntryKind.Transfer => Known(members, entry.Item, "members.merge"),
            _ => null,
        };

        public Trace? TakenBack(Entry entry) => entry.Kind switch
        {
            EntryKind.EquityContribution => Known(imports, entry.Source, "import.withdraw"),
            EntryKind.DividendAllocation => Known(runs, entry.Source, "dividends.reverse"),
            EntryKind.DividendPayment => new([.. paymentsOfRun[entry.Source]], ["payments.void"]),
            EntryKind.LaterPayment => Known(payments, entry.Source, "payments.void"),
            EntryKind.EquityRedemption => new([Say("redemption", entry.Source)], ["equity.reverse"]),
            _ => null,
        };

        private static Trace? Known(Dictionary<long, string> names, long id, string verb) => names.TryGetValue(id, out var name) ? new([name], [verb]) : null;

        private static string Say(string what, long number) => $"{what} {number.ToString(CultureInfo.InvariantCulture)}";
    }
}
