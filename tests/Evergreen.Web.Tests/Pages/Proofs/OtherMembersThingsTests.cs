using System.Net;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Routing;
using MimeKit;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>Between two members of one co-op: what belongs to the other is missing in the same words as what never was, over every route of the portal that names a thing, by path, query and form.</summary>
public sealed class OtherMembersThingsTests
{
    private const string Home = "/my/grocery", Owner = "alma@demo.example", OwnersNumber = "1017";
    private static readonly string[] Others = ["ruth@demo.example", "alice@demo.example", "leif@demo.example"];

    /// <summary>Parts of an address that every member has their own of: the year, and the run. There the answer is one's own.</summary>
    private static readonly HashSet<string> Everybodys = new(StringComparer.Ordinal) { "coop", "year", "run" };

    private DemoSite site = null!;
    private Routes routes = null!;
    private ChangeLog log = null!;

    /// <summary>Method and address of everything of the owner's that a page, a form or a mail named.</summary>
    private readonly List<(string Method, string Pattern, string Address)> things = [];
    private HashSet<string> marks = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start(PreparedBooks.Path);
        routes = Routes.Of(site);
        using var owner = await site.EnterAs(Owner);
        await Fill(owner);
        var walk = await Walk.Through(routes, owner, Walk.Starts(routes, "grocery"), each: 6);
        things.AddRange(walk.Named.SelectMany(named => named.Value.Select(address => (named.Key.Split(' ')[0], named.Key.Split(' ')[1], address))).Where(named => named.address.StartsWith(Home + "/", StringComparison.Ordinal)));
        var link = await Link("alma.new@example.org");
        things.AddRange(((string[])["GET", "POST"]).Select(method => (method, routes.Find(method, link)!.Value.Route.Pattern, link)));
        await Numbered();
        log = ChangeLog.Of(site.Database);
        marks = site.Books.Read(db =>
        {
            var member = db.Members.Single(one => one.Number == OwnersNumber && db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "grocery"));
            return new HashSet<string>([member.Name, member.Email ?? "-none-", member.AddressLine1 ?? "-none-", "words of the owner", "Bo of the owner", .. db.Purchases.Where(row => row.MemberId == member.Id).Select(row => row.SourceRef).ToList()], StringComparer.Ordinal);
        });
    }

    /// <summary>Until the announcements of what the owner did have their numbers, which another thread gives: else it would seem to be the doing of whoever asks next.</summary>
    private async Task Numbered()
    {
        for (var waited = 0; site.Books.Read(db => db.Set<Evergreen.Domain.Audit.Announcement>().Any(announcement => announcement.Sequence == null)); waited++)
        {
            Assert.That(waited, Is.LessThan(600), "the announcements stay without a number");
            await Task.Delay(50);
        }
    }

    /// <summary>One of everything that a member may have.</summary>
    private async Task Fill(HttpClient owner)
    {
        const string Report = $"{Home}/activity/reports/new";
        using var report = new MultipartFormDataContent();
        foreach (var (name, value) in await owner.Hidden($"{Report}?kind=Purchases", Report)) report.Add(new StringContent(value), name);
        foreach (var (name, value) in ((string, string)[])[("Kind", "Purchases"), ("On", "2026-01-05"), ("Amount", "12.34"), ("Receipt", "R-1"), ("Words", "words of the owner")]) report.Add(new StringContent(value), name);
        report.Add(new ByteArrayContent("%PDF-1.7 words of the owner"u8.ToArray()), "Photo", "receipt.pdf");
        await Sent(owner.PostAsync(new Uri(Report, UriKind.Relative), report));
        await Sent(owner.SendTo($"{Home}/me/beneficiary", $"{Home}/me/beneficiary", ("Name", "Bo of the owner"), ("Kinship", "Child"), ("Percent", "10")));
        await Sent(owner.SendTo($"{Home}/me/bank/change", $"{Home}/me/bank/change", ("Scheme", "ach"), ("Routing", "021000021"), ("Account", "1122334455"), ("AccountType", "checking")));
        await Sent(owner.SendTo($"{Home}/me/details", $"{Home}/me/details/mail", ("Address", "alma.new@example.org")));
        await Sent(owner.Send($"{Home}/me/leave", ("On", site.Books.Now.AddDays(40).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))));

        static async Task Sent(Task<HttpResponseMessage> sending)
        {
            using var answer = await sending;
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await PreparedBooks.Errors(answer));
        }
    }

    private async Task<string> Link(string to)
    {
        var mail = Directory.GetFiles(RunningSite.MailFolder(site.Database), "*.eml").Select(file => MimeMessage.Load(file)).Single(message => message.To.Mailboxes.Single().Address == to);
        return mail.TextBody![mail.TextBody!.IndexOf(Home, StringComparison.Ordinal)..].Split('\n')[0].Trim();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        log.Dispose();
        await site.DisposeAsync();
    }

    private List<(Routes.Route Route, string Part)> Naming() => [.. routes.All.Where(route => route.Endpoint.Metadata.GetMetadata<ForMemberAttribute>() is not null)
        .SelectMany(route => route.Endpoint.RoutePattern.Parameters.Where(part => !Everybodys.Contains(part.Name)).Select(part => (route, part.Name)))];

    [Test]
    public async Task WhatAnotherMemberHasIsMissingInTheSameWordsAsWhatNeverWas()
    {
        var faults = new List<string>();
        var asked = 0;
        foreach (var mail in Others)
        {
            using var other = await site.EnterAs(mail);
            foreach (var (route, part) in Naming())
            {
                var theirs = things.Where(thing => thing.Method == route.Method && thing.Pattern == route.Pattern).Select(thing => thing.Address).Distinct().ToList();
                if (theirs.Count == 0) faults.Add($"{route.Method} {route.Pattern}: nothing of the owner's was found to ask for");
                foreach (var address in theirs)
                {
                    asked++;
                    var value = routes.Find(route.Method, address)!.Value.Values[part]!.ToString()!;
                    var never = address.Replace($"/{value}", $"/{(part == "number" || part == "id" ? "999999" : new string('n', value.Length))}", StringComparison.Ordinal);
                    var (one, changed) = await Ask(other, route.Method, address);
                    var (nobodys, _) = await Ask(other, route.Method, never);
                    if (one != nobodys || !one.StartsWith("404", StringComparison.Ordinal) && !one.StartsWith("422", StringComparison.Ordinal) && part != "code") faults.Add($"{mail}: {route.Method} {address}: {one}\n   {never}: {nobodys}");
                    if (changed.Length > 0) faults.Add($"{mail}: {route.Method} {address} changed {changed}");
                }
            }
        }
        TestContext.Out.WriteLine($"proof: {asked} things of another member asked for");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(asked, Is.GreaterThanOrEqualTo(Others.Length * 6));
    }

    /// <summary>Whoever has a seat and guesses finds nothing and changes nothing, by any route of the portal that names a thing.</summary>
    [Test]
    public async Task GuessedNumbersAndNamesFindNothingForAMemberEither()
    {
        using var other = await site.EnterAs("ruth@demo.example");
        var (faults, asked) = (new List<string>(), 0);
        foreach (var guess in (string[])["0", "-1", "999999999", "99999999999999999999", "00000000000000000000000000000000", "%2e%2e%2fevergreen.db", "1%27%20OR%201=1--"])
            foreach (var route in routes.All.Where(route => route.Endpoint.Metadata.GetMetadata<ForMemberAttribute>() is not null))
                foreach (var part in route.Endpoint.RoutePattern.Parameters.Select(part => part.Name).Where(part => part != "coop"))
                {
                    var address = Places.Fill(route.Pattern.Replace($"{{{part}}}", guess, StringComparison.Ordinal));
                    var (said, changed) = await Ask(other, route.Method, address);
                    asked++;
                    // Whether a code in a mail is good is said on a page.
                    if (said[..3] is not ("400" or "404") && !(route.Method == "POST" && said.StartsWith("422", StringComparison.Ordinal)) && (part != "code" || said.StartsWith('5'))) faults.Add($"{route.Method} {address}: {said}");
                    if (changed.Length > 0) faults.Add($"{route.Method} {address} changed {changed}");
                }
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(asked, Is.GreaterThan(80));
    }

    [Test]
    public async Task NoQueryAndNoFieldOfAFormBringsUpAnotherMember()
    {
        var row = site.Books.Read(db => db.Purchases.Where(one => db.Members.Any(member => member.Id == one.MemberId && member.Number == OwnersNumber)).OrderBy(one => one.SourceRef).First());
        var id = site.Books.Read(db => db.Members.Single(one => one.Number == OwnersNumber && db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "grocery")).Id);
        string[] values = [OwnersNumber, id.ToString(System.Globalization.CultureInfo.InvariantCulture), row.SourceRef, row.SourceId.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        var faults = new List<string>();
        var (asked, sent) = (0, 0);
        using var other = await site.EnterAs("ruth@demo.example");
        foreach (var route in routes.All.Where(route => route.Method == "GET" && route.Endpoint.Metadata.GetMetadata<ForMemberAttribute>() is not null))
        {
            var names = OtherPeoplesThingsTests.Queries(route).Concat(["member", "number", "id", "memberId", "record"]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            foreach (var value in values)
            {
                var address = $"{Places.Fill(route.Pattern)}?{string.Join('&', names.Select(name => $"{name}={(name.Equals("kind", StringComparison.OrdinalIgnoreCase) ? "Purchases" : Uri.EscapeDataString(value))}"))}";
                using var answer = await other.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
                asked++;
                if (answer.StatusCode == HttpStatusCode.InternalServerError) faults.Add($"{address}: a fault");
                Shows(address, value, await answer.Content.ReadAsStringAsync());
            }
        }
        var walk = await Walk.Through(routes, other, Walk.Starts(routes, "grocery"), each: 1);
        foreach (var form in walk.Forms.Where(form => form.Action.StartsWith(Home, StringComparison.Ordinal)).DistinctBy(form => form.Pattern))
        {
            log.Take();
            var fields = Answers.Of(form, 60 + sent).Where(field => field.Key != "_once").ToList();
            foreach (var name in (string[])["MemberId", "Member", "Number", "number", "OwnerId", "AdultId", "CoOpId"]) if (fields.TrueForAll(field => field.Key != name)) fields.Add(KeyValuePair.Create(name, name.EndsWith("Id", StringComparison.Ordinal) ? values[1] : OwnersNumber));
            foreach (var (name, value) in ((string, string)[])[("Source", values[3]), ("Reference", values[2])]) if (fields.FindIndex(field => field.Key == name) is >= 0 and var at) fields[at] = KeyValuePair.Create(name, value);
            using var answer = await other.Post(form.Action, fields);
            sent++;
            if (answer.StatusCode == HttpStatusCode.InternalServerError) faults.Add($"{form.Action}: a fault");
            Shows(form.Action, "", await answer.Content.ReadAsStringAsync());
            faults.AddRange(log.Take().Where(change => Of(change, "MemberId") == values[1] || change.Table == "Members" && Of(change, "Id") == values[1]).Select(change => $"{form.Action} reached {change}"));
        }
        TestContext.Out.WriteLine($"proof: {asked} addresses asked for, {sent} forms sent");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(Math.Min(asked / 10, sent), Is.GreaterThan(6));

        void Shows(string where, string echo, string text)
        {
            if (marks.FirstOrDefault(mark => mark != echo && System.Text.RegularExpressions.Regex.IsMatch(text, $@"(?<![\w-]){System.Text.RegularExpressions.Regex.Escape(mark)}(?![\w-])", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5))) is { } mark) faults.Add($"{where} shows {mark}");
        }

        static string? Of(ChangeLog.Change change, string column) => (change.After.Count > 0 ? change.After : change.Before).GetValueOrDefault(column);
    }

    private async Task<(string Said, string Changed)> Ask(HttpClient other, string method, string address)
    {
        log.Take();
        using var answer = method == "POST" ? await other.Post(address, [KeyValuePair.Create("Reason", "none"), KeyValuePair.Create("On", "2026-11-02")]) : await other.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        var changed = string.Join("; ", log.Take().Where(change => change.Table is not ("SignInSessions" or "AuditRecords" or "Jobs" or "JobLines" or "Mails" or "SubmittedForms" or "SiteKeys")).Select(change => change.ToString()));
        var said = await answer.Said(address);
        return (said.Length > 400 ? said[..400] : said, changed);
    }
}
