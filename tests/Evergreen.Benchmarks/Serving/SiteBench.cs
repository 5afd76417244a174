using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Benchmarks.Measuring;
using Evergreen.Benchmarks.Stage;
using Evergreen.Benchmarks.Steps;
using Evergreen.Benchmarks.Workload;

namespace Evergreen.Benchmarks.Serving;

/// <summary>The site at full size: how long the staff's list of members and the search box keep people waiting while fifty requests come in a second, how many members see their first page, and how many receipts are taken.</summary>
internal sealed partial class SiteBench(Options options) : IDisposable
{
    /// <summary>Members who ask for their page at once, and tills that post at once.</summary>
    public const int MembersAtOnce = 64;

    private const int MostTried = 10_000, LinesEach = 10, StaffPerSecond = 50, StaffAtOnce = 16, WarmSeconds = 5;
    private readonly string folder = Directory.CreateDirectory(Path.Combine(options.WorkFolder, $"evergreen-site-{Environment.ProcessId}")).FullName;

    public IReadOnlyList<Finding> Run()
    {
        Wrk.Require();
        var findings = new List<Finding>();
        foreach (var members in options.Members)
        {
            var books = TrialDatabase.Create(options.Database, folder, $"site-{members}");
            try
            {
                Fill(books, members);
                using var site = ServedSite.Start(ServedSite.Evergreens, books);
                var cookie = SignIn(site, SeatDemoStaff.Staff.Single(person => person.Role == Role.Accountant).Mail);
                findings.Add(Waiting(site, members, "list of members, filtered and sorted: 99 of 100 answers", Lists(members), cookie, mostSeconds: 0.25));
                findings.Add(Waiting(site, members, "search box: 99 of 100 answers", Searches(members), cookie, mostSeconds: 0.3));
                if (members <= MostTried) findings.Add(Waiting(site, members, "what if, one accountant: 99 of 100 answers", WhatIfs(), cookie, mostSeconds: 0.3, atOnce: 1, perSecond: 5));
                using var plain = ServedSite.Start(ServedSite.Plain, books);
                findings.AddRange(Home(site, plain, members));
                findings.AddRange(Posts(site, plain, members));
            }
            finally
            {
                TrialDatabase.Drop(books, options.Database);
            }
        }
        return findings;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A register, a year of purchases and its posted dividend.</summary>
    private void Fill(DatabaseAddress books, int members)
    {
        CanonicalPurchases.Write(TrialCoOp.Warm.Journal, TrialCoOp.Warm.PurchasesPath(folder));
        var grocery = TrialCoOp.Grocery(members, LinesEach);
        CanonicalPurchases.Write(grocery.Journal, grocery.PurchasesPath(folder));
        foreach (var step in (string[])["prepare", "import", "close", "run"]) Child.Run(new Step(step, books, folder, members, LinesEach));
    }

    /// <summary>What the office asks of the list: by status, class, part of a name, a day, in every order, and further down.</summary>
    private static List<string> Lists(int members)
    {
        string[] filters = ["status=Active", "class=worker", "status=Active&class=customer", "email=no&status=Active", "missingTaxId=true&class=worker", "missingConsent=true", "asOf=2012-06-30&status=Active", "status=Left"];
        string[] sorts = ["number", "-number", "name", "-name", "joined", "-joined"];
        var paths = filters.SelectMany(filter => sorts.Select(sort => $"?{filter}&sort={sort}")).ToList();
        paths.AddRange(Enumerable.Range(1, 20).Select(one => $"?text={Number(one * members / 21)}&sort=name"));
        paths.AddRange(Enumerable.Range(1, 20).Select(one => $"?status=Active&sort=name&after={Uri.EscapeDataString($"{Number(one * members / 21)}\nMember M{one * members / 21:0000000}")}"));
        return [.. paths.Select(path => "/office/grocery/members" + path)];
    }

    /// <summary>Numbers, parts of names, several words, what nobody has, and the pages of the office.</summary>
    private static List<string> Searches(int members) =>
    [
        .. Enumerable.Range(1, 40).Select(one => $"/office/grocery/search?q={Number(one * members / 41)}"),
        .. Enumerable.Range(1, 20).Select(one => $"/office/grocery/search?q=m{one * members / 21:0000000}"),
        .. Enumerable.Range(1, 10).Select(one => $"/office/grocery/search?q={Uri.EscapeDataString($"member {Number(one * members / 11)}")}"),
        "/office/grocery/search?q=nobody-of-this-name", "/office/grocery/search?q=zzz", "/office/grocery/search?q=2025", "/office/grocery/search?q=register", "/office/grocery/search?q=member",
    ];

    /// <summary>The posted year under other settings, no two alike.</summary>
    private static List<string> WhatIfs() => [.. Enumerable.Range(20, 60).Select(cash => $"/office/grocery/dividends/{TillJournal.Year}/what-if?s.pools.shop.cash={cash}%25&s.collectiveReserve={cash / 2}%25")];

    private Finding Waiting(ServedSite site, int members, string what, IReadOnlyList<string> paths, string cookie, double mostSeconds, int atOnce = StaffAtOnce, int perSecond = StaffPerSecond)
    {
        Verify(site, paths, cookie);
        (string, string)[] requests = [.. paths.Select(path => (path, cookie))];
        Wrk.Run(site.Address, requests, atOnce, WarmSeconds, perSecond, folder);
        var load = Wrk.Run(site.Address, requests, atOnce, options.Seconds, perSecond, folder);
        Console.Error.WriteLine($"{what}, {members} members: {load.Text}");
        load.Bad.MustBe(0, $"bad answers ({what})");
        return new Finding(what, members, load.P99 / 1e6, mostSeconds, load.P99 / 1e6 / mostSeconds, 1, AtLeast: false, site.PeakMegabytes, load.Text) { MemoryCounts = false };
    }

    /// <summary>The signed-in member's first page, beside a bare page with one query.</summary>
    private IEnumerable<Finding> Home(ServedSite site, ServedSite plain, int members)
    {
        const string Home = "/my/grocery";
        (string, string)[] mine = [.. site.Welcomed.Mails.Select(mail => (Home, SignIn(site, mail)))];
        Verify(site, [Home], mine[0].Item2);
        (string, string)[] bare = [.. Enumerable.Range(1, MembersAtOnce).Select(one => (PlainSite.MemberPage + Number(one * members / (MembersAtOnce + 1)), ""))];
        Verify(plain, [.. bare.Select(request => request.Item1)], "");
        var (ours, theirs) = InTurns(() => Wrk.Run(site.Address, mine, MembersAtOnce, options.Seconds, null, folder), () => Wrk.Run(plain.Address, bare, MembersAtOnce, options.Seconds, null, folder));
        return Rates("a member's first page, 64 at once", members, ours, theirs, 0.3, leastPerSecond: options.Database == "sqlite" ? 500 : 400, mostSeconds: 0.15, site);
    }

    /// <summary>A receipt posted by a till, beside a bare keyed insert.</summary>
    private IEnumerable<Finding> Posts(ServedSite site, ServedSite plain, int members)
    {
        var token = Token(site);
        var go = 0;
        var (ours, theirs) = InTurns(() => Wrk.Post(site.Address, "/api/v1/purchases", token, $"r{++go}-", members, MembersAtOnce, options.Seconds, folder),
            () => Wrk.Post(plain.Address, PlainSite.Inserts, token, $"p{++go}-", members, MembersAtOnce, options.Seconds, folder));
        return Rates("receipts posted, 64 at once", members, ours, theirs, 0.5, leastPerSecond: 300, mostSeconds: 0.25, site);
    }

    /// <summary>Three rounds of each in turns after a round that does not count; the middle one of each.</summary>
    private static (Load Ours, Load Theirs) InTurns(Func<Load> ours, Func<Load> theirs)
    {
        ours();
        theirs();
        var rounds = Enumerable.Range(0, 3).Select(_ => (Ours: ours(), Theirs: theirs())).ToList();
        return (rounds.Select(round => round.Ours).OrderBy(load => load.PerSecond).ElementAt(1), rounds.Select(round => round.Theirs).OrderBy(load => load.PerSecond).ElementAt(1));
    }

    /// <summary>Beside what stands beside it, and by itself: how many a second, and how long 99 of 100 wait at most.</summary>
    private IEnumerable<Finding> Rates(string what, int members, Load ours, Load theirs, double required, double leastPerSecond, double mostSeconds, ServedSite site)
    {
        Console.Error.WriteLine($"{what}, {members} members: {ours.Text}");
        Console.Error.WriteLine($"beside it: {theirs.Text}");
        ours.Bad.MustBe(0, $"bad answers ({what})");
        theirs.Bad.MustBe(0, $"bad answers (beside {what})");
        var (each, p99) = (1 / ours.PerSecond, ours.P99 / 1e6);
        yield return new(what, members, each, 1 / theirs.PerSecond, ours.PerSecond / theirs.PerSecond, required, AtLeast: true, site.PeakMegabytes, $"{ours.Text}; beside: {theirs.Text}") { MemoryCounts = false };
        yield return new($"{what}: {leastPerSecond} a second", members, each, 1 / leastPerSecond, ours.PerSecond / leastPerSecond, 1, AtLeast: true, site.PeakMegabytes) { MemoryCounts = false };
        // On a server the figure is the rate alone: the server takes its part of the same processors.
        if (options.Database == "sqlite") yield return new($"{what}: 99 of 100 answers", members, p99, mostSeconds, p99 / mostSeconds, 1, AtLeast: false, site.PeakMegabytes) { MemoryCounts = false };
    }

    private static string Token(ServedSite site)
    {
        using var program = new HttpClient { BaseAddress = site.Address };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("client_id", site.Welcomed.Program), KeyValuePair.Create("client_secret", site.Welcomed.Secret)]);
        using var answer = program.PostAsync(new Uri("/connect/token", UriKind.Relative), form).Result;
        return JsonDocument.Parse(answer.Content.ReadAsStringAsync().Result).RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>Each address once: a fast wrong answer does not count.</summary>
    private static void Verify(ServedSite site, IReadOnlyList<string> paths, string cookie)
    {
        using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };
        if (cookie.Length > 0) visitor.DefaultRequestHeaders.Add("Cookie", cookie);
        foreach (var path in paths)
        {
            using var answer = visitor.Send(new HttpRequestMessage(HttpMethod.Get, path));
            using var text = new StreamReader(answer.Content.ReadAsStream());
            if (answer.StatusCode != HttpStatusCode.OK || !text.ReadToEnd().Contains("</html>", StringComparison.Ordinal)) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode}");
        }
    }

    /// <returns>The cookies of the session.</returns>
    private static string SignIn(ServedSite site, string mail)
    {
        var jar = new CookieContainer();
        using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = site.Address };
        var page = visitor.GetStringAsync(new Uri("/sign-in", UriKind.Relative)).Result;
        var hidden = HiddenFields().Matches(page).Select(tag => (Name: Attribute(tag.Value, "name"), Value: Attribute(tag.Value, "value"))).DistinctBy(field => field.Name).Where(field => field.Name is "_token" or "_once");
        using var form = new FormUrlEncodedContent([.. hidden.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("Mail", mail), KeyValuePair.Create("Password", site.Welcomed.Password)]);
        using var answer = visitor.PostAsync(new Uri("/sign-in", UriKind.Relative), form).Result;
        return answer.StatusCode == HttpStatusCode.Redirect ? jar.GetCookieHeader(site.Address) : throw new InvalidOperationException($"{mail} could not sign in: {(int)answer.StatusCode}");
    }

    private static string Attribute(string tag, string name) => WebUtility.HtmlDecode(Regex.Match(tag, $" {name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>", RegexOptions.None, 1_000)]
    private static partial Regex HiddenFields();
}
