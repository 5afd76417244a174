using System.Net;
using Evergreen.Application.Access;
using Evergreen.Domain.Jobs;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>The sample books with one of everything in them that a page can show: files under way, applications, documents, notes, kept filters, scenarios, invitations, jobs. Made once, through the pages.</summary>
[SetUpFixture]
public sealed class PreparedBooks
{
    private static string? folder;

    /// <summary>Never opened by a test.</summary>
    public static string Path => System.IO.Path.Combine(folder!, "evergreen.db");

    [OneTimeSetUp]
    public async Task Prepare()
    {
        folder = Directory.CreateTempSubdirectory("evergreen-prepared-").FullName;
        var site = await DemoSite.Start();
        await using (site)
        {
            await Fill(site);
            await site.Close();
            foreach (var file in Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(site.Database)!, "evergreen.db*")) File.Copy(file, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)));
            foreach (var shelf in Directory.EnumerateDirectories(System.IO.Path.GetDirectoryName(site.Database)!, "evergreen.db*")) DemoSite.CopyFolder(shelf, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(shelf)));
        }
    }

    [OneTimeTearDown]
    public void Drop()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }

    private static async Task Fill(DemoSite site)
    {
        var faults = new List<string>();
        var routes = Routes.Of(site);
        using var accountant = await site.Enter(Role.Accountant);
        using var administrator = await site.Enter(Role.Administrator);
        foreach (var coOp in (string[])["grocery", "laundry"])
        {
            var member = coOp == "grocery" ? "1001" : "0001";
            foreach (var path in (string[])
            [
                "members/applications/new", "members/applications/new", "members/applications/new", $"members/{member}/documents/add", $"members/{member}/note", $"members/{member}/tax-id", $"members/{member}/bank", "settings/people/invite", "settings/logo",
            ])
                await Send(administrator, $"/office/{coOp}/{path}");
            foreach (var committed in (bool[])[true, false, false])
            {
                var columns = await Send(administrator, $"/office/{coOp}/imports/new");
                var preview = await Send(administrator, columns);
                if (committed) await Send(administrator, preview, action => action.EndsWith("/commit", StringComparison.Ordinal));
            }
            await Send(administrator, $"/office/{coOp}/imports/new");
            await Send(accountant, $"/office/{coOp}/members?text=a", action => action.EndsWith("/filters", StringComparison.Ordinal));
            await Send(accountant, $"/office/{coOp}/statements/2025-1", action => action.EndsWith("/issue", StringComparison.Ordinal));
            await Send(accountant, $"/office/{coOp}/statements/2025-1", action => action.EndsWith("/notices", StringComparison.Ordinal));
            await Done(site);
            await Send(accountant, $"/office/{coOp}/dividends/runs/2025-1/reverse");
            await Send(accountant, $"/office/{coOp}/dividends/2025/what-if", action => action.EndsWith("/scenarios", StringComparison.Ordinal));
            await Send(accountant, $"/office/{coOp}/dividends/2025/what-if", action => action.EndsWith("/scenarios", StringComparison.Ordinal));
            await Send(accountant, $"/office/{coOp}/dividends/2025", action => action.EndsWith("/calculate", StringComparison.Ordinal));
        }
        await Send(administrator, "/office/grocery/members/applications/1", action => action.EndsWith("/decline", StringComparison.Ordinal));
        await Send(administrator, "/office/laundry/members/applications/1", action => action.EndsWith("/decline", StringComparison.Ordinal));
        Assert.That(faults.Concat(site.Site.Faults), Is.Empty);

        async Task<string> Send(HttpClient visitor, string page, Func<string, bool>? which = null)
        {
            var walk = await Walk.Through(routes, visitor, [page], each: 1, follow: false);
            var form = walk.Forms.FirstOrDefault(form => form.Action.StartsWith("/office", StringComparison.Ordinal) && (which?.Invoke(form.Action) ?? form.Action == page)) ?? null;
            if (form is null)
            {
                faults.Add($"{page} ({(int?)walk.Pages.FirstOrDefault()?.Status}) has no such form: {string.Join(", ", walk.Forms.Select(form => form.Action))} {(walk.Pages.Count > 0 ? string.Join(' ', walk.Pages[0].Html!.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : "")}");
                return "";
            }
            using var answer = await visitor.SendFilled(form, Interlocked.Increment(ref turn), site.Password);
            if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.OK)) faults.Add($"{page}: {(int)answer.StatusCode} {await Errors(answer)}");
            return answer.Headers.Location?.OriginalString ?? "";
        }
    }

    /// <summary>Waits until no work is under way.</summary>
    internal static async Task Done(DemoSite site)
    {
        for (var waited = 0; waited < 600 && site.Books.Read(db => db.Jobs.Any(job => (job.State == JobState.Queued || job.State == JobState.Running) && job.Owner != FullBooks.Elsewhere)); waited++) await Task.Delay(50);
    }

    private static int turn;

    internal static async Task<string> Errors(HttpResponseMessage answer)
    {
        var html = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        return string.Join(" | ", html.QuerySelectorAll(".error-summary li, .notice.error, h1").Select(item => string.Join(' ', item.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
    }
}
