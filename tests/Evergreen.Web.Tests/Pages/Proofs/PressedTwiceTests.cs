using System.Collections.Concurrent;
using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Web.Layout;
using Evergreen.Web.Tests.Api.Connect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>
/// Every form that changes something, in a real browser: its button pressed and pressed again while the first sending is under way; then, once it is gone back to, sent by Enter in a field and pressed meanwhile. Each is sent once, and both times under the key that its page gave it.
/// What is sent is counted and answered before it comes to its page, so that nothing changes; that a key does its work once is shown by <see cref="SentTwiceTests"/> and <see cref="DoorsSentTwiceTests"/>.
/// </summary>
public sealed class PressedTwiceTests
{
    private const string Half = "half@pressed.example", Waiting = "waiting@pressed.example", Alice = "alice@demo.example", Run = "/office/laundry/dividends/runs/2025-2";

    /// <summary>Where each form leads that changes something, in the order of the page; empty for the others, and for those that ask for a passkey by themselves.</summary>
    private const string Forms = """
        () => [...document.forms].map(form => form.method === "post" && !form.dataset.passkey ? form.getAttribute("action") || location.pathname + location.search : "")
        """;

    /// <summary>
    /// Gets ready to press a form's button by hand, as Enter presses it too, once its first sending has come to the site, which answers when that is done. The page does it by itself: a browser takes no orders while it waits for the next page.
    /// </summary>
    /// <remarks>Where it is told so, nothing holds the second press back.</remarks>
    private const string PressAgain = """
        ([at, sent, free]) => {
          window.again = (async () => {
            const form = document.forms[at];
            await fetch(`/pressed?sent=${sent}`);
            if (free) delete form.dataset.sent;
            [...form.elements].find(one => one.type === "submit").click();
            await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
            if (free) await fetch(`/pressed?sent=${sent + 1}`);
            await fetch("/pressed?done=1");
          })();
        }
        """;

    private const string Press = """
        at => { [...document.forms[at].elements].find(one => one.type === "submit").click(); }
        """;

    /// <summary>Comes back to the page as it was left, and goes into the form's first field of one line; whether there is one.</summary>
    private const string ComeBack = """
        at => {
          dispatchEvent(new PageTransitionEvent("pageshow"));
          document.querySelectorAll("main details").forEach(one => { one.open = true; });
          const field = [...document.forms[at].elements].find(one => one.matches("input") && /^(text|email|tel|password|search|url|number)$/.test(one.type) && one.checkVisibility());
          field?.focus();
          return !!field && document.activeElement === field;
        }
        """;

    private static readonly string[] People = [DemoSite.MailOf(Role.Administrator), DemoSite.MailOf(Role.Accountant), "ruth@demo.example", "alma@demo.example"];

    /// <summary>Beyond the few pages of its kind that a walk sees.</summary>
    private static readonly string[] OffTheWay = ["/help/keys", "/office/grocery/dividends/runs/2024-1/reverse", "/office/laundry/dividends/runs/2024-1/reverse", "/office/laundry/dividends/runs/2026-1/reverse"];

    private readonly PostCounter counter = new();

    /// <summary>The routes that have a form and change something.</summary>
    private readonly HashSet<string> changing = new(StringComparer.Ordinal);
    private readonly HashSet<string> pressed = new(StringComparer.Ordinal);
    private readonly List<string> faults = [];
    private int entered;

    [Test]
    public async Task EveryFormIsSentOnceHoweverOftenItIsPressed()
    {
        var (books, starts) = await FullBooks.Ready();
        await using var site = await DemoSite.Start(books, services => services.AddSingleton<IStartupFilter>(counter));
        var routes = Routes.Of(site);
        changing.UnionWith(NotSent.Of(routes).Where(pattern => !NotSent.Because.TryGetValue(pattern, out var reason) || reason.HasForm));
        foreach (var mail in People)
        {
            using var visitor = await SentTwiceTests.Enter(site, mail);
            await PressAll(site.Site, routes, visitor, [.. starts, .. OffTheWay, .. Walk.Starts(routes, "grocery")], follow: true);
            // A run that was approved can be posted, and the accountant comes next.
            if (mail == People[0]) (await visitor.SendFilled((await Walk.Through(routes, visitor, [$"{Run}/approve"], follow: false)).Forms.First(form => form.Action == $"{Run}/approve"), 1, site.Password)).Dispose();
        }
        await PressDoors(site, routes);
        await using (var house = await NewHouse.Start(services => services.AddSingleton<IStartupFilter>(counter)))
        {
            foreach (var (page, fields) in house.Screens())
            {
                await PressAll(house.Site, routes, house.Ruth, [page]);
                (await house.Ruth.Send(page, fields)).Dispose();
            }
            await house.ShowSecondFactor();
            await PressAll(house.Site, routes, house.Ruth, ["/office/wash/settings/mail"]);
        }
        // What came late was counted all the same: a key is that of one form on one page, pressed and gone back to.
        faults.AddRange(counter.All.GroupBy(sent => sent.Key).Where(sent => sent.Key.Length != 22 || sent.Count() != 2).Select(sent => $"sent {sent.Count()} times and not twice, under the key '{sent.Key}': {string.Join(' ', sent.Select(one => one.Address).Distinct())}"));
        TestContext.Out.WriteLine($"proof: {pressed.Count} forms were pressed twice, in {entered} of them Enter too");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(counter.All.Select(sent => routes.Find("POST", sent.Address)!.Value.Route.Pattern).Distinct(), Is.EquivalentTo(changing), "the routes whose forms were pressed, and all that change something and have one");
        Assert.That(entered, Is.GreaterThan(50));
        await ASecondSendingIsCounted(site);
    }

    private async Task ASecondSendingIsCounted(DemoSite site)
    {
        using var visitor = await site.EnterAs(People[0]);
        await using var window = await Window(site.Site, visitor);
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(site.Address, "/office/grocery/members/1001/note").ToString());
        var at = Array.FindIndex(await page.EvaluateAsync<string[]>(Forms), action => action.EndsWith("/note", StringComparison.Ordinal));
        var before = counter.All.Count;
        await Twice(page, at, () => page.EvaluateAsync(Press, at), free: true);
        Assert.That(counter.All, Has.Count.EqualTo(before + 2));
    }

    /// <summary>What only a code leads to, or half a sign-in.</summary>
    private async Task PressDoors(DemoSite site, Routes routes)
    {
        const string Code = "a code of a mail";
        site.Books.Write<bool>(dryRun: false, db =>
        {
            var alice = db.SignIns.Single(one => one.UserName == Alice);
            db.Add(new MailLink { UserId = alice.Id, Kind = MailLinkKind.NewPassword, CodeDigest = SecretCode.Digest(Code), Stamp = alice.SecurityStamp ?? "", MadeAt = site.Books.Now });
            return true;
        });
        using (var stranger = site.Site.Visitor())
        {
            await Invite(site, stranger);
            await PressAll(site.Site, routes, stranger, ["/sign-in", "/sign-in/by-mail", "/sign-in/forgotten", "/sign-in/link?code=x", $"/sign-in/new-password?code={Uri.EscapeDataString(Code)}", "/invitation", "/welcome", "/welcome/account"]);
        }
        site.GiveAuthenticator(site.SeatWithoutSecondFactor(Half, "grocery"));
        using (var half = await site.EnterAs(Half)) await PressAll(site.Site, routes, half, ["/sign-in/code"]);
        site.SeatWithoutSecondFactor(Waiting, "grocery");
        using (var waiting = await site.EnterAs(Waiting))
        {
            (await waiting.SendTo("/account", "/account/authenticator/make")).Dispose();
            await Invite(site, waiting);
            await PressAll(site.Site, routes, waiting, ["/account/authenticator", "/account/passkey/remove?id=AQID", "/welcome/account", "/connect/end-session"]);
        }
        using var ruth = await site.EnterAs(People[2]);
        await PressAll(site.Site, routes, ruth, [Purse.At(site).Ask(Purse.Pkce().Challenge)]);
    }

    /// <summary>Shows the code of an invitation, whose member the browser then remembers.</summary>
    private static async Task Invite(DemoSite site, HttpClient visitor)
    {
        var code = new InviteMember(site.Books).Run(new("grocery", FullBooks.Invited, InvitationWay.Letter, "test", "test")).Value.Code;
        (await visitor.Send("/welcome", ("Code", code), ("Number", FullBooks.Invited))).Dispose();
    }

    private static async Task<IBrowserContext> Window(RunningSite site, HttpClient visitor)
    {
        var window = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ExtraHTTPHeaders = new Dictionary<string, string> { [PostCounter.Mark] = "1" } });
        await window.AddCookiesAsync(visitor.Cookies().Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(cookie => cookie.Split('=', 2)).Select(cookie => new Cookie { Name = cookie[0], Value = cookie[1], Url = site.Address.ToString() }));
        return window;
    }

    /// <summary>Presses every form that was not pressed yet, on as few pages as hold them all.</summary>
    private async Task PressAll(RunningSite site, Routes routes, HttpClient visitor, IReadOnlyList<string> starts, bool follow = false)
    {
        var walk = await Walk.Through(routes, visitor, starts, each: 2, follow);
        var due = walk.Forms.Where(form => IsDue(form.Pattern)).ToList();
        // A form that the few pages of its kind did not hold may stand on another of them.
        var elsewhere = walk.Named.Where(named => named.Key.StartsWith("GET ", StringComparison.Ordinal) && IsDue(named.Key[4..]) && !due.Exists(form => form.Pattern == named.Key[4..])).SelectMany(named => named.Value.Take(8));
        due.AddRange((await Walk.Through(routes, visitor, elsewhere, each: 8, follow: false)).Forms.Where(form => IsDue(form.Pattern)));
        await using var window = await Window(site, visitor);
        var page = await window.NewPageAsync();
        while (due.Count > 0)
        {
            var fullest = due.GroupBy(form => form.Page).MaxBy(forms => forms.Select(form => form.Pattern).Distinct().Count())!.Key;
            await PressOn(page, routes, new Uri(site.Address, fullest));
            due.RemoveAll(form => form.Page == fullest || pressed.Contains(form.Pattern));
        }

        bool IsDue(string pattern) => !pressed.Contains(pattern) && changing.Contains(pattern);
    }

    private async Task PressOn(IPage page, Routes routes, Uri address)
    {
        await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        var actions = await page.EvaluateAsync<string[]>(Forms);
        for (var at = 0; at < actions.Length; at++)
        {
            var form = at;
            if (actions[form].Length == 0 || routes.Find("POST", actions[form])?.Route.Pattern is not { } pattern || !pressed.Add(pattern)) continue;
            if (!await Twice(page, form, () => page.EvaluateAsync(Press, form))) faults.Add($"{actions[form]} on {address.PathAndQuery}: nothing was sent");
            var typed = await page.EvaluateAsync<bool>(ComeBack, form);
            if (typed) entered++;
            if (!await Twice(page, form, typed ? () => page.Keyboard.PressAsync("Enter") : () => page.EvaluateAsync(Press, form))) faults.Add($"{actions[form]} on {address.PathAndQuery}, gone back to: nothing was sent");
        }
    }

    /// <returns>Whether anything was sent.</returns>
    private async Task<bool> Twice(IPage page, int form, Func<Task> press, bool free = false)
    {
        var before = counter.All.Count;
        counter.Hold();
        await page.EvaluateAsync(PressAgain, new object[] { form, before + 1, free });
        await press();
        await page.EvaluateAsync("() => window.again");
        return counter.All.Count > before;
    }

    /// <summary>Stands before the site, counts what the browser sends, and answers that there is nothing to be shown, so that the page stays.</summary>
    private sealed class PostCounter : IStartupFilter
    {
        /// <summary>Sent with each request of the browser: what a test sends by itself goes through.</summary>
        public const string Mark = "X-Pressed";

        private readonly ConcurrentQueue<(string Address, string Key)> sent = new();
        private volatile TaskCompletionSource gate = new();

        public IReadOnlyCollection<(string Address, string Key)> All => sent;

        public void Hold() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        private async Task Answer(HttpRequest request)
        {
            if (request.Query.ContainsKey("done")) gate.TrySetResult();
            else for (var waited = 0; sent.Count < int.Parse(request.Query["sent"]!, CultureInfo.InvariantCulture) && waited < 1_000; waited++) await Task.Delay(5);
        }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (HttpContext context, RequestDelegate go) =>
            {
                var (request, asked) = (context.Request, context.Request.Path == "/pressed");
                if (!asked && !HttpMethods.IsPost(request.Method) || !request.Headers.ContainsKey(Mark))
                {
                    await go(context);
                    return;
                }
                if (asked) await Answer(request);
                else
                {
                    var form = await request.ReadFormAsync(context.RequestAborted);
                    sent.Enqueue((request.Path + request.QueryString, form[OnceFilter.FieldName].ToString()));
                    await gate.Task;
                }
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            });
            next(app);
        };
    }
}
