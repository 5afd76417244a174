using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>Notes that a finding of a run's rehearsal was looked at and accepted, with what there is to say of it.</summary>
public sealed class SignOffFinding(Books books)
{
    public sealed record Request(string? CoOp, string Run, string Finding, string By, string? Note = null, bool DryRun = false);

    public Outcome<FindingSignOff> Run(Request request) => books.Write<FindingSignOff>(request.DryRun, db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, request.Run);
        if (found.IsRefused) return found.Refusal!;
        var run = found.Value;
        if (Rehearsal.Of(db, coOp.Value, run, books.Today(coOp.Value)).Findings.SingleOrDefault(finding => finding.Key == request.Finding && finding.Count > 0) is not { } finding) return Refusals.FindingUnknown(request.Finding, run.Name);
        if (finding.SignOff is { } before) return before;
        if (RunCourse.Of(db, run).Refuse(RunStage.Reviewed) is { } refusal) return refusal;
        if (finding.NeedsNote && string.IsNullOrWhiteSpace(request.Note)) return Refusals.ExemptionMissing();
        var signOff = new FindingSignOff { RunId = run.Id, Finding = finding.Key, By = request.By, At = books.Now, Note = request.Note?.Trim() ?? "" };
        db.FindingSignOffs.Add(signOff);
        AuditTrail.Add(db, coOp.Value.Id, signOff.At, request.By, "dividends.sign-off", $"run {run.Name}, {finding.Key}", signOff.Note.Length == 0 ? null : signOff.Note);
        return signOff;
    });
}
