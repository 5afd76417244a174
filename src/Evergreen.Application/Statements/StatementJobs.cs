using System.Globalization;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Statements;

/// <summary>The long work about statements: issuing them, the file for the printer, the notices by mail.</summary>
public static class StatementJobs
{
    public const string Issue = "statements.issue";
    public const string Print = "statements.print-file";
    public const string Notify = "statements.notify";

    public sealed record IssueOrder(string CoOp, string Run, PaperKind Paper);
    public sealed record PrintOrder(string CoOp, string Run, PaperKind Paper, bool TwoSided);

    /// <param name="Link">Where members read their statements, the full address.</param>
    public sealed record NotifyOrder(string CoOp, string Run, string Link);

    public static IReadOnlyList<JobKind> Kinds { get; } = [new(Issue, "Issue statements", IssueAll), new(Print, "File for printing", PrintAll), new(Notify, "Notices by mail", NotifyAll)];

    /// <summary>How jobs about a run's statements are found again.</summary>
    public static string SubjectOf(string run) => $"run {run}";

    private static Outcome<JobResult> IssueAll(Books books, JobTask task, JobVoice voice, CancellationToken stop)
    {
        var order = task.Request<IssueOrder>();
        var file = Path.Combine(task.Folder(), $"{order.CoOp}-{order.Run}-statements.zip");
        var request = new IssueStatements.Request(order.CoOp, order.Run, task.By, null, file, order.Paper);
        var issued = new IssueStatements(books).Run(request, (done, total) => voice.Progress("Drawing statements", done, total), stop);
        return issued.IsRefused ? issued.Refusal! : new JobResult($"{Counted(issued.Value.Written, "statement was", "statements were")} issued.", file, Path.GetFileName(file));
    }

    private static Outcome<JobResult> PrintAll(Books books, JobTask task, JobVoice voice, CancellationToken stop)
    {
        var order = task.Request<PrintOrder>();
        var file = Path.Combine(task.Folder(), $"{order.CoOp}-{order.Run}-for-printing.pdf");
        var request = new PrintFile.Request(order.CoOp, order.Run, task.By, file, $"job {task.JobId.ToString(CultureInfo.InvariantCulture)}", order.Paper, order.TwoSided);
        var printed = new PrintFile(books).Run(request, (done, total) => voice.Progress("Drawing statements", done, total), stop);
        return printed.IsRefused ? printed.Refusal! : new JobResult($"{Counted(printed.Value.Statements, "statement", "statements")} on {Counted(printed.Value.Pages, "page", "pages")}, sorted for posting.", file, Path.GetFileName(file));
    }

    private static Outcome<JobResult> NotifyAll(Books books, JobTask task, JobVoice voice, CancellationToken stop)
    {
        var order = task.Request<NotifyOrder>();
        var notified = new NotifyStatements(books).Run(new(order.CoOp, order.Run, task.By, order.Link), (done, total) => voice.Progress("Writing to members", done, total), stop);
        if (notified.IsRefused) return notified.Refusal!;
        var (queued, before) = notified.Value;
        return new JobResult($"{Counted(queued, "member is", "members are")} written to{(before > 0 ? $"; {before.ToString("N0", CultureInfo.InvariantCulture)} had their notice before" : "")}.");
    }

    private static string Counted(int count, string one, string many) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
}
