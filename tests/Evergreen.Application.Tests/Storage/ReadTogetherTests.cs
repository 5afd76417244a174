using System.Collections.Concurrent;
using Evergreen.Application.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

public sealed class ReadTogetherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task WhoeverComesDuringALookSharesTheNextOne()
    {
        using var release = new SemaphoreSlim(0);
        using var begun = new SemaphoreSlim(0);
        var looks = 0;
        var together = new ReadTogether<string, int>(_ =>
        {
            var mine = Interlocked.Increment(ref looks);
            begun.Release();
            Assert.That(release.Wait(Patience));
            return mine;
        });
        var first = Task.Run(() => together.Ask("a"));
        Assert.That(await begun.WaitAsync(Patience));
        List<Task<int>> others = [.. Enumerable.Range(0, 20).Select(_ => together.Ask("a"))];
        release.Release();
        Assert.That(await first, Is.EqualTo(1));
        Assert.That(await begun.WaitAsync(Patience));
        Assert.That(others.Any(other => other.IsCompleted), Is.False, "the look that was under way is not theirs");
        var third = together.Ask("a");
        release.Release(2);
        Assert.That(await Task.WhenAll(others), Is.All.EqualTo(2));
        Assert.That((await third, looks), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task QuestionsThatDifferDoNotWaitForEachOther()
    {
        using var release = new SemaphoreSlim(0);
        var together = new ReadTogether<string, string>(asked =>
        {
            if (asked == "slow") Assert.That(release.Wait(Patience));
            return asked;
        });
        var slow = Task.Run(() => together.Ask("slow"));
        Assert.That(await Task.Run(() => together.Ask("quick")).WaitAsync(Patience), Is.EqualTo("quick"));
        release.Release();
        Assert.That(await slow, Is.EqualTo("slow"));
    }

    [Test]
    public async Task LookThatFailsFailsForThoseWhoSharedItAndNobodyElse()
    {
        var broken = true;
        var together = new ReadTogether<int, int>(asked => broken ? throw new InvalidOperationException("away") : asked);
        Assert.That(() => together.Ask(1), Throws.InvalidOperationException);
        broken = false;
        Assert.That(await together.Ask(1), Is.EqualTo(1));
    }

    /// <summary>What is told was true after it was asked: however many ask, nobody is told of a state from before.</summary>
    [Test]
    public async Task NobodyIsToldWhatWasTrueBeforeTheyAsked()
    {
        var now = 0;
        var together = new ReadTogether<string, int>(_ => Volatile.Read(ref now));
        var stale = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var before = Interlocked.Increment(ref now);
                var told = await together.Ask("a");
                if (told < before) stale.Add($"{told} < {before}");
            }
        })));
        Assert.That(stale, Is.Empty);
    }
}
