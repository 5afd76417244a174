using Evergreen.Application.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Holds real long work at each of its reports of one stage until a test lets it on: so what a page shows on the way can be looked at without haste.</summary>
internal sealed class Brake(string kind, string stage) : IDisposable
{
    private readonly SemaphoreSlim steps = new(0);
    private volatile bool released;

    /// <summary>How many reports were made and held, or let on.</summary>
    public int Reports { get; private set; }

    /// <summary>Puts the brake on the work of the kind.</summary>
    public void On(IServiceCollection services)
    {
        foreach (var found in services.Where(service => service.ServiceType == typeof(JobKind) && service.ImplementationInstance is JobKind { Name: var name } && name == kind).ToList())
        {
            var real = (JobKind)found.ImplementationInstance!;
            services.Remove(found);
            services.AddSingleton(real with { Work = (books, task, voice, stop) => real.Work(books, task, voice with { Progress = (at, done, total) => Hold(voice, at, done, total, stop) }, stop) });
        }
    }

    public void Next(int some = 1) => steps.Release(some);

    public void Release()
    {
        released = true;
        steps.Release(1_000);
    }

    public void Dispose() => steps.Dispose();

    private void Hold(JobVoice voice, string at, int done, int total, CancellationToken stop)
    {
        voice.Progress(at, done, total);
        if (!at.StartsWith(stage, StringComparison.Ordinal)) return;
        Reports++;
        if (!released) steps.Wait(stop);
    }
}
