using System.Globalization;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Jobs;

namespace Evergreen.Application;

/// <summary>Checking and committing a large file, and taking an import back, as long work: broken off it leaves nothing, begun again it does the same.</summary>
public static class ImportJobs
{
    public const string Check = "imports.check";
    public const string Commit = "imports.commit";
    public const string Withdraw = "imports.withdraw";

    /// <summary>Files from this size on are worked on beside the pages: 2 MB, some twenty thousand rows.</summary>
    public const long LargeFrom = 2L << 20;

    public sealed record CheckOrder(string CoOp, int Draft);
    public sealed record CommitOrder(string CoOp, int Draft, bool TakeGoodRows, string? DespiteTotals);
    public sealed record WithdrawOrder(string CoOp, int Number, string Reason);

    public static IReadOnlyList<JobKind> Kinds { get; } = [new(Check, "Check a file", CheckFile), new(Commit, "Put a file into the books", CommitFile), new(Withdraw, "Undo an import", TakeBack)];

    /// <summary>How jobs about a file are found again.</summary>
    public static string SubjectOf(int draft) => $"draft {draft.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>How the jobs that take an import back are found again.</summary>
    public static string SubjectOfImport(int number) => $"import {number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The job that has a file in hand, or waits to; null where there is none.</summary>
    public static int? UnderWay(Books books, int coOpId, int draft)
    {
        var subject = SubjectOf(draft);
        return books.Read(db => db.Jobs.Where(job => job.CoOpId == coOpId && job.Subject == subject && (job.Kind == Check || job.Kind == Commit) && (job.State == JobState.Queued || job.State == JobState.Running))
            .OrderBy(job => job.Id).Select(job => (int?)job.Id).FirstOrDefault());
    }

    private static Outcome<JobResult> CheckFile(Books books, JobTask task, JobVoice voice, CancellationToken stop)
    {
        var order = task.Request<CheckOrder>();
        var report = new CheckDraft(books).Run(new(order.CoOp, order.Draft, task.By), Told(voice), stop);
        if (report.IsRefused) return report.Refusal!;
        var totals = report.Value.Totals;
        return new JobResult($"{Rows(totals.RowsInFile - totals.Blank)} checked: {Number(totals.Accepted)} good, {Number(totals.Rejected)} rejected, {Number(totals.Held)} without a known member. Nothing is in the books yet.");
    }

    private static Outcome<JobResult> CommitFile(Books books, JobTask task, JobVoice voice, CancellationToken stop)
    {
        var order = task.Request<CommitOrder>();
        var before = new PreviewDraft(books).Run(order.CoOp, order.Draft);
        // Committed by this very job, before its worker could say so.
        if (before is { IsRefused: false, Value: { State: DraftState.Committed, ImportNumber: { } there } }) return new JobResult($"The file is in the books, as import {Number(there)}.");
        var report = new CommitDraft(books).Run(new(order.CoOp, order.Draft, task.By, order.TakeGoodRows, order.DespiteTotals), Told(voice), stop);
        if (report.IsRefused) return report.Refusal!;
        return new JobResult(report.Value.AlreadyImported ? $"These bytes were imported before, as import {Number(report.Value.Number!.Value)}: nothing changed." : $"{Rows(report.Value.Totals.Accepted)} in the books, as import {Number(report.Value.Number!.Value)}.");
    }

    private static Outcome<JobResult> TakeBack(Books books, JobTask task, JobVoice voice, CancellationToken stop)
    {
        var order = task.Request<WithdrawOrder>();
        JobResult? result = null;
        var withdrawn = new WithdrawImport(books).Run(new(order.CoOp, order.Number, task.By, order.Reason)
        {
            // Begun again after its commit it would be told that the import is withdrawn, and not by whom.
            AndThen = (db, taken) => task.Settle(db, result = new JobResult($"Import {order.Number} is withdrawn: {What(taken)}.", Import: order.Number)),
        }, voice.Progress, stop);
        if (!withdrawn.IsRefused) return result!;
        if (new PreviewWithdrawal(books).Run(order.CoOp, order.Number) is { IsRefused: false, Value: var preview })
            foreach (var obstacle in preview.Obstacles) voice.Log($"In the way: {obstacle.What}: {obstacle.Why}.");
        return withdrawn.Refusal!;
    }

    /// <summary>What was taken back, in words.</summary>
    private static string What(ImportWithdrawal taken)
    {
        var parts = new List<string>();
        if (taken.RowsRemoved > 0) parts.Add($"{Rows(taken.RowsRemoved)} removed, those that were held included");
        if (taken.MembersRemoved > 0) parts.Add($"{Members(taken.MembersRemoved)} that came with it removed");
        if (taken.MembersRestored > 0) parts.Add($"{Members(taken.MembersRestored)} again what they were");
        if (taken.EntriesReversed > 0) parts.Add($"{Number(taken.EntriesReversed)} {(taken.EntriesReversed == 1 ? "entry" : "entries")} of the ledger reversed");
        return parts.Count > 0 ? string.Join(", ", parts) : "nothing of it was in the books";
    }

    private static string Members(long count) => $"{Number(count)} {(count == 1 ? "member" : "members")}";

    /// <summary>How many rows a file has is known at its end only, so its bytes are counted.</summary>
    private static Action<ImportProgress> Told(JobVoice voice) => step =>
        voice.Progress(step.Stage switch { "read" => "Going through the rows, in kB", "look again" => "Going through the rows once more, in kB", _ => "Reading the file, in kB" }, (int)(step.Done >> 10), (int)(step.Total >> 10));

    private static string Rows(long count) => $"{Number(count)} {(count == 1 ? "row" : "rows")}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
