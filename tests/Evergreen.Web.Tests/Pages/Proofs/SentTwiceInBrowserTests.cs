using System.Text;
using Evergreen.Application.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>Impatience in a real browser, over a slow line, with the work that is really done: what moves money pressed twice, gone back to and sent once more, its answer loaded again; and its steps from two windows at once. Each does its work once. That every other form is sent once shows <see cref="PressedTwiceTests"/>.</summary>
public sealed class SentTwiceInBrowserTests
{
    private const int SlowBy = 60;

    private const string Mark = """
        ([action, page, answers]) => {
          const form = [...document.forms].find(one => one.method === "post" && (one.getAttribute("action") || page) === action && answers.every(([name]) => name === "_once" || name === "_token" || one.querySelector(`[name="${CSS.escape(name)}"]`)));
          if (!form) return false;
          for (const [name, value] of answers) {
            if (name === "_once" || name === "_token") continue;
            for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
              if (field.type === "checkbox" || field.type === "radio") field.checked = field.value === value;
              else if (field.type !== "hidden" && field.tagName !== "BUTTON") field.value = value;
            }
          }
          form.dataset.proof = "1";
          return true;
        }
        """;

    /// <summary>Pressed by hand, twice in one breath; a button that is folded away is pressed all the same.</summary>
    private const string PressTwice = """
        name => { const form = document.querySelector("form[data-proof]"); const button = [...form.querySelectorAll("button")].find(one => !name || one.name === name); button.click(); button.click(); }
        """;

    private static readonly string[] Switches = ["/office/{coop}/statements/tax-forms/{year}/exempt"];

    [Test]
    public async Task AFormThatIsPressedTwiceAndSentAgainDoesItsWorkOnce()
    {
        await using var site = await DemoSite.Start(PreparedBooks.Path);
        var routes = Routes.Of(site);
        var mail = DemoSite.MailOf(Role.Accountant);
        using var visitor = await site.EnterAs(mail);
        var walk = await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery"));
        var forms = walk.Forms.Where(form => form.Pattern.Contains("/dividends/", StringComparison.Ordinal) || form.Pattern.Contains("/statements/", StringComparison.Ordinal))
            .DistinctBy(form => form.Pattern).OrderBy(form => Course.Place(form.Pattern)).ToList();
        await using var context = await Browser.Chromium.NewContextAsync();
        var page = await SignedIn(site, context, mail);
        await context.RouteAsync("**/*", async route =>
        {
            if (route.Request.Method == "POST") await Task.Delay(SlowBy);
            await route.ContinueAsync();
        });
        using var log = ChangeLog.Of(site.Database);
        var (faults, worked, turn) = (new List<string>(), new List<string>(), 300);
        foreach (var form in forms)
        {
            var fields = Answers.Of(form, ++turn).Select(field => field.Value == "{password}" ? KeyValuePair.Create(field.Key, site.Password) : field).ToList();
            await Open(page, new Uri(site.Address, form.Page));
            if (!await Fill(page, form, fields, turn)) continue;
            log.Take();
            await Press(page, form);
            var first = SentTwiceTests.Counted(log);
            await Reload(page);
            faults.AddRange(Again("its answer loaded again"));
            await page.GoBackAsync(new PageGoBackOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
            // A file that is chosen anew may be another one under the same name; and a switch shows, to whoever comes back, how it stands now.
            if (!form.WithFiles && !Switches.Contains(form.Pattern) && await Fill(page, form, fields, turn))
            {
                await Press(page, form);
                faults.AddRange(Again("gone back to and sent again"));
            }
            var records = first.Where(change => change.Table == "AuditRecords").Select(change => string.Join('|', change.After.Where(column => column.Key is "Verb" or "Subject" or "Detail" or "Reason").Select(column => column.Value))).ToList();
            if (first.Count(change => change.Table == "SubmittedForms" && change.What == "new") > 1 || records.Count != records.Distinct().Count()) faults.Add($"{form.Pattern}, pressed twice: {string.Join("; ", first)}");
            if (first.Any(change => change.Table is not ("SubmittedForms" or "AuditRecords"))) worked.Add(form.Pattern);

            // That a form came which had nothing to do is no work.
            IEnumerable<string> Again(string how)
            {
                var changes = SentTwiceTests.Counted(log).Where(change => change.Table != "AuditRecords" || !SentTwiceTests.Repeats(change)).ToList();
                return changes.All(change => change.Table == "SubmittedForms") ? [] : changes.Select(change => $"{form.Pattern}, {how}: {change}");
            }
        }
        TestContext.Out.WriteLine($"proof: {worked.Count} of {forms.Count} forms did their work once");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(worked, Has.Count.GreaterThanOrEqualTo(5));
    }

    /// <summary>A job's page goes on to what came of it by itself, and then breaks off the loading that was asked for.</summary>
    private static async Task Reload(IPage page)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await page.ReloadAsync(new PageReloadOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
                return;
            }
            catch (PlaywrightException broken) when (attempt < 3 && broken.Message.Contains("ERR_ABORTED", StringComparison.Ordinal))
            {
                await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
            }
        }
    }

    [Test]
    public async Task GoneBackToAndSentAsItWasItIsTheSameWorkAndChangedItIsNewWork()
    {
        await using var site = await DemoSite.Start(PreparedBooks.Path);
        await using var context = await Browser.Chromium.NewContextAsync();
        var page = await SignedIn(site, context, DemoSite.MailOf(Role.Administrator));
        int Notes() => site.Books.Read(db => db.MemberNotes.Count());
        var before = Notes();
        const string Note = "/office/grocery/members/1001/note";
        await page.GotoAsync(new Uri(site.Address, Note).ToString());
        await Write("Called about the card");
        Assert.That(Notes(), Is.EqualTo(before + 1));
        await page.GoBackAsync();
        await Write("Called about the card");
        Assert.That((Notes(), new Uri(page.Url).AbsolutePath), Is.EqualTo((before + 1, "/office/grocery/members/1001")), "the same once more");
        await page.GoBackAsync();
        await Write("Called about the card, twice");
        Assert.That(Notes(), Is.EqualTo(before + 2), "changed, it is another note");

        async Task Write(string text)
        {
            await page.WaitForURLAsync($"**{Note}", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            await page.FillAsync("textarea", text);
            await page.ClickAsync("main form.narrow button, main form.form button");
            await page.WaitForURLAsync("**/members/1001", new() { WaitUntil = WaitUntilState.Commit });
        }
    }

    [Test]
    public async Task SentFromTwoWindowsThatWereOpenItIsTheSameWorkAndFromOneOpenedLaterItIsNewWork()
    {
        await using var site = await DemoSite.Start(PreparedBooks.Path);
        await using var context = await Browser.Chromium.NewContextAsync();
        var page = await SignedIn(site, context, DemoSite.MailOf(Role.Administrator));
        var other = await context.NewPageAsync();
        int Notes() => site.Books.Read(db => db.MemberNotes.Count());
        var before = Notes();
        var note = new Uri(site.Address, "/office/grocery/members/1001/note").ToString();
        foreach (var window in (IPage[])[page, other]) await window.GotoAsync(note);
        foreach (var window in (IPage[])[page, other])
        {
            await Write(window);
            Assert.That(Notes(), Is.EqualTo(before + 1));
        }
        await page.GotoAsync(note);
        await Write(page);
        Assert.That(Notes(), Is.EqualTo(before + 2), "whoever opens the form anew means it");

        static async Task Write(IPage window)
        {
            await window.FillAsync("textarea", "Called about the card");
            await window.ClickAsync("main form.narrow button, main form.form button");
            await window.WaitForURLAsync("**/members/1001", new() { WaitUntil = WaitUntilState.Commit });
        }
    }

    /// <summary>Without script nothing holds the second press back in the browser: the server alone does.</summary>
    [Test]
    public async Task WithoutScriptASecondPressIsHeldBackByTheServer()
    {
        await using var site = await DemoSite.Start(PreparedBooks.Path);
        var slow = new SlowAnswers();
        await site.Restart(services => services.Configure<MvcOptions>(mvc => mvc.Filters.Add(slow)));
        await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = await SignedIn(site, context, DemoSite.MailOf(Role.Administrator));
        var before = site.Books.Read(db => db.MemberNotes.Count());
        await page.GotoAsync(new Uri(site.Address, "/office/grocery/members/1001/note").ToString());
        await page.FillAsync("textarea", "Pressed twice without script");
        var start = slow.Waiting;
        var button = (await page.Locator("main form.form button").BoundingBoxAsync())!;
        // The mouse waits for nothing, as a hand does not.
        for (var press = 1; press <= 2; press++)
        {
            await page.Mouse.ClickAsync(button.X + button.Width / 2, button.Y + button.Height / 2);
            while (slow.Waiting < start + press) await Task.Delay(10);
        }
        await page.WaitForURLAsync("**/members/1001", new() { WaitUntil = WaitUntilState.Commit });
        Assert.That(slow.Waiting, Is.EqualTo(start + 2), "both presses came to the server");
        Assert.That(site.Books.Read(db => db.MemberNotes.Count()), Is.EqualTo(before + 1));
    }

    /// <summary>Holds back what a form is answered, after its work is done.</summary>
    private sealed class SlowAnswers : IAsyncResultFilter
    {
        private int waiting;

        public int Waiting => Volatile.Read(ref waiting);

        public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
        {
            if (HttpMethods.IsPost(context.HttpContext.Request.Method))
            {
                Interlocked.Increment(ref waiting);
                await Task.Delay(700);
            }
            await next();
        }
    }

    /// <summary>Two windows hold the same step, each with a key of its own; both press. The step is taken once, and the other is told how things stand.</summary>
    [Test]
    public async Task TheStepsOfARunAreTakenOnceFromTwoWindows()
    {
        await using var site = await DemoSite.Start(PreparedBooks.Path);
        const string Run = "/office/grocery/dividends/runs/2025-2";
        await using var anas = await Browser.Chromium.NewContextAsync();
        await using var joys = await Browser.Chromium.NewContextAsync();
        var (ana, joy) = (await SignedIn(site, anas, DemoSite.MailOf(Role.Accountant)), await SignedIn(site, joys, DemoSite.MailOf(Role.Administrator)));
        using var accountant = await site.Enter(Role.Accountant);
        var routes = Routes.Of(site);
        // What is unusual is signed off first, as it must be before the review.
        var walk = await Walk.Through(routes, accountant, [$"{Run}/rehearsal"], follow: false);
        foreach (var finding in walk.Forms.Where(form => form.Pattern.EndsWith("/rehearsal/{finding}", StringComparison.Ordinal))) (await accountant.SendFilled(finding, 1, site.Password)).Dispose();
        using var log = ChangeLog.Of(site.Database);
        foreach (var (who, path, action, table) in ((IPage, string, string, string)[])
        [
            (ana, $"{Run}/rehearsal", $"{Run}/review", "DividendReviews"), (joy, $"{Run}/approve", $"{Run}/approve", "DividendApprovals"), (ana, $"{Run}/post", $"{Run}/post", "DividendPostings"), (ana, $"{Run}/pay", $"{Run}/pay", "DividendPayments"),
        ])
        {
            var other = await who.Context.NewPageAsync();
            IPage[] windows = [who, other];
            foreach (var window in windows)
            {
                await window.GotoAsync(new Uri(site.Address, path).ToString());
                using var reader = await site.EnterAs(who == joy ? DemoSite.MailOf(Role.Administrator) : DemoSite.MailOf(Role.Accountant));
                var form = (await Walk.Through(routes, reader, [path], follow: false)).Forms.First(one => one.Action == action);
                Assert.That(await Fill(window, form, Answers.Of(form, 5), 5), Is.True, path);
            }
            log.Take();
            await Task.WhenAll(windows.Select(window => Press(window, null)));
            var changes = log.Take().Where(change => change.What == "new").ToList();
            Assert.That(changes.Count(change => change.Table == "AuditRecords" && change.After["Verb"].StartsWith("'dividend", StringComparison.Ordinal)), Is.EqualTo(1), $"{path}: {string.Join("; ", changes.Where(change => change.Table == "AuditRecords"))}");
            Assert.That(changes.Count(change => change.Table == table), Is.EqualTo(1), path);
            foreach (var window in windows) Assert.That(await window.InnerTextAsync("main"), Is.Not.Empty.And.Not.Contain("Something went wrong"), path);
            await other.CloseAsync();
        }
        Assert.That(site.Site.Faults, Is.Empty);
    }

    /// <summary>A page of a job that has come to its end loads itself again and may come between.</summary>
    private static async Task Open(IPage page, Uri address)
    {
        try
        {
            await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        }
        catch (PlaywrightException between) when (between.Message.Contains("ERR_ABORTED", StringComparison.Ordinal) || between.Message.Contains("interrupted", StringComparison.Ordinal))
        {
            await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        }
    }

    private static async Task<IPage> SignedIn(DemoSite site, IBrowserContext context, string mail)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(site.Address, "/sign-in").ToString());
        await page.FillAsync("input[name=Mail]", mail);
        await page.FillAsync("input[name=Password]", site.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }

    /// <returns>Whether the form is there.</returns>
    private static async Task<bool> Fill(IPage page, FoundForm form, IReadOnlyList<KeyValuePair<string, string>> answers, int turn)
    {
        if (!await page.EvaluateAsync<bool>(Mark, new object[] { form.Action, form.Page, answers.Where(answer => form.Fields.Any(field => field.Name == answer.Key)).Select(answer => new[] { answer.Key, answer.Value }).ToArray() })) return false;
        if (form.Fields.FirstOrDefault(field => field.Type == "file") is not { } file) return true;
        var logo = form.Pattern.EndsWith("/logo", StringComparison.Ordinal);
        await page.SetInputFilesAsync($"form[data-proof] input[name='{file.Name}']", new FilePayload
        {
            Name = logo ? "logo.png" : form.Pattern.Contains("/imports/", StringComparison.Ordinal) ? "till.csv" : "signed.pdf", MimeType = "application/octet-stream",
            Buffer = logo ? await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "books", "grocery", "logo.png"))
                : Encoding.UTF8.GetBytes(form.Pattern.Contains("/imports/", StringComparison.Ordinal) ? $"source_id,member_number,purchased_on,amount,department,eligible,store\r\nB{turn},1001,2026-11-03,1.00,,,\r\n" : $"%PDF-1.7 paper {turn}"),
        });
        return true;
    }

    /// <summary>Presses the marked form's button twice in one breath, and waits until the answer is there: a page, or a file beside this one.</summary>
    private static async Task Press(IPage page, FoundForm? form)
    {
        var posted = page.WaitForResponseAsync(response => response.Request.Method == "POST", new PageWaitForResponseOptions { Timeout = 20_000 });
        await page.EvaluateAsync(PressTwice, form?.Buttons.FirstOrDefault(button => button.Name.Length > 0).Name ?? "");
        var answer = await posted;
        var file = (await answer.AllHeadersAsync()).GetValueOrDefault("content-disposition", "").StartsWith("attachment", StringComparison.Ordinal);
        if (file) return;
        await page.WaitForSelectorAsync("form[data-proof]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Detached, Timeout = 20_000 });
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }
}
