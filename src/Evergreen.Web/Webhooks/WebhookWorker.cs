using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Application.Webhooks;
using Evergreen.Web.Health;

namespace Evergreen.Web.Webhooks;

/// <summary>Passes on what happened and sends what is due, as long as the site runs.</summary>
public sealed partial class WebhookWorker(IServiceProvider services, Readiness readiness, OutsideAddress outside, ILogger<WebhookWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (readiness.State() == Readiness.Ready) await Work(stoppingToken);
                await Task.Delay(Look, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops; what was under way is noted and sent again.
        }
    }

    private async Task Work(CancellationToken stop)
    {
        try
        {
            var books = services.GetRequiredService<Books>();
            new PassOnAnnouncements(books).Run();
            using var deliver = new DeliverWebhooks(books, services.GetRequiredService<SealingKeys>(), outside);
            var result = await deliver.Run(stop);
            if (result is not { Delivered: 0, Delayed: 0, Failed: 0 }) Sent(log, result.Delivered, result.Delayed, result.Failed);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Broke(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "webhooks: {Count} delivered, {Delayed} delayed, {Failed} failed")]
    private static partial void Sent(ILogger log, int count, int delayed, int failed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks could not be sent")]
    private static partial void Broke(ILogger log, Exception fault);
}
