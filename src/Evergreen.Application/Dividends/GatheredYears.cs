using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>
/// Gathered inputs kept in memory while someone tries policies, so that only the calculation runs anew. One for each running program; what has changed
/// in the database since is noticed by its fingerprint, and then everything is gathered again.
/// </summary>
public sealed class GatheredYears
{
    private const int Kept = 6;
    private readonly Lock turn = new();
    private readonly List<Gathered> recent = [];

    private sealed record Gathered(DatabaseAddress Address, int CoOp, int Year, GatheredExtent Extent, Fingerprint Fingerprint, CalculationInputs Inputs);

    /// <summary>Cheap to read, and different whenever something was written that a dividend may follow from: every verb leaves an audit record.</summary>
    private sealed record Fingerprint(int AuditRecords, long LastAuditRecord, long LedgerHead, int Totals, long Quantity, int Members);

    /// <summary>The year's inputs under the policy; the same as gathered afresh.</summary>
    internal CalculationInputs Of(DatabaseAddress address, EvergreenDb db, CoOp coOp, int year, DividendPolicy policy, string policySha256)
    {
        var extent = GatheredExtent.Of(policy);
        var fingerprint = Read(db, coOp.Id, year);
        Gathered? found;
        lock (turn) found = recent.Find(kept => kept.CoOp == coOp.Id && kept.Year == year && kept.Extent == extent && kept.Fingerprint == fingerprint && kept.Address == address);
        if (found is null)
        {
            found = new Gathered(address, coOp.Id, year, extent, fingerprint, new GatherInputs(db, coOp, coOp.Year(year), policy, policySha256).Run());
            lock (turn)
            {
                recent.RemoveAll(kept => kept.Address == address && kept.CoOp == coOp.Id && kept.Year == year && kept.Extent == extent);
                if (recent.Count == Kept) recent.RemoveAt(0);
                recent.Add(found);
            }
        }
        return found.Inputs with { Regime = coOp.Regime, Policy = policy, PolicySha256 = policySha256 };
    }

    private static Fingerprint Read(EvergreenDb db, int coOpId, int year)
    {
        // Trying and keeping scenarios writes nothing that a dividend follows from.
        var audit = db.AuditRecords.Where(record => record.CoOpId == coOpId && record.Verb != SaveScenario.Verb && record.Verb != DropScenario.Verb)
            .GroupBy(_ => 1).Select(all => new { Count = all.Count(), Last = all.Max(record => record.Id) }).SingleOrDefault();
        var totals = db.PatronageTotals.Where(total => total.CoOpId == coOpId && total.FiscalYear == year)
            .GroupBy(_ => 1).Select(all => new { Count = all.Count(), Quantity = all.Sum(total => total.Quantity) }).SingleOrDefault();
        var head = db.LedgerHeads.Where(head => head.CoOpId == coOpId).Select(head => (long?)head.Sequence).SingleOrDefault() ?? 0;
        return new Fingerprint(audit?.Count ?? 0, audit?.Last ?? 0, head, totals?.Count ?? 0, totals?.Quantity ?? 0, db.Members.Count(member => member.CoOpId == coOpId));
    }
}
