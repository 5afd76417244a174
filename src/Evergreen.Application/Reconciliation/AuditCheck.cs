using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>What was done stands twice, as the deed and as a line of the audit trail; here the two are held against each other, so that neither is changed or taken away alone.</summary>
internal sealed class AuditCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    private static readonly string[] Verbs = ["year.close", "dividends.policy", "dividends.calculate", "dividends.approve", "dividends.post", "dividends.reverse", "statements.issue"];

    private sealed record Note(string Verb, string Subject, string? Detail, string By, DateTime At);

    public void Run()
    {
        var noted = new Dictionary<Note, int>();
        foreach (var record in db.AuditRecords.AsNoTracking().Where(record => record.CoOpId == coOp.Id && Verbs.Contains(record.Verb)).OrderBy(record => record.Id))
        {
            var note = new Note(record.Verb, record.Subject, record.Detail, record.By, record.At);
            noted[note] = noted.GetValueOrDefault(note) + 1;
        }
        foreach (var deed in Deeds())
        {
            if (noted.GetValueOrDefault(deed) > 0) noted[deed]--;
            else findings.Add($"{coOp.Code}: {deed.Verb} of {deed.Subject} by {deed.By} is in the books, but the audit trail does not say so.");
        }
        foreach (var (note, times) in noted.Where(note => note.Value > 0)) findings.Add($"{coOp.Code}: {note.Verb} of {note.Subject} by {note.By} is in the audit trail, but not in the books{(times > 1 ? $", {times} times" : "")}.");
    }

    private List<Note> Deeds()
    {
        var deeds = new List<Note>();
        deeds.AddRange(db.YearClosings.AsNoTracking().Where(closing => closing.CoOpId == coOp.Id).OrderBy(closing => closing.FiscalYear).AsEnumerable()
            .Select(closing => new Note("year.close", $"year {closing.FiscalYear}", $"figures {closing.FiguresSha256}", closing.By, closing.At)));
        var policies = db.PolicyVersions.AsNoTracking().Where(policy => policy.CoOpId == coOp.Id).OrderBy(policy => policy.Id).ToList();
        deeds.AddRange(policies.Select(policy => new Note("dividends.policy", $"policy {policy.FiscalYear} version {policy.Version}", policy.Sha256, policy.By, policy.At)));
        foreach (var run in db.DividendRuns.AsNoTracking().Where(run => run.CoOpId == coOp.Id).OrderBy(run => run.FiscalYear).ThenBy(run => run.Number).ToList()) deeds.AddRange(OfRun(run, policies));
        return deeds;
    }

    private IEnumerable<Note> OfRun(DividendRun run, List<PolicyVersion> policies)
    {
        var subject = $"run {run.Name}";
        var policy = policies.SingleOrDefault(policy => policy.Id == run.PolicyVersionId)?.Sha256 ?? "";
        yield return new Note("dividends.calculate", subject, RunSeal.Note(run, policy, CalculateDividend.Pools(db, run.Id)), run.CalculatedBy, run.CalculatedAt);
        var standing = FindRun.Standing(db, run);
        if (standing.Approval is { } approval) yield return new Note("dividends.approve", subject, ApproveDividend.Note(run, approval), approval.By, approval.At);
        if (standing.Posting is { } posting) yield return new Note("dividends.post", subject, $"entries {posting.FirstSequence} to {posting.LastSequence}", posting.By, posting.At);
        if (standing.Reversal is { } reversal) yield return new Note("dividends.reverse", subject, reversal.Reason, reversal.By, reversal.At);
        if (db.StatementIssues.AsNoTracking().SingleOrDefault(issue => issue.RunId == run.Id) is { } issue) yield return new Note("statements.issue", subject, null, issue.By, issue.At);
    }
}
