using Evergreen.Application.Audit;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Payments;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Audit;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>What was done stands twice, as the deed and as a line of the audit trail; here the two are held against each other, so that neither is changed or taken away alone.</summary>
/// <remarks>Lines from before the trail had a chain said less, and bore a moment of their own: of those, what was said then is asked.</remarks>
internal sealed class AuditCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    private const string Issue = "statements.issue", Merge = "members.merge";
    private static readonly string[] Verbs =
        ["year.close", "dividends.policy", "dividends.calculate", "dividends.review", "dividends.sign-off", "dividends.approve", "dividends.post", "dividends.pay", "dividends.reverse", RedeemEquity.Verb, ReverseRedemption.Verb, Issue, IssueStatements.CopiesVerb, ReleaseTaxForms.Verb, WriteTaxFiling.Verb, MarkTaxFilingSent.Verb, Merge, JoinHousehold.Verb,
            PreparePayments.Verb, ApprovePayments.Verb, WritePaymentFile.Verb, SettlePayments.Verb, VoidPayment.Verb];

    private static readonly string[] MomentOfTheirOwn = [Merge, JoinHousehold.Verb];

    private sealed record Note(string Verb, string Subject, string? Detail, string By, DateTime At);

    private readonly Dictionary<Note, int> noted = [];
    private readonly Dictionary<string, RowSum> copies = new(StringComparer.Ordinal);

    /// <summary>Merges from before the chain: the households that changed with them have no line of their own.</summary>
    private readonly HashSet<string> mergedBefore = new(StringComparer.Ordinal);

    public void Run()
    {
        foreach (var record in db.AuditRecords.AsNoTracking().Where(record => record.CoOpId == coOp.Id && Verbs.Contains(record.Verb)).OrderBy(record => record.Id)) Read(record);
        foreach (var deed in Deeds()) Look(deed);
        CheckCopies();
        foreach (var (note, times) in noted.Where(note => note.Value > 0)) findings.Add($"{coOp.Code}: {note.Verb} of {note.Subject} by {note.By} is in the audit trail, but not in the books{(times > 1 ? $", {times} times" : "")}.");
    }

    private void Read(AuditRecord record)
    {
        if (record.Verb == IssueStatements.CopiesVerb)
        {
            if (record.Detail is { } detail && RowSum.Parse(detail[(detail.LastIndexOf(' ') + 1)..]) is { } sum) copies[record.Subject] = copies.GetValueOrDefault(record.Subject) + sum;
            return;
        }
        var note = new Note(record.Verb, record.Subject, record.Detail, record.By, record.At);
        if (record.Number is null && MomentOfTheirOwn.Contains(record.Verb)) note = note with { At = default };
        if (record.Number is null && record.Verb == Merge) mergedBefore.Add(record.Subject);
        noted[note] = noted.GetValueOrDefault(note) + 1;
    }

    private void Look(Note deed)
    {
        deed = deed with { Subject = OneLine.Of(deed.Subject), Detail = deed.Detail is null ? null : OneLine.Of(deed.Detail), By = OneLine.Of(deed.By) };
        if (Take(deed) || (MomentOfTheirOwn.Contains(deed.Verb) && Take(deed with { At = default })) || (deed.Verb == Issue && Take(deed with { Detail = null }))) return;
        findings.Add($"{coOp.Code}: {deed.Verb} of {deed.Subject} by {deed.By} is in the books, but the audit trail does not say so.");
    }

    private bool Take(Note note)
    {
        if (noted.GetValueOrDefault(note) == 0) return false;
        noted[note]--;
        return true;
    }

    private List<Note> Deeds()
    {
        var deeds = new List<Note>();
        deeds.AddRange(db.YearClosings.AsNoTracking().Where(closing => closing.CoOpId == coOp.Id).OrderBy(closing => closing.FiscalYear).AsEnumerable()
            .Select(closing => new Note("year.close", $"year {closing.FiscalYear}", $"figures {closing.FiguresSha256}", closing.By, closing.At)));
        var policies = db.PolicyVersions.AsNoTracking().Where(policy => policy.CoOpId == coOp.Id).OrderBy(policy => policy.Id).ToList();
        deeds.AddRange(policies.Select(policy => new Note("dividends.policy", $"policy {policy.FiscalYear} version {policy.Version}", policy.Sha256, policy.By, policy.At)));
        var runs = db.DividendRuns.AsNoTracking().Where(run => run.CoOpId == coOp.Id).OrderBy(run => run.FiscalYear).ThenBy(run => run.Number).ToList();
        foreach (var run in runs) deeds.AddRange(OfRun(run, policies));
        deeds.AddRange(OfRehearsals(runs.ToDictionary(run => run.Id, run => $"run {run.Name}")));
        deeds.AddRange(OfRedemptions());
        deeds.AddRange(OfPayments(runs.ToDictionary(run => run.Id)));
        deeds.AddRange(OfTaxForms());
        deeds.AddRange(OfMembers());
        return deeds;
    }

    private IEnumerable<Note> OfRedemptions()
    {
        foreach (var one in db.EquityRedemptions.AsNoTracking().Where(one => one.CoOpId == coOp.Id).OrderBy(one => one.Number)
            .Select(one => new { Redemption = one, Member = db.Members.Where(member => member.Id == one.MemberId).Select(member => member.Number).FirstOrDefault() }).ToList())
            yield return new Note(RedeemEquity.Verb, RedeemEquity.Subject(one.Redemption.Number), RedeemEquity.Say(one.Redemption, one.Member), one.Redemption.By, one.Redemption.At);
        foreach (var back in db.EquityRedemptionReversals.AsNoTracking().Where(one => one.CoOpId == coOp.Id).OrderBy(one => one.Number).ToList())
            yield return new Note(ReverseRedemption.Verb, RedeemEquity.Subject(back.Number), ReverseRedemption.Say(back), back.By, back.At);
    }

    private IEnumerable<Note> OfTaxForms()
    {
        var forms = db.TaxForms.AsNoTracking().Where(form => form.CoOpId == coOp.Id).OrderBy(form => form.MemberId).ToLookup(form => (form.CalendarYear, form.Number));
        foreach (var release in db.TaxFormReleases.AsNoTracking().Where(release => release.CoOpId == coOp.Id).OrderBy(release => release.CalendarYear).ThenBy(release => release.Number).ToList())
            yield return new Note(ReleaseTaxForms.Verb, ReleaseTaxForms.Subject(release), ReleaseTaxForms.Say(release, [.. forms[(release.CalendarYear, release.Number)]]), release.By, release.At);
        var files = db.TaxFilingFiles.AsNoTracking().Where(file => file.CoOpId == coOp.Id).OrderBy(file => file.No).ToLookup(file => (file.CalendarYear, file.Number));
        foreach (var filing in db.TaxFilings.AsNoTracking().Where(filing => filing.CoOpId == coOp.Id).OrderBy(filing => filing.CalendarYear).ThenBy(filing => filing.Number).ToList())
            yield return new Note(WriteTaxFiling.Verb, TaxFilingStanding.Subject(filing.CalendarYear, filing.Number), TaxFilingStanding.Say(filing, files[(filing.CalendarYear, filing.Number)]), filing.By, filing.At);
        foreach (var sent in db.TaxFilingsSent.AsNoTracking().Where(sent => sent.CoOpId == coOp.Id).OrderBy(sent => sent.CalendarYear).ToList())
            yield return new Note(MarkTaxFilingSent.Verb, TaxFilingStanding.Subject(sent.CalendarYear, sent.Number), TaxFilingStanding.Say(sent), sent.By, sent.At);
    }

    private IEnumerable<Note> OfRun(DividendRun run, List<PolicyVersion> policies)
    {
        var subject = $"run {run.Name}";
        var policy = policies.SingleOrDefault(policy => policy.Id == run.PolicyVersionId)?.Sha256 ?? "";
        yield return new Note("dividends.calculate", subject, RunSeal.Note(run, policy, CalculateDividend.Pools(db, run.Id)), run.CalculatedBy, run.CalculatedAt);
        var standing = FindRun.Standing(db, run);
        if (standing.Approval is { } approval) yield return new Note("dividends.approve", subject, ApproveDividend.Note(run, approval), approval.By, approval.At);
        if (standing.Posting is { } posting) yield return new Note("dividends.post", subject, $"entries {posting.FirstSequence} to {posting.LastSequence}", posting.By, posting.At);
        if (standing.Payment is { } payment) yield return new Note("dividends.pay", subject, PayDividend.Say(payment), payment.By, payment.At);
        if (standing.Reversal is { } reversal) yield return new Note("dividends.reverse", subject, reversal.Reason, reversal.By, reversal.At);
    }

    private IEnumerable<Note> OfPayments(Dictionary<int, DividendRun> runs)
    {
        foreach (var payments in db.PaymentRuns.AsNoTracking().Where(payments => payments.CoOpId == coOp.Id).OrderBy(payments => payments.Number).ToList())
        {
            var subject = PreparePayments.Subject(payments);
            if (!runs.TryGetValue(payments.DividendRunId, out var run)) continue;
            yield return new Note(PreparePayments.Verb, subject, PreparePayments.Say(payments, run), payments.By, payments.At);
            var standing = FindPaymentRun.Standing(db, coOp, payments);
            if (standing.Approval is { } approval) yield return new Note(ApprovePayments.Verb, subject, ApprovePayments.Say(payments, approval), approval.By, approval.At);
            if (standing.File is { } file) yield return new Note(WritePaymentFile.Verb, subject, WritePaymentFile.Say(file), file.By, file.At);
            if (standing.Settlement is { } settlement) yield return new Note(SettlePayments.Verb, subject, SettlePayments.Say(payments, settlement), settlement.By, settlement.At);
            foreach (var one in (from taken in db.PaymentVoids.AsNoTracking()
                                 join payment in db.Payments.AsNoTracking() on new { taken.PaymentRunId, taken.No } equals new { payment.PaymentRunId, payment.No }
                                 join member in db.Members on payment.MemberId equals member.Id
                                 where taken.PaymentRunId == payments.Id
                                 orderby taken.No
                                 select new { Taken = taken, Payment = payment, member.Number }).ToList())
                yield return new Note(VoidPayment.Verb, subject, VoidPayment.Say(one.Payment, one.Taken, one.Number), one.Taken.By, one.Taken.At);
        }
    }

    private IEnumerable<Note> OfRehearsals(Dictionary<int, string> subjects)
    {
        var runs = subjects.Keys.ToArray();
        foreach (var review in db.DividendReviews.AsNoTracking().Where(review => runs.Contains(review.RunId)).ToList()) yield return new Note("dividends.review", subjects[review.RunId], null, review.By, review.At);
        foreach (var signOff in db.FindingSignOffs.AsNoTracking().Where(signOff => runs.Contains(signOff.RunId)).ToList())
            yield return new Note("dividends.sign-off", $"{subjects[signOff.RunId]}, {signOff.Finding}", signOff.Note.Length == 0 ? null : signOff.Note, signOff.By, signOff.At);
        foreach (var issue in db.StatementIssues.AsNoTracking().Where(issue => runs.Contains(issue.RunId)).ToList()) yield return new Note(Issue, subjects[issue.RunId], IssueStatements.Dated(issue.On), issue.By, issue.At);
    }

    private IEnumerable<Note> OfMembers()
    {
        var merges = db.MemberMerges.AsNoTracking().Where(merge => merge.CoOpId == coOp.Id)
            .Select(merge => new { Merge = merge, From = db.Members.Where(one => one.Id == merge.OtherId).Select(one => one.Number).FirstOrDefault(), To = db.Members.Where(one => one.Id == merge.KeptId).Select(one => one.Number).FirstOrDefault() }).ToList();
        foreach (var one in merges)
        {
            yield return new Note(Merge, $"member {one.To}", $"takes in member {one.From}: {one.Merge.Reason}", one.Merge.By, one.Merge.At);
            yield return new Note(Merge, $"member {one.From}", $"goes into member {one.To}: {one.Merge.Reason}", one.Merge.By, one.Merge.At);
        }
        var before = merges.Where(one => mergedBefore.Contains($"member {one.From}")).Select(one => (one.Merge.By, one.Merge.At.Date)).ToHashSet();
        foreach (var one in db.HouseholdChanges.AsNoTracking().Where(change => change.CoOpId == coOp.Id).OrderBy(change => change.Id)
            .Select(change => new { Change = change, Member = db.Members.Where(one => one.Id == change.MemberId).Select(one => one.Number).FirstOrDefault(), Owner = db.Members.Where(one => one.Id == change.OwnerId).Select(one => one.Number).FirstOrDefault() }).ToList())
        {
            var note = new Note(JoinHousehold.Verb, $"member {one.Member}", JoinHousehold.Say(one.Owner, one.Change.On), one.Change.By, one.Change.RecordedAt);
            if (before.Contains((one.Change.By, one.Change.RecordedAt.Date)) && !noted.ContainsKey(note) && !noted.ContainsKey(note with { At = default })) continue;
            yield return note;
        }
    }

    /// <summary>The copies of a run's statements, against what the trail says came and went. Runs that were issued before the trail said so are left out.</summary>
    private void CheckCopies()
    {
        var there = new Dictionary<string, RowSum>(StringComparer.Ordinal);
        foreach (var one in from copy in db.StatementCopies.AsNoTracking() join run in db.DividendRuns on copy.RunId equals run.Id where run.CoOpId == coOp.Id select new { copy, run.FiscalYear, run.Number })
        {
            var subject = $"run {one.FiscalYear}-{one.Number}";
            there[subject] = there.GetValueOrDefault(subject) + IssueStatements.SumOf(one.copy);
        }
        var before = noted.Keys.Where(note => note is { Verb: Issue, Detail: null }).Select(note => note.Subject).ToHashSet(StringComparer.Ordinal);
        foreach (var subject in there.Keys.Union(copies.Keys).Except(before).Order(StringComparer.Ordinal))
        {
            if (there.GetValueOrDefault(subject) != copies.GetValueOrDefault(subject)) findings.Add($"{coOp.Code}: the statement copies of {subject} are not those that the audit trail says were printed.");
        }
    }
}
