using Evergreen.Application.Members;
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

    /// <summary>Cheap to read, and different whenever something was written that a dividend may follow from: a verb leaves an audit record, posted rows grow the year's totals.</summary>
    private sealed record Fingerprint(long LastAuditRecord, long LedgerHead, int Totals, long Rows, long Quantity, int Members);

    /// <summary>Verbs after which the inputs are what they were: looking and trying, letters and requests; and rows that programs post, which are told by the totals.</summary>
    private static readonly string[] Aside =
    [
        SaveScenario.Verb, DropScenario.Verb, NoteLook.Verb, NoteLook.OfAll, "purchases.record", "hours.record", "members.bank", "members.bank-asked", "members.bank-stopped", "members.beneficiary", "members.document", "members.document-read",
        "members.invitation-failed", "members.invitation-withdrawn", "members.invite", "members.letter", "members.mail-asked", "members.note", "members.record", "members.request", "members.request-answer", "members.request-back", "members.share", "members.sign-in",
    ];

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
        // From the newest back, which the added nothing keeps on the table's own order: the one sought is near the end.
        var audit = db.AuditRecords.Where(record => record.CoOpId + 0 == coOpId && !Aside.Contains(record.Verb) && !record.Verb.StartsWith("access.") && !record.Verb.StartsWith("jobs.") && !record.Verb.StartsWith("mail.")
            && !record.Verb.StartsWith("secrets.") && !record.Verb.StartsWith("statements.") && !record.Verb.StartsWith("webhooks.")).OrderByDescending(record => record.Id).Select(record => record.Id).FirstOrDefault();
        var totals = db.PatronageTotals.Where(total => total.CoOpId == coOpId && total.FiscalYear == year)
            .GroupBy(_ => 1).Select(all => new { Count = all.Count(), Rows = all.Sum(total => total.Rows), Quantity = all.Sum(total => total.Quantity) }).SingleOrDefault();
        var head = db.LedgerHeads.Where(head => head.CoOpId == coOpId).Select(head => (long?)head.Sequence).SingleOrDefault() ?? 0;
        return new Fingerprint(audit, head, totals?.Count ?? 0, totals?.Rows ?? 0, totals?.Quantity ?? 0, db.Members.Count(member => member.CoOpId == coOpId));
    }
}
