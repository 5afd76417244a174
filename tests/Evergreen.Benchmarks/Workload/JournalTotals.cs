namespace Evergreen.Benchmarks.Workload;

/// <summary>What a till journal adds up to.</summary>
public sealed record JournalTotals(long Rows, long TotalCents, long EligibleCents)
{
    /// <summary>Totals of the same journals as made by a generator in another language, by members, at 100 lines a member.</summary>
    private static readonly Dictionary<int, JournalTotals> Known = new()
    {
        [1_000] = new(100_000, 337_500_080, 320_012_892),
        [10_000] = new(1_000_000, 3_370_269_061, 3_197_984_254),
        [100_000] = new(10_000_000, 33_733_724_011, 32_012_619_354),
    };

    /// <summary>The journal's own sums, held against the known ones where there are any.</summary>
    /// <exception cref="InvalidOperationException">The journal is not the one that is meant.</exception>
    public static JournalTotals Of(TillJournal journal)
    {
        long rows = 0, total = 0, eligible = 0;
        foreach (var line in journal.Lines())
        {
            rows++;
            total += line.AmountCents;
            if (line.Eligible) eligible += line.AmountCents;
        }
        var counted = new JournalTotals(rows, total, eligible);
        if (journal.LinesEach == TillJournal.UsualLines && Known.TryGetValue(journal.Members, out var known) && known != counted) throw new InvalidOperationException($"The journal adds up to {counted}, not to {known}.");
        return counted;
    }
}
