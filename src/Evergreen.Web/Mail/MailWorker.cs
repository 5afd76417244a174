using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Web.Access.Unsubscribe;
using Evergreen.Web.Health;

namespace Evergreen.Web.Mail;

/// <summary>Sends the mails that are due, as long as the site runs.</summary>
public sealed partial class MailWorker(IServiceProvider services, Readiness readiness, MailSettings settings, UnsubscribeLink unsubscribe, ILogger<MailWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (readiness.State() == Readiness.Ready) Send(stoppingToken);
                await Task.Delay(Look, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops; what is claimed is noted before.
        }
    }

    private void Send(CancellationToken stop)
    {
        try
        {
            var result = new SendMail(services.GetRequiredService<Books>(), settings.Route, unsubscribe.Of).Run(stop);
            if (result is not { Sent: 0, Delayed: 0, Failed: 0 }) Sent(log, result.Sent, result.Delayed, result.Failed);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Broke(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "mail: {Count} sent, {Delayed} delayed, {Failed} failed")]
    private static partial void Sent(ILogger log, int count, int delayed, int failed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail could not be sent")]
    private static partial void Broke(ILogger log, Exception fault);
}
