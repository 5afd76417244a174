using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>What a screen reader is told of ten pages, against what lies in the folder beside this file: a heading that is lost, a button without a name or a list that is none shows as a difference.</summary>
/// <remarks>With EVERGREEN_WRITE_TREES=1 they are written anew, to be read before they are kept. Days, moments and numbers of requests are left out.</remarks>
public sealed partial class TreesTests
{
    private const string Ruth = "ruth@demo.example";
    private static readonly (string Name, string Address, string? Mail)[] Pages =
    [
        ("sign-in", "/sign-in", null),
        ("stake", "/my/grocery", Ruth),
        ("explain", "/my/grocery/dividends/2025", Ruth),
        ("statements", "/my/grocery/statements", Ruth),
        ("me", "/my/grocery/me", Ruth),
        ("what-if", "/my/grocery/what-if", Ruth),
        ("overview", "/office/grocery", DemoSite.MailOf(Role.Accountant)),
        ("member", "/office/grocery/members/1001", DemoSite.MailOf(Role.Accountant)),
        ("run", "/office/grocery/dividends/runs/2025-1", DemoSite.MailOf(Role.Accountant)),
        ("import", "/office/grocery/imports/new", DemoSite.MailOf(Role.Accountant)),
    ];

    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start(also: services => services.AddSingleton<TimeProvider>(new StoppedClock()));

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task ScreenReaderIsToldWhatStandsInTheFolder()
    {
        var faults = new List<string>();
        foreach (var people in Pages.GroupBy(page => page.Mail))
        {
            using var visitor = await site.EnterAs(people.Key);
            await using var context = await Eyes.Window(site.Address, visitor.Cookies());
            var page = await context.NewPageAsync();
            foreach (var (name, address, _) in people)
            {
                await page.GotoAsync(new Uri(site.Address, address).ToString());
                var told = Steady(await page.Locator("body").AriaSnapshotAsync());
                if (Environment.GetEnvironmentVariable("EVERGREEN_WRITE_TREES") == "1") await File.WriteAllTextAsync(Path.Combine(Checkout(), "tests/Evergreen.Web.Tests/Pages/Proofs/Look/Trees", $"{name}.txt"), told);
                else if (Difference(await File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "Pages", "Proofs", "Look", "Trees", $"{name}.txt")), told) is { } fault) faults.Add($"{name}: {fault}");
            }
        }
        Assert.That(faults, Is.Empty);
    }

    private static string Steady(string tree) => Moment().Replace(Day().Replace(tree, "DAY"), "TIME") + "\n";

    private static string? Difference(string kept, string told)
    {
        var (before, now) = (kept.ReplaceLineEndings("\n").Split('\n'), told.ReplaceLineEndings("\n").Split('\n'));
        var at = Enumerable.Range(0, Math.Max(before.Length, now.Length)).FirstOrDefault(line => before.ElementAtOrDefault(line) != now.ElementAtOrDefault(line), -1);
        return at < 0 ? null : $"line {at + 1} was “{before.ElementAtOrDefault(at)?.Trim()}” and is “{now.ElementAtOrDefault(at)?.Trim()}”";
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Evergreen.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"\b([0-3]?[0-9] (January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-3]?[0-9],) 20[0-9]{2}\b|\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Day();

    [GeneratedRegex(@"\b[0-2]?[0-9]:[0-5][0-9]( ?[AP]M)?\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Moment();
}
