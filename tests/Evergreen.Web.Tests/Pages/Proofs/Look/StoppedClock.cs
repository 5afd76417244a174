namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>The same day whenever a test runs: what is due, and what comes next, depends on it.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);
}
