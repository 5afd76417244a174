using Evergreen.Application.Jobs;
using Evergreen.Application.Mail;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Worker;

/// <summary>Work for tests of jobs: queues some mails, each in a transaction of its own, and leaves one file.</summary>
public static class MailingWork
{
    public const string Name = "test.mailing";

    /// <param name="PauseMilliseconds">After each mail.</param>
    public sealed record Order(int Mails, int PauseMilliseconds = 0);

    /// <param name="before">Told the number of each mail before it is queued, and the number after the last before the file is written.</param>
    /// <param name="refused">Told of each write that was refused because the job is in other hands.</param>
    public static JobKind Kind(Action<JobTask, int>? before = null, Action? refused = null) => new(Name, "Queue mails", (books, task, voice, stop) =>
    {
        var order = task.Request<Order>();
        LeaseLostException? lost = null;
        for (var i = 1; i <= order.Mails; i++)
        {
            before?.Invoke(task, i);
            if (lost is null) stop.ThrowIfCancellationRequested();
            try
            {
                var queued = books.Write(false, db => QueueMail.Add(db, books.Now, new($"{task.JobId} {i}", task.CoOpId, null, "ann@example.coop", "Ann", MailLetter.Of("News", ["There is news."], null, "The co-op"), task.By)));
                if (queued.IsRefused) return queued.Refusal!;
            }
            catch (LeaseLostException gone)
            {
                refused?.Invoke();
                lost = gone;
            }
            voice.Progress("Queueing", i, order.Mails);
            if (order.PauseMilliseconds > 0) Thread.Sleep(order.PauseMilliseconds);
        }
        before?.Invoke(task, order.Mails + 1);
        var file = Path.Combine(task.Folder(), "list.txt");
        File.WriteAllText(file, $"{order.Mails} mails");
        if (lost is not null) throw lost;
        return (Outcome<JobResult>)new JobResult($"{order.Mails} mails were queued.", file, "list.txt");
    });
}
