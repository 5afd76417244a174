using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Web.Health;

namespace Evergreen.Web.Jobs;

/// <summary>Puts members' new bank details in force when their days of hold are over, as long as the site runs.</summary>
public sealed partial class BankWorker(IServiceProvider services, Readiness readiness, ILogger<BankWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (readiness.State() == Readiness.Ready) Settle();
                await Task.Delay(Look, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops; a change that is due is settled at the next start.
        }
    }

    private void Settle()
    {
        try
        {
            var settled = new SettleBankChanges(services.GetRequiredService<Books>()).Run();
            if (settled > 0) Settled(log, settled);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Broke(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "bank details: {Count} changes in force")]
    private static partial void Settled(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Changes of bank details could not be put in force")]
    private static partial void Broke(ILogger log, Exception fault);
}
