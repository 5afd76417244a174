using System.Data.Common;
using System.Diagnostics;
using Evergreen.Application.Health;
using Evergreen.Application.Jobs;

namespace Evergreen.Web.Health;

/// <summary>How the site is, in one word. Anyone may ask, as often as they like, so it is looked at every few seconds and not at every question.</summary>
public sealed class LatestHealth(Readiness readiness, IServiceProvider services)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly Lock looking = new();
    private (string Word, long At)? last;

    /// <returns><c>ready</c>; <c>attention</c> where the site works and something is wrong; otherwise why it cannot work. Never an address, a path or a name.</returns>
    public string Word()
    {
        lock (looking)
        {
            if (last is { } kept && Stopwatch.GetElapsedTime(kept.At) < Kept) return kept.Word;
            var word = readiness.State();
            // The books, and with them what looks at the rest, cannot be made without an address.
            if (word == Readiness.Ready) word = Look();
            last = (word, Stopwatch.GetTimestamp());
            return word;
        }
    }

    private string Look()
    {
        try
        {
            return services.GetRequiredService<LookAtHealth>().Run(new(ServingFramework.AspNetCore, services.GetRequiredService<JobFiles>())).Word;
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or TimeoutException)
        {
            // It was there a moment ago.
            return "database-unreachable";
        }
    }
}
