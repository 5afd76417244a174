using Evergreen.Application.Jobs;
using Evergreen.Web.Health;

namespace Evergreen.Web.Jobs;

/// <summary>Does the jobs that wait, one after another, as long as the site runs. When it stops, the job in hand is given back and taken up after the restart.</summary>
public sealed partial class JobWorker(IServiceProvider services, Readiness readiness, JobBell bell, IHostApplicationLifetime site, ILogger<JobWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>After this the job is taken from a worker that does not stop; the host waits 15 seconds in all.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    public static WorkOnJobs.Terms Terms { get; } = new($"{Environment.MachineName}:{Environment.ProcessId}", Lease: TimeSpan.FromSeconds(30), Beat: TimeSpan.FromMilliseconds(500));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        // Told to stop with the first word of it: requests under way may wait for what the job has written to, and the site waits for them before it stops any service.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, site.ApplicationStopping);
        var stop = stopping.Token;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var pause = Rest;
                if (readiness.State() == Readiness.Ready) pause = await Next(stop) == WorkOnJobs.Ending.Idle ? Look : TimeSpan.Zero;
                if (pause == Look) await bell.Wait(pause, stop);
                else if (pause > TimeSpan.Zero) await Task.Delay(pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    private async Task<WorkOnJobs.Ending> Next(CancellationToken stop)
    {
        var work = services.GetRequiredService<WorkOnJobs>();
        // A thread of its own: the work blocks for minutes.
        var running = Task.Factory.StartNew(() => work.RunNext(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var stopping = Task.Delay(Timeout.Infinite, stop);
            if (await Task.WhenAny(running, stopping) != running && await Task.WhenAny(running, Task.Delay(StopPatience, CancellationToken.None)) != running)
            {
                await Task.Run(work.LetGo, CancellationToken.None);
                throw new OperationCanceledException(stop);
            }
            var result = await running;
            if (result.Job is { } job) Ended(log, job.Id, job.Kind, result.Ending, result.Fault);
            return result.Ending;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Broke(log, fault);
            await Task.Delay(Rest, stop);
            return WorkOnJobs.Ending.Idle;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "job {Id} {Kind}: {Ending}")]
    private static partial void Ended(ILogger log, int id, string kind, WorkOnJobs.Ending ending, Exception? fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "No job could be taken or ended")]
    private static partial void Broke(ILogger log, Exception fault);
}
