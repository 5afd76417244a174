using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Patronage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Pages;

/// <summary>A run that is too large for a page to wait for: calculated and posted beside it, stopped, taken up after a restart, and followed to its own page. An import that is taken back, the same.</summary>
public sealed class RunJobsTests
{
    private const string Dividends = "/office/grocery/dividends", Run = $"{Dividends}/runs/2025-2", Jobs = "/office/grocery/jobs";
    private DemoSite site = null!;

    [SetUp]
    public async Task Start() => site = await DemoSite.Start();

    [TearDown]
    public async Task Stop() => await site.DisposeAsync();

    /// <summary>A site whose pages wait for nothing.</summary>
    private static void InHaste(IServiceCollection services) => services.AddSingleton(new PromptWork.Patience(TimeSpan.Zero));

    private static async Task<string> Shown(HttpClient visitor, string page)
    {
        using var answer = await visitor.GetAsync(new Uri(page, UriKind.Relative));
        return (await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync())).QuerySelector("main")?.TextContent ?? $"{(int)answer.StatusCode} {answer.Headers.Location}";
    }

    private static async Task<string> Press(HttpClient visitor, string page, string action, params (string, string)[] fields)
    {
        using var answer = await visitor.SendTo(page, action, fields);
        return answer.Headers.Location?.OriginalString ?? $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    private static string Plain(string job) => job.Split('?')[0];

    private Job Newest() => site.Books.Read(db => db.Jobs.OrderByDescending(job => job.Id).First());

    private async Task<Job> Over()
    {
        for (var look = 0; look < 1_200 && !Newest().IsOver; look++) await Task.Delay(25);
        return Newest();
    }

    /// <summary>Until the brake holds the work.</summary>
    private static async Task Held(Brake brake, int reports)
    {
        for (var look = 0; look < 1_200 && brake.Reports < reports; look++) await Task.Delay(25);
        Assert.That(brake.Reports, Is.EqualTo(reports));
    }

    [Test]
    public async Task ALargeRunIsCalculatedAndPostedBesideThePageStoppedAndTakenUpAfterARestart()
    {
        Assert.That(new ReverseDividend(site.Books).Run(new("grocery", "2025-1", "ana@demo.example", "Wrong share in cash")).Refusal, Is.Null);
        using var calculating = new Brake(DividendJobs.Calculate, "Writing down");
        using var posting = new Brake(DividendJobs.Post, "Writing into the ledger");
        Action<IServiceCollection> slow = services =>
        {
            InHaste(services);
            calculating.On(services);
            posting.On(services);
        };
        await site.Restart(slow);
        using var ana = await site.Enter(Role.Accountant);

        // The page leads to the job; asked for again meanwhile it is that one, and the year says so.
        var job = await Press(ana, $"{Dividends}/2025", $"{Dividends}/2025/calculate");
        Assert.That(job, Does.Match($"^{Jobs}/[0-9]+\\?on=true$"));
        await Held(calculating, 1);
        Assert.That(await Press(ana, $"{Dividends}/2025", $"{Dividends}/2025/calculate"), Is.EqualTo(job));
        Assert.That(await Shown(ana, $"{Dividends}/2025"), Does.Contain("The dividend is being calculated."));
        Assert.That(await Shown(ana, job), Does.Contain("Writing down the members' amounts").And.Contain("Stop this job"));

        // Stopped in the middle of its transaction.
        await Press(ana, job, $"{Plain(job)}/cancel");
        Assert.That((await Over()).State, Is.EqualTo(JobState.Cancelled));
        Assert.That(await Shown(ana, job), Does.Contain("nothing was changed").And.Contain("To the year"));
        Assert.That(site.Books.Read(db => db.DividendRuns.Count(run => run.FiscalYear == 2025 && run.Number > 1)), Is.Zero);

        // Begun anew; the site stops and starts under it. It is done once, and its page leads on to the run.
        job = await Press(ana, $"{Dividends}/2025", $"{Dividends}/2025/calculate");
        await Held(calculating, 2);
        await site.Restart(slow);
        await Held(calculating, 3);
        calculating.Release();
        Assert.That((await Over()).State, Is.EqualTo(JobState.Done));
        using var back = await site.Enter(Role.Accountant);
        Assert.That(await Shown(back, job), Does.EndWith(Run));
        Assert.That(await Shown(back, Run), Does.Contain("Calculated").And.Contain("2025-2"));
        Assert.That(await Shown(back, Plain(job)), Does.Contain("Run 2025-2 is calculated. Nothing is in the ledger yet.").And.Contain("To run 2025-2").And.Contain("Taken up again."));

        // Posting: the same, and the ledger is as it was until all of it is there.
        Assert.That(new ApproveDividend(site.Books).Run(new("grocery", "2025-2", "joy@demo.example", "2026/9")).Refusal, Is.Null);
        var before = Ledger();
        job = await Press(back, $"{Run}/post", $"{Run}/post", ("On", "2026-11-02"));
        await Held(posting, 1);
        Assert.That(await Shown(back, Run), Does.Contain("This run is being posted."));
        await Press(back, job, $"{Plain(job)}/cancel");
        Assert.That((await Over()).State, Is.EqualTo(JobState.Cancelled));
        Assert.That(Ledger(), Is.EqualTo(before));
        job = await Press(back, $"{Run}/post", $"{Run}/post", ("On", "2026-11-02"));
        await Held(posting, 2);
        await site.Restart(slow);
        await Held(posting, 3);
        Assert.That(Ledger(), Is.EqualTo(before), "not a part of it");
        posting.Release();
        Assert.That((await Over()).State, Is.EqualTo(JobState.Done));
        var (entries, postings) = Ledger();
        Assert.That((entries > before.Entries, postings), Is.EqualTo((true, before.Postings + 1)));
        using var again = await site.Enter(Role.Accountant);
        Assert.That(await Shown(again, job), Does.EndWith(Run));
        Assert.That(await Shown(again, Run), Does.Contain("is in the ledger: entries"));
        Assert.That(site.Site.Faults, Is.Empty);
    }

    [Test]
    public async Task AnImportIsTakenBackBesideThePageStoppedAndTakenUpAfterARestart()
    {
        var file = new ImportFile("till.csv", () => new MemoryStream(Encoding.UTF8.GetBytes("source_id,member_number,purchased_on,amount,department,eligible,store\r\nU1,1001,2026-03-02,12.00,grocery,,main\r\nU2,1002,2026-03-03,8.00,grocery,,main\r\n")));
        var number = new ImportPurchases(site.Books).Run(new("grocery", file, "sam@demo.example") { Source = "another till", DespiteTotals = true }).Value.Number!.Value;
        string import = $"/office/grocery/imports/{number}", undo = $"{import}/undo";
        int Rows() => site.Books.Read(db => db.Purchases.Count(row => db.Imports.Any(one => one.Id == row.ImportId && one.Number == number)));
        using var taking = new Brake(ImportJobs.Withdraw, "Taking the rows");
        Action<IServiceCollection> slow = services =>
        {
            InHaste(services);
            taking.On(services);
        };
        await site.Restart(slow);
        using var sam = await site.Enter(Role.Clerk);
        using var ana = await site.Enter(Role.Accountant);

        // Two windows, both opened before anything was pressed: one job, to which both are led, and of which the import's page tells.
        Assert.That(await Shown(ana, undo), Does.Contain("2 rows are removed"));
        var open = await ana.Hidden(undo, undo);
        var job = await Press(sam, undo, undo, ("Reason", "the wrong till"));
        Assert.That(job, Does.Match($"^{Jobs}/[0-9]+\\?on=true$"));
        await Held(taking, 1);
        using (var fields = new FormUrlEncodedContent([.. open, KeyValuePair.Create("Reason", "not ours")]))
        using (var second = await ana.PostAsync(new Uri(undo, UriKind.Relative), fields))
            Assert.That(second.Headers.Location?.OriginalString, Is.EqualTo(job));
        Assert.That(await Shown(ana, undo), Does.EndWith(job));
        Assert.That(await Shown(ana, import), Does.Contain("This import is being taken back."));
        Assert.That(await Shown(sam, job), Does.Contain("Taking the rows out of the totals").And.Contain("Stop this job"));

        // Stopped in the middle of its transaction.
        await Press(sam, job, $"{Plain(job)}/cancel");
        Assert.That((await Over()).State, Is.EqualTo(JobState.Cancelled));
        Assert.That(await Shown(sam, job), Does.Contain("nothing was changed").And.Contain($"To import {number}"));
        Assert.That(Rows(), Is.EqualTo(2));

        // Begun anew; the site stops and starts under it. It is done once, under whoever pressed, and its page leads back to the import.
        job = await Press(sam, undo, undo, ("Reason", "the wrong till"));
        await Held(taking, 2);
        await site.Restart(slow);
        await Held(taking, 3);
        Assert.That(Rows(), Is.EqualTo(2), "not a part of it");
        taking.Release();
        Assert.That((await Over()).State, Is.EqualTo(JobState.Done));
        using var back = await site.Enter(Role.Clerk);
        Assert.That(await Shown(back, job), Does.EndWith(import));
        Assert.That(await Shown(back, import), Does.Contain("Withdrawn on").And.Contain("by sam@demo.example: the wrong till"));
        Assert.That(await Shown(back, Plain(job)), Does.Contain($"Import {number} is withdrawn: 2 rows removed").And.Contain("Taken up again."));
        Assert.That(await Shown(back, undo), Does.EndWith(import));
        Assert.That(Rows(), Is.Zero);
        Assert.That(site.Books.Read(db => db.AuditRecords.Where(record => record.Verb == "import.withdraw").Select(record => record.By + " " + record.From).ToList()), Is.EqualTo(new[] { $"sam@demo.example job {Newest().Id}" }));
        Assert.That(site.Site.Faults, Is.Empty);
    }

    private (int Entries, int Postings) Ledger() => site.Books.Read(db => (db.LedgerEntries.Count(), db.DividendPostings.Count()));

    [Test]
    public async Task WhatTheWorkIsRefusedForStandsOnThePageTheJobAndTheRun()
    {
        Assert.That(new ReverseDividend(site.Books).Run(new("grocery", "2025-1", "ana@demo.example", "Wrong share in cash")).Refusal, Is.Null);
        await site.Restart(services =>
        {
            foreach (var found in services.Where(service => service.ImplementationInstance is JobKind { Name: DividendJobs.Post or DividendJobs.Calculate or ImportJobs.Withdraw }).ToList())
            {
                var real = (JobKind)found.ImplementationInstance!;
                services.Remove(found);
                services.AddSingleton(real with { Work = (_, _, _, _) => real.Name == ImportJobs.Withdraw ? new Refusal("import-used", "Run 2025-1 used it. Reverse the run first: evergreen dividends reverse 2025-1") : new Refusal("accounts-moved", "The accounts have moved since.") });
            }
        });
        Assert.That(new CalculateDividend(site.Books).Run(new("grocery", 2025, "ana@demo.example")).Refusal, Is.Null);
        Assert.That(new ApproveDividend(site.Books).Run(new("grocery", "2025-2", "joy@demo.example", "2026/9")).Refusal, Is.Null);
        using var ana = await site.Enter(Role.Accountant);
        var before = Ledger();
        Assert.That(await Press(ana, $"{Run}/post", $"{Run}/post", ("On", "2026-11-02")), Does.StartWith("422").And.Contain("The accounts have moved since."));
        Assert.That(await Shown(ana, $"{Jobs}/{Newest().Id}"), Does.Contain("The accounts have moved since.").And.Contain("To run 2025-2"));
        Assert.That(await Shown(ana, Run), Does.Contain("The accounts have moved since. Nothing was changed."));
        Assert.That(await Press(ana, $"{Dividends}/2025", $"{Dividends}/2025/calculate"), Does.StartWith("409").And.Contain("The accounts have moved since."));
        Assert.That(await Shown(ana, $"{Dividends}/2025"), Does.Contain("The accounts have moved since. Nothing was changed."));

        var import = $"/office/grocery/imports/{site.Books.Read(db => db.Imports.Where(one => one.Kind == Evergreen.Domain.Imports.ImportKind.Purchases && one.WithdrawnAt == null).Max(one => one.Number))}";
        Assert.That(await Press(ana, $"{import}/undo", $"{import}/undo", ("Reason", "the wrong till")), Does.StartWith("422").And.Contain("Reverse the run first.").And.Not.Contain("evergreen dividends"));
        Assert.That(await Shown(ana, import), Does.Contain("Run 2025-1 used it. Reverse the run first. Nothing was taken back."));
        Assert.That(await Shown(ana, $"{Jobs}/{Newest().Id}"), Does.Contain("Run 2025-1 used it. Reverse the run first.").And.Contain("To import"));

        // What is known beforehand is said beside its field, and no work is begun for it.
        var jobs = site.Books.Read(db => db.Jobs.Count());
        Assert.That(await Press(ana, $"{Run}/post", $"{Run}/post", ("On", "2025-01-02")), Does.StartWith("422").And.Contain("On-error"));
        Assert.That(site.Books.Read(db => db.Jobs.Count()), Is.EqualTo(jobs));
        Assert.That(Ledger(), Is.EqualTo(before));
    }
}
