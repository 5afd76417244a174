using Evergreen.Application.Access.Apps;
using Evergreen.Web.Health;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace Evergreen.Web.Api.Connect;

/// <summary>Makes the provider's keys before the first request, refuses to start with keys that are not kept, and from then on looks for new keys and tidies away old entries.</summary>
internal sealed class ConnectWatch(ConnectKeys keys, Readiness readiness, IServiceScopeFactory scopes, TimeProvider clock, IOptionsMonitor<OpenIddictServerOptions> provider, ILogger<ConnectWatch> log) : BackgroundService
{
    private const int MinutesBetweenTidying = 60;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (readiness.State() == Readiness.Ready)
        {
            try
            {
                _ = provider.CurrentValue;
            }
            catch (InvalidOperationException fault)
            {
                // The pages say what is wrong with the key file when they need it; here nothing is signed until it is put right.
                log.LogError("{Why}", fault.Message);
            }
        }
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var minute = 1; ; minute++)
        {
            await Task.Delay(ConnectKeys.Look, clock, stoppingToken);
            try
            {
                keys.Refresh();
                if (minute % MinutesBetweenTidying != 0) continue;
                using var scope = scopes.CreateScope();
                scope.ServiceProvider.GetRequiredService<TidyTokens>().Run();
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("The provider's keys could not be looked at: {Why}", fault.GetType().Name);
            }
        }
    }
}
