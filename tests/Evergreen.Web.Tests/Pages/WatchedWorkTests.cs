using System.Globalization;
using System.Net.ServerSentEvents;
using Evergreen.Application.Access;
using Evergreen.Application.Jobs;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Office.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Whoever watches long work may load the page again, sign out and come back, or have no script: the work goes on, and the page shows how far it is.</summary>
public sealed class WatchedWorkTests
{
    private DemoSite site = null!;

    [SetUp]
    public async Task Start() => site = await DemoSite.Start();

    [TearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task WorkGoesOnThroughReloadAndSignOutAndAPageWithoutScriptComesRoundByItself()
    {
        using var issue = new Brake(StatementJobs.Issue, "Drawing statements");
        await site.Restart(services =>
        {
            InMoreSteps(services);
            issue.On(services);
        });
        await using var context = await Browser.Chromium.NewContextAsync();
        await using var plain = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var (page, without) = (await SignedIn(context), await SignedIn(plain));

        await page.GotoAsync(new Uri(site.Address, "/office/grocery/statements/2025-1").ToString());
        await page.ClickAsync("form[action$='/issue'] button");
        await page.WaitForURLAsync("**/jobs/*");
        var job = page.Url;
        await Says(page, "[data-count]", " of ");
        var first = await page.InnerTextAsync("[data-count]");

        // Without script: the page stands as it is, and after a while it has come round.
        await without.GotoAsync(job);
        Assert.That(await without.InnerTextAsync("[data-count]"), Is.EqualTo(first));
        Assert.That(await without.Locator("noscript meta[http-equiv=refresh]").GetAttributeAsync("content"), Is.EqualTo("5"));

        await page.ReloadAsync();
        await Says(page, "[data-count]", first);
        await page.ClickAsync(".top details.menu > summary");
        await page.ClickAsync(".top form[action='/sign-out'] button");
        await page.WaitForURLAsync("**/sign-in**");
        issue.Next();
        await SignIn(page);
        await page.GotoAsync(job);
        await Says(page, "[data-state]", "Running");
        for (var look = 0; look < 200 && await page.InnerTextAsync("[data-count]") == first; look++) await page.WaitForTimeoutAsync(50);
        var later = await page.InnerTextAsync("[data-count]");
        Assert.That(later, Is.Not.EqualTo(first), "it went on while nobody was signed in");
        await Says(without, "[data-count]", later);

        // The last word of a job is its page, in both.
        issue.Release();
        await page.WaitForSelectorAsync("main .notice.success >> text=issued.");
        await without.WaitForSelectorAsync("main .notice.success >> text=issued.");
        Assert.That(await without.Locator("noscript").CountAsync(), Is.Zero);
        Assert.That(site.Site.Faults, Is.Empty);
    }

    /// <summary>The samples' members are drawn in one step; here two words come before it.</summary>
    private static void InMoreSteps(IServiceCollection services)
    {
        var found = services.Single(service => service.ImplementationInstance is JobKind { Name: StatementJobs.Issue });
        var real = (JobKind)found.ImplementationInstance!;
        services.Remove(found);
        services.AddSingleton(real with
        {
            Work = (books, task, voice, stop) =>
            {
                voice.Progress("Drawing statements", 1, 100);
                voice.Progress("Drawing statements", 2, 100);
                return real.Work(books, task, voice, stop);
            },
        });
    }

    private async Task<IPage> SignedIn(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await SignIn(page);
        return page;
    }

    private async Task SignIn(IPage page)
    {
        await page.GotoAsync(new Uri(site.Address, "/sign-in").ToString());
        await page.FillAsync("input[name=Mail]", DemoSite.MailOf(Role.Accountant));
        await page.FillAsync("input[name=Password]", site.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static Task Says(IPage page, string part, string text) => page.Locator(part, new PageLocatorOptions { HasText = text }).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>A stream that is taken up again begins after the line that the page had last.</summary>
    [TestCase(null, "", 3)]
    [TestCase("2", "", 1)]
    [TestCase(null, "?after=1", 2)]
    [TestCase("3", "?after=1", 0)]
    [TestCase("nonsense", "", 3)]
    public async Task StreamBeginsAfterWhatThePageHas(string? last, string query, int lines)
    {
        var id = await Finished();
        using var ana = await site.Enter(Role.Accountant);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/office/grocery/jobs/{id}/events{query}");
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        using var answer = await ana.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync()) events.Add(item);
        Assert.That(events.Select(item => item.EventType), Is.EqualTo(new[] { "message", "over" }));
        Assert.That(events[0].Data.Split("<li>").Length - 1, Is.EqualTo(lines), events[0].Data);
        Assert.That((events[0].EventId, events[0].Data.Contains("Done", StringComparison.Ordinal)), Is.EqualTo(("3", true)));
    }

    /// <summary>A job of three log lines, done.</summary>
    private async Task<int> Finished()
    {
        var coOp = site.Books.Read(db => db.CoOps.Single(one => one.Code == "grocery").Id);
        var kinds = new JobKinds(StatementJobs.Kinds);
        var id = new StartJob(site.Books, kinds).Run(new(StatementJobs.Issue, coOp, StatementJobs.SubjectOf("2025-1"), new StatementJobs.IssueOrder("grocery", "2025-1", PaperKind.Letter), "watched", "ana@demo.example")).Value.JobId;
        for (var look = 0; look < 1_200 && !site.Books.Read(db => db.Jobs.Single(job => job.Id == id).IsOver); look++) await Task.Delay(25);
        site.Books.Write<int>(false, db =>
        {
            db.JobLines.Add(new JobLine { JobId = id, No = 3, At = site.Books.Now, Text = "A third line." });
            return id;
        });
        return id;
    }

    /// <summary>Silence on the line looks like a broken one, so that something comes at least every fifteen seconds, whatever the work says.</summary>
    [Test]
    public async Task SomethingComesAtLeastEveryFifteenSecondsAlthoughNothingHappens()
    {
        var clock = new HandClock();
        var books = new Books(DatabaseAddress.Sqlite(site.Database), clock);
        var kinds = new JobKinds(StatementJobs.Kinds.Select(kind => kind with { Name = "test." + kind.Name }));
        var files = new JobFiles(Path.Combine(Path.GetTempPath(), "evergreen-no-files"));
        var worker = new WorkOnJobs(books, kinds, files, new("here", TimeSpan.FromDays(1), TimeSpan.FromDays(1)));
        var id = new StartJob(books, kinds).Run(new("test." + StatementJobs.Issue, null, "test", new { }, "silent", "ann")).Value.JobId;
        Assert.That(new TakeJob(books).Run(new("here", kinds.Names, TimeSpan.FromDays(1))).Value.Lease, Is.Not.Null);
        using var stop = new CancellationTokenSource();
        var events = new JobEvents(books, kinds, worker, page => Task.FromResult(page.Job.State.ToString())).Follow(id, null, 0, stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.That(await events.MoveNextAsync(), Is.True);
        for (var beats = 0; beats < 3; beats++)
        {
            var next = events.MoveNextAsync().AsTask();
            var since = clock.GetUtcNow();
            while (!next.IsCompleted && clock.GetUtcNow() - since < TimeSpan.FromMinutes(1)) await clock.Advance(TimeSpan.FromMilliseconds(500));
            Assert.That(await next, Is.True);
            Assert.That(clock.GetUtcNow() - since, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(15)));
        }
        await stop.CancelAsync();
        await events.DisposeAsync();
    }

    /// <summary>Goes on when a hand moves it.</summary>
    private sealed class HandClock : TimeProvider
    {
        private readonly List<Waiting> waiting = [];
        private DateTimeOffset now = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Waiting(this, () => callback(state), dueTime);
            lock (waiting) waiting.Add(timer);
            return timer;
        }

        /// <summary>Once somebody waits, for a moment at most: who waits for nobody would wait for ever.</summary>
        public async Task Advance(TimeSpan by)
        {
            for (var look = 0; look < 200 && Count() == 0; look++) await Task.Delay(1);
            now += by;
            List<Waiting> due;
            lock (waiting)
            {
                due = [.. waiting.Where(timer => timer.Due <= now)];
                waiting.RemoveAll(timer => due.Contains(timer));
            }
            foreach (var timer in due) timer.Ring();
        }

        private int Count()
        {
            lock (waiting) return waiting.Count;
        }

        private void Remove(Waiting timer)
        {
            lock (waiting) waiting.Remove(timer);
        }

        private sealed class Waiting(HandClock clock, Action ring, TimeSpan dueTime) : ITimer
        {
            public DateTimeOffset Due { get; } = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock.now + dueTime;

            public void Ring() => ring();

            public bool Change(TimeSpan due, TimeSpan period) => true;

            public void Dispose() => clock.Remove(this);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
