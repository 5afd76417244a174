using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>A second person approves a run under a resolution of the board. Refused if the proposer asks, if rows are held, if anything that went in has changed, or if a member would hold more shares than a society allows.</summary>
public sealed class ApproveDividend(Books books)
{
    /// <param name="AfterReview">Refuse a run whose rehearsal nobody has gone through: the office asks for it, where the steps stand on the page.</param>
    public sealed record Request(string? CoOp, string Run, string By, string Resolution, bool DryRun = false, bool AfterReview = false);

    public Outcome<DividendApproval> Run(Request request) => books.Write(request.DryRun, db => Approve(db, request));

    private Outcome<DividendApproval> Approve(EvergreenDb db, Request request)
    {
        if (string.IsNullOrWhiteSpace(request.Resolution)) return Refusals.NoResolution();
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, request.Run);
        if (found.IsRefused) return found.Refusal!;
        var run = found.Value;
        if (FindRun.Standing(db, run).Approval is { } before)
            return before.By == request.By && before.Resolution == request.Resolution.Trim() ? before : Refusals.AlreadyApproved(run.Name, before.By);
        var newer = db.DividendRuns.Where(other => other.CoOpId == run.CoOpId && other.FiscalYear == run.FiscalYear && other.Number > run.Number).Max(other => (int?)other.Number);
        if (newer is not null) return Refusals.Superseded(run.Name, $"{run.FiscalYear}-{newer}");
        if (request.AfterReview && RunCourse.Of(db, run).Refuse(RunStage.Approved) is { } early) return early;

        var version = db.PolicyVersions.AsNoTracking().Single(policy => policy.Id == run.PolicyVersionId);
        var policy = PolicyDocument.Read(version.Json);
        if (policy.IsRefused) return policy.Refusal!;
        if (BySamePerson(run, request.By) && !policy.Value.OnePersonMayApprove) return Refusals.SamePerson(request.By);
        var year = coOp.Value.Year(run.FiscalYear);
        var held = db.HeldRows.Count(row => row.CoOpId == run.CoOpId && row.ResolvedAt == null && row.On >= year.StartsOn && row.On <= year.EndsOn);
        if (held > 0) return Refusals.RowsHeld(run.FiscalYear, held);
        if (db.SurplusLines.Where(line => line.CoOpId == run.CoOpId && line.FiscalYear == run.FiscalYear && !line.FromPatronage && (line.Reason == null || line.Reason == "")).OrderBy(line => line.No).Select(line => line.Line).FirstOrDefault() is { } line)
            return Refusals.ReasonMissing(line, run.FiscalYear);
        if (new GatherInputs(db, coOp.Value, year, policy.Value, version.Sha256).Run().Sha256() != run.InputsSha256) return Refusals.InputsChanged(run.Name);
        if (ShareLimits.Against(db, coOp.Value, books.Today(coOp.Value), run) is { } aboveLimit) return aboveLimit;

        var approval = new DividendApproval { RunId = run.Id, By = request.By.Trim(), At = books.Now, Resolution = request.Resolution.Trim() };
        db.DividendApprovals.Add(approval);
        AuditTrail.Add(db, run.CoOpId, approval.At, approval.By, "dividends.approve", $"run {run.Name}", Note(run, approval));
        return approval;
    }

    /// <summary>What the audit trail says of an approval: who waives the second person does it in writing.</summary>
    internal static string Note(DividendRun run, DividendApproval approval) =>
        $"resolution {approval.Resolution}{(BySamePerson(run, approval.By) ? "; approved by the one person who calculated it, as the policy allows" : "")}";

    internal static bool BySamePerson(DividendRun run, string by) => string.Equals(run.CalculatedBy.Trim(), by.Trim(), StringComparison.OrdinalIgnoreCase);
}
