using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;

namespace Evergreen.Domain.Tests.Dividends;

/// <summary>Posts a proposal as the office would: rows become allocations, allocations become entries.</summary>
internal static class Postings
{
    public static readonly DateOnly On = new(2030, 3, 15);

    public static DividendRun RunOf(DividendProposal proposal) => new()
    {
        Id = 7, CoOpId = 1, FiscalYear = proposal.Inputs.Year.Year, Number = 1, PolicyVersionId = 1, CalculatedAt = default, CalculatedBy = "ada", InputsSha256 = proposal.Inputs.Sha256(), ResultSha256 = proposal.Sha256(),
        NetIncomeCents = proposal.Working.NetIncome.Cents, AllocatedCents = 0, CashCents = 0, MembersAllocated = 0, WorkingJson = "{}",
    };

    public static List<Allocation> Allocations(DividendProposal proposal) =>
        [.. proposal.Pools.SelectMany((pool, i) => pool.Rows.Select(row => new Allocation
        {
            RunId = 7, PoolNo = i + 1, MemberId = row.Member.Id, Units = row.Units.ToString(), FloorCents = row.FloorCents, ExtraCent = row.ExtraCent, DividendCents = row.Dividend.Cents, CashCents = row.Cash.Cents,
            QualifiedCents = row.Qualified.Cents, NonqualifiedCents = row.Nonqualified.Cents, CapitalCents = row.Capital.Cents, WithheldCents = row.Withheld.Cents, Treatment = row.Treatment,
        }))];

    /// <summary>The year's closing, the appropriation, and one entry a member.</summary>
    public static List<EntryDraft> Entries(DividendProposal proposal)
    {
        var run = RunOf(proposal);
        var interest = proposal.Pools.Select((pool, i) => (pool, No: i + 1)).Where(pair => pair.pool.Policy.Kind == PoolKind.ShareInterest).Select(pair => pair.No).ToHashSet();
        var facts = proposal.Inputs.Members.ToDictionary(member => member.Id);
        var net = proposal.Working.NetIncome.Cents;
        var entries = new List<EntryDraft>();
        if (net != 0) entries.Add(new EntryDraft(EntryKind.YearClosing, run.FiscalYear, 0, proposal.Inputs.Year.EndsOn, "Closing", null, new(AccountCodes.NetAssets, null, null, net), new(AccountCodes.NetIncome, null, run.FiscalYear, -net)));
        if (DividendEntries.Appropriation(run, proposal.Working, On, " seal") is { } appropriation) entries.Add(appropriation);
        foreach (var rows in Allocations(proposal).GroupBy(row => row.MemberId))
            if (DividendEntries.OfMember(run, [.. rows], interest, facts[rows.Key].RolledForward, () => facts[rows.Key].Lots, On) is { } entry) entries.Add(entry);
        return entries;
    }

    /// <summary>What the entries make of each account, member and lot.</summary>
    public static Dictionary<(string Account, int? Member, int? Lot), long> Balances(IEnumerable<EntryDraft> entries) =>
        entries.SelectMany(entry => entry.Lines).GroupBy(line => (line.AccountCode, line.MemberId, line.Lot)).ToDictionary(group => group.Key, group => group.Sum(line => line.AmountCents));

    public static EntryDraft Reverse(EntryDraft entry, long sequence) => DividendEntries.Reversal(
        new LedgerEntry { CoOpId = 1, Sequence = sequence, Kind = entry.Kind, Source = entry.Source, Item = entry.Item, On = entry.On, RecordedAt = default, Narration = entry.Narration, LineCount = entry.Lines.Count, Hash = [] },
        entry.Lines, On, "wrong figures");
}
