using System.Globalization;
using Evergreen.Application.CoOps;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Dividends;

/// <summary>Calculating and posting a run as long work: stopped before its one commit it leaves nothing, begun again it finds what it has done.</summary>
public static class DividendJobs
{
    public const string Calculate = "dividends.calculate";
    public const string Post = "dividends.post";

    public sealed record CalculateOrder(string CoOp, int Year);
    public sealed record PostOrder(string CoOp, string Run, DateOnly? On);

    public static IReadOnlyList<JobKind> Kinds { get; } = [new(Calculate, "Calculate the dividend", CalculateYear), new(Post, "Post a run", PostRun)];

    public static string SubjectOf(int year) => $"year {year.ToString(CultureInfo.InvariantCulture)}";

    public static string SubjectOf(string run) => $"run {run}";

    /// <summary>What stands against calculating a year, as far as can be said without calculating it; null where nothing does.</summary>
    public static Refusal? Against(Books books, CalculateOrder order) => books.Read(db =>
    {
        var coOp = FindCoOp.Run(db, order.CoOp);
        return coOp.IsRefused ? coOp.Refusal : CalculateDividend.Against(db, coOp.Value, order.Year);
    });

    /// <summary>What stands against posting a run, as far as can be said without making its entries; null where nothing does.</summary>
    public static Refusal? Against(Books books, PostOrder order) => books.Read(db =>
    {
        var coOp = FindCoOp.Run(db, order.CoOp);
        if (coOp.IsRefused) return coOp.Refusal;
        var run = FindRun.Run(db, coOp.Value, order.Run);
        return run.IsRefused ? run.Refusal : PostDividend.Against(db, coOp.Value, run.Value, FindRun.Standing(db, run.Value), order.On ?? books.Today(coOp.Value));
    });

    private static Outcome<JobResult> CalculateYear(Books books, JobTask task, JobVoice voice, CancellationToken stop)
    {
        var order = task.Request<CalculateOrder>();
        var calculated = new CalculateDividend(books).Run(new(order.CoOp, order.Year, task.By), voice.Progress, stop);
        if (calculated.IsRefused) return calculated.Refusal!;
        var name = calculated.Value.Run.Name;
        return new JobResult(calculated.Value.AlreadyThere ? $"Nothing has changed since run {name}." : $"Run {name} is calculated. Nothing is in the ledger yet.", Run: name);
    }

    private static Outcome<JobResult> PostRun(Books books, JobTask task, JobVoice voice, CancellationToken stop)
    {
        var order = task.Request<PostOrder>();
        var posted = new PostDividend(books).Run(new(order.CoOp, order.Run, task.By, order.On), voice.Progress, stop);
        if (posted.IsRefused) return posted.Refusal!;
        return new JobResult($"Run {order.Run} is in the ledger: entries {posted.Value.Posting.FirstSequence} to {posted.Value.Posting.LastSequence}.", Run: order.Run);
    }
}
