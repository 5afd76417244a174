using System.Net;
using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Domain.CoOps;
using Evergreen.Web.Tests.Api.Connect;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>Every page in a real browser, filled, empty and refused; light and dark, on a desk and on a phone: axe finds nothing, nothing sticks out or is cut off, the focus can be seen, nothing is blocked by the policy or asked of another host, and the checker of HTML finds no error.</summary>
public sealed class LookTests
{
    private const string Ruth = "ruth@demo.example", Alma = "alma@demo.example", Alice = "alice@demo.example";

    /// <summary>Each page is opened by whoever comes first of those for whom it is there.</summary>
    private static readonly string?[] People = [DemoSite.MailOf(Role.Administrator), DemoSite.MailOf(Role.Accountant), Ruth, Alma, Alice, null];

    /// <summary>In a language of longer words: a member who works, and reads Spanish.</summary>
    private const string Jose = "jose@demo.example";
    private static readonly string[] Spanish =
    [
        "/my/laundry", "/my/laundry/account", "/my/laundry/what-if", "/my/laundry/dividends", "/my/laundry/dividends/2026", "/my/laundry/dividends/2026/rows?measure=hours", "/my/laundry/statements", "/my/laundry/glossary", "/my/laundry/me",
    ];

    /// <summary>Forms that take whatever is typed.</summary>
    private static readonly Dictionary<string, string> TakeAnything = new(StringComparer.Ordinal)
    {
        ["/office/{coop}/filters"] = "goes back to its list, which says what was wrong",
        ["/office/{coop}/members/{number}/sign-in/password"] = "a tick alone",
        ["/office/{coop}/settings/sign-in"] = "a tick alone",
    };

    /// <summary>Forms whose only field may be left empty.</summary>
    private static readonly string[] MayBeEmpty = ["/my/{coop}/me/data/erase", "/office/{coop}/dividends/runs/{run}/rehearsal/{finding}"];

    private DemoSite site = null!;
    private Routes routes = null!;

    [SetUp]
    public async Task Start()
    {
        site = await DemoSite.Start(PreparedBooks.Path);
        routes = Routes.Of(site);
        using var administrator = await site.Enter(Role.Administrator);
        using var accountant = await site.Enter(Role.Accountant);
        using var ruth = await site.EnterAs(Ruth);
        using var reported = await ruth.Send("/my/grocery/activity/reports/new?kind=Purchases", ("Kind", "Purchases"), ("On", "2026-01-05"), ("Amount", "12.34"), ("Receipt", "R-1"), ("Words", "It is not there."));
        Assert.That(reported.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        await Fill(administrator, "/office/grocery/settings/webhooks/new", null, ("Url", "https://hooks.invalid/events"), ("Events", "dividend.posted"));
        // One run is still in its rehearsal, the other waits for its approval.
        for (var more = true; more;) more = await Fill(accountant, "/office/laundry/dividends/runs/2025-2/rehearsal", "/rehearsal/");
        Assert.That(await Fill(accountant, "/office/laundry/dividends/runs/2025-2/rehearsal", "/review"), Is.True);
    }

    /// <returns>Whether the form was there.</returns>
    private async Task<bool> Fill(HttpClient visitor, string page, string? action = null, params (string Name, string Value)[] own)
    {
        var walk = await Walk.Through(routes, visitor, [page], each: 1, follow: false);
        if (walk.Forms.FirstOrDefault(form => action is null ? form.Action == page : form.Action.Contains($"{action}", StringComparison.Ordinal) && form.Action != page) is not { } form) return false;
        using var answer = await visitor.SendFilled(form, Random.Shared.Next(1_000, 9_000), site.Password, own);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect).Or.EqualTo(HttpStatusCode.OK), page);
        return true;
    }

    [TearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task EveryPageCanBeUsedByEveryone()
    {
        var exhibits = new Dictionary<string, Exhibit>(StringComparer.Ordinal);
        foreach (var mail in People)
        {
            using var visitor = await site.EnterAs(mail);
            var walk = await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery"));
            // Of two pages of one kind the fuller.
            foreach (var page in walk.Pages.Where(page => page is { Status: HttpStatusCode.OK, Html: not null } && !IsPart(page.Pattern)).OrderByDescending(page => page.Text.Length))
                exhibits.TryAdd(page.Pattern, new Exhibit(page.Address, mail) { Status = 200, Menus = !exhibits.Values.Any(other => other.Mail == mail) });
        }
        foreach (var (route, address, mail) in OffTheWay()) exhibits[route] = new Exhibit(address, mail) { Status = 200 };
        var files = await AddUnlinked(exhibits);
        var gallery = new Gallery(site);
        await gallery.Show([.. exhibits.Values, .. Spanish.Select(address => new Exhibit(address, Jose) { Status = 200 })]);
        using var administrator = await site.Enter(Role.Administrator);
        Assert.That(await Fill(administrator, "/office/laundry/dividends/runs/2025-2/approve"), Is.True);
        await gallery.Show([new("/office/laundry/dividends/runs/2025-2/post", DemoSite.MailOf(Role.Accountant)) { Status = 200 }]);
        TestContext.Out.WriteLine($"{gallery.Seen} pages looked at; not by a link: {string.Join(' ', exhibits.Where(one => one.Value.Note.Length > 0).Select(one => one.Key))}; no page of their own: {string.Join(' ', files)}");
        List<string> faults = [.. gallery.Faults, .. await HtmlChecker.Faults(gallery.Served)];
        foreach (var fault in faults) TestContext.Out.WriteLine($"fault: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(exhibits.Keys.Concat(files), Is.SupersetOf(Pages()));
        Assert.That(gallery.Seen, Is.GreaterThan(120));
    }

    /// <summary>What no link leads to is opened as its address has it; such a page may say that something is missing.</summary>
    /// <returns>The routes that answer with a file, with data, or with the way to another page.</returns>
    private async Task<List<string>> AddUnlinked(Dictionary<string, Exhibit> exhibits)
    {
        var none = new List<string>();
        foreach (var route in Pages().Except(exhibits.Keys).ToList())
        {
            var mail = route.StartsWith("/my", StringComparison.Ordinal) ? Ruth : route.StartsWith("/office", StringComparison.Ordinal) || route.StartsWith("/account", StringComparison.Ordinal) ? DemoSite.MailOf(Role.Administrator) : null;
            using var visitor = await site.EnterAs(mail);
            using var answer = await visitor.GetAsync(new Uri(Places.Fill(route), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") none.Add(route);
            else exhibits[route] = new Exhibit(Places.Fill(route), mail) { Note = "no link leads there" };
        }
        return none;
    }

    [Test]
    public async Task EmptyPageCanBeUsedByEveryone()
    {
        Found("bare");
        Found("hollow");
        var member = new EnrolMember(site.Books).Run(new("hollow", null, new Particulars { GivenName = "Nell", FamilyName = "New" }, [], new DateOnly(2026, 1, 2), "proof")).Value;
        site.Books.Write<int>(dryRun: false, db =>
        {
            var ruth = db.SignIns.Single(user => user.UserName == Ruth).Id;
            db.MemberSignIns.Add(new MemberSignIn { UserId = ruth, CoOpId = member.CoOpId, MemberId = member.Id, LinkedAt = site.Books.Now, LinkedBy = "proof" });
            db.RoleGrants.Add(new RoleGrant { UserId = ruth, CoOpId = member.CoOpId, Role = Role.Member, GrantedAt = site.Books.Now, GrantedBy = "proof" });
            return 1;
        });
        var exhibits = new Dictionary<string, Exhibit>(StringComparer.Ordinal);
        foreach (var (mail, coOp, below) in ((string, string, string)[])[(DemoSite.MailOf(Role.Administrator), "bare", "/office/bare"), (DemoSite.MailOf(Role.Accountant), "bare", "/office/bare"), (DemoSite.MailOf(Role.Administrator), "hollow", "/office/hollow/members/"), (Ruth, "hollow", "/my/hollow")])
        {
            using var visitor = await site.EnterAs(mail);
            var walk = await Walk.Through(routes, visitor, Walk.Starts(routes, coOp).Where(address => address.StartsWith($"/office/{coOp}", StringComparison.Ordinal) || address.StartsWith($"/my/{coOp}", StringComparison.Ordinal)), each: 1);
            foreach (var page in walk.Pages.Where(page => page.Html is not null && page.Status is HttpStatusCode.OK or HttpStatusCode.Conflict && page.Address.StartsWith(below, StringComparison.Ordinal) && !IsPart(page.Pattern)))
                exhibits.TryAdd($"{page.Pattern}{(page.Address.Contains('?', StringComparison.Ordinal) ? "?" : "")}", new Exhibit(page.Address, mail) { Status = (int)page.Status, Note = "empty" });
        }
        var gallery = new Gallery(site);
        await gallery.Show(exhibits.Values);
        TestContext.Out.WriteLine($"{gallery.Seen} empty pages looked at: {string.Join(' ', exhibits.Keys)}");
        List<string> faults = [.. gallery.Faults, .. await HtmlChecker.Faults(gallery.Served)];
        foreach (var fault in faults) TestContext.Out.WriteLine($"fault: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(gallery.Seen, Is.GreaterThan(60));
    }

    [Test]
    public async Task RefusedFormCanBeUsedByEveryone()
    {
        var (exhibits, silent, known) = (new List<Exhibit>(), new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var mail in (string?[])[null, Ruth, DemoSite.MailOf(Role.Accountant), DemoSite.MailOf(Role.Administrator)])
        {
            using var visitor = await site.EnterAs(mail);
            var walk = await Walk.Through(routes, visitor, [.. Walk.Starts(routes, "grocery"), .. OffTheWay().Where(page => page.Mail == mail).Select(page => page.Address)]);
            foreach (var form in walk.Forms.Where(form => form.Asks() && (mail is null || !Routes.AtTheDoor(form.Pattern))).OrderBy(form => Course.Place(form.Pattern)))
            {
                if (known.Contains(form.Pattern)) continue;
                if (await visitor.Spoil(form, MayBeEmpty.Contains(form.Pattern)) is not { } back) { silent.Add(form.Pattern); continue; }
                known.Add(form.Pattern);
                exhibits.Add(new Exhibit(form.Action, mail) { Answer = (back.Status, back.Html), Status = 422, Note = back.How });
            }
        }
        exhibits.AddRange(Troubles());
        silent.ExceptWith(known);
        TestContext.Out.WriteLine($"{exhibits.Count} pages of errors; taken whatever is typed: {string.Join(' ', silent)}");
        var gallery = new Gallery(site);
        await gallery.Show(exhibits);
        List<string> faults = [.. gallery.Faults, .. await HtmlChecker.Faults(gallery.Served)];
        foreach (var fault in faults) TestContext.Out.WriteLine($"fault: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(silent, Is.EqualTo(TakeAnything.Keys.Order(StringComparer.Ordinal)));
        Assert.That(gallery.Seen, Is.GreaterThan(60));
    }

    [Test]
    public async Task ErrorInAPageIsSeen()
    {
        var faults = await HtmlChecker.Faults([("good", "<!doctype html><html lang=\"en\"><head><title>Good</title></head><body><p>Good</p></body></html>"), ("bad", "<!doctype html><html lang=\"en\"><head><title>Bad</title></head><body><p id=\"a\">A</p><p id=\"a\">B</p></body></html>")]);
        Assert.That(faults, Has.Count.EqualTo(1));
        Assert.That(faults[0], Does.StartWith("bad: Duplicate ID"));
    }

    /// <summary>What is said when a page cannot be: not there, not allowed, broken.</summary>
    private static IEnumerable<Exhibit> Troubles() =>
    [
        new("/office/grocery/no-such-page", DemoSite.MailOf(Role.Administrator)) { Status = 404 }, new("/my/grocery/no-such-page", Ruth) { Status = 404 }, new("/no-such-page", null) { Status = 404 },
        new("/office/grocery/settings", DemoSite.MailOf(Role.Clerk)) { Status = 403 }, new("/office/grocery/dividends/runs/2025-1/approve", DemoSite.MailOf(Role.Accountant)) { Status = 409 },
        .. ((int[])[400, 409, 413, 429, 500]).Select(status => new Exhibit($"/trouble/{status}", status == 500 ? Ruth : null) { Status = status }),
    ];

    /// <summary>Pages to which only a letter, a mail or another program leads.</summary>
    private IEnumerable<(string Route, string Address, string? Mail)> OffTheWay()
    {
        var coOp = site.Books.Read(db => db.CoOps.Single(coOp => coOp.Code == "grocery").Id);
        var invited = new InvitePerson(site.Books).Run(new(coOp, $"guest-{Guid.NewGuid():N}@demo.example", "Guest", Role.Clerk, site.Books.Read(db => db.SignIns.Single(user => user.UserName == "joy@demo.example").Id), "joy@demo.example", "proof")).Value.Code;
        yield return ("/invitation", $"/invitation?code={invited}", null);
        var welcome = new InviteMember(site.Books).Run(new("grocery", "1004", InvitationWay.Letter, "proof", "proof")).Value.Code;
        yield return ("/welcome", $"/welcome?code={welcome}", null);
        yield return ("/office/{coop}/dividends/{year}/close", "/office/grocery/dividends/2020/close", DemoSite.MailOf(Role.Accountant));
        yield return ("/office/{coop}/dividends/runs/{run}/approve", "/office/laundry/dividends/runs/2025-2/approve", DemoSite.MailOf(Role.Administrator));
        yield return ("/connect/authorize", Purse.At(site).Ask(Purse.Pkce().Challenge), Ruth);
    }

    private IEnumerable<string> Pages() => site.Endpoints().Where(endpoint => endpoint.Method == "GET" && !Passing(endpoint.Route)).Select(endpoint => endpoint.Route);

    private void Found(string code) =>
        Assert.That(new CreateCoOp(site.Books).Run(new(code, code == "bare" ? "Bare Fields" : "Hollow Ways", "US", "USD", 12, TaxRegime.SubchapterT, "proof")).IsRefused, Is.False);

    private static bool Passing(string route) => route.StartsWith("/health", StringComparison.Ordinal) || route.StartsWith("/assets", StringComparison.Ordinal) || route.EndsWith("/events", StringComparison.Ordinal) || IsPart(route);

    /// <summary>What a page's script fetches to put into itself.</summary>
    private static bool IsPart(string route) => route.EndsWith("/what-if/figures", StringComparison.Ordinal);
}
