using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Statements;
using Evergreen.Domain.Jobs;
using Evergreen.Domain.Members;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Long work as people see it in a real browser: a large file on its way into the books, and the statements of a run.</summary>
public sealed partial class LongWorkTests
{
    private const int Rows = 44_000;
    private DemoSite site = null!;
    private IBrowserContext context = null!;
    private IPage page = null!;

    [SetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { AcceptDownloads = true });
        // Over a slow line the scripts come one after another, and the page is followed all the same.
        await context.RouteAsync("**/hx-sse.js", async route =>
        {
            await Task.Delay(300);
            await route.ContinueAsync();
        });
        page = await context.NewPageAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await context.CloseAsync();
        await site.DisposeAsync();
    }

    [Test]
    public async Task ALargeFileGoesInBesideThePageAndCanBeStoppedAndOutlivesARestart()
    {
        using var check = new Brake(ImportJobs.Check, "Going through the rows");
        using var commit = new Brake(ImportJobs.Commit, "Going through the rows");
        await site.Restart(Slow);
        await SignIn(Role.Clerk);
        var before = Patronage();

        // Sent and mapped; the check is a job whose page follows it without being loaded again.
        await Open("/office/grocery/imports/new");
        await page.Locator("input[name=Kind][value=Purchases]").CheckAsync();
        await page.FillAsync("input[name=Source]", "old till");
        await page.SetInputFilesAsync("input[name=File]", new FilePayload { Name = "till.csv", MimeType = "text/csv", Buffer = File() });
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync("**/columns");
        await page.ClickAsync("main button:has-text('Keep this and check the file')");
        await page.WaitForURLAsync("**/jobs/*");
        await Expect("[data-stage]", text => text.Contains("Going through the rows", StringComparison.Ordinal));
        await page.EvaluateAsync("window.stayed = true");
        var seen = new List<int>();
        for (var step = 0; step < 3; step++)
        {
            check.Next(2);
            await Expect("[data-count]", text => Done(text) > seen.LastOrDefault());
            seen.Add(Done(await page.InnerTextAsync("[data-count]")));
        }
        Assert.That(await page.EvaluateAsync<bool>("window.stayed === true && document.querySelector('progress').value > 0"), Is.True, "the page was not loaded again");
        Assert.That(await page.EvaluateAsync<string>("document.cookie"), Is.Empty, "no script needs a cookie of its own");
        Assert.That(await page.EvaluateAsync<string>("document.head.querySelector('noscript').textContent"), Is.EqualTo("<meta http-equiv=\"refresh\" content=\"5\">"), "without scripts the page comes round by itself");

        // Stopped from the page, in the middle of its transaction: nothing of it is there, and who stopped it is written down.
        await page.ClickAsync("text=Stop this job");
        await page.WaitForSelectorAsync("text=This job was cancelled");
        Assert.That(Stored(), Is.EqualTo((JobState.Cancelled, DemoSite.MailOf(Role.Clerk))));
        Assert.That(site.Books.Read(db => db.AuditRecords.Count(record => record.Verb == "jobs.cancel")), Is.EqualTo(1));
        await page.ClickAsync("text=To the file");
        Assert.That(await page.InnerTextAsync("main"), Does.Contain("The file was not checked yet"));

        // Begun again, and the site stops and starts under it: the page waits, and the work is taken up.
        await page.ClickAsync("main form[action$='/check'] button");
        await page.WaitForURLAsync("**/jobs/*");
        check.Next(2);
        await Expect("[data-count]", text => Done(text) > 0);
        await page.EvaluateAsync("window.stayed = true");
        await site.Restart(Slow);
        Assert.That(Stored().State, Is.AnyOf(JobState.Queued, JobState.Running), "it was given back");
        await Expect("[data-log]", text => text.Contains("Taken up again.", StringComparison.Ordinal));
        Assert.That(await page.EvaluateAsync<bool>("window.stayed === true"), Is.True, "the stream was taken up by the same page");
        var log = await page.Locator("[data-log] li").AllInnerTextsAsync();
        Assert.That(log, Is.Unique.And.Some.Contains("The program stops; the work is taken up again."));
        check.Release();
        await page.WaitForSelectorAsync($"text={Number(Rows)} rows checked");
        Assert.That(Patronage(), Is.EqualTo(before), "checking keeps nothing");

        // Into the books, as a job of its own: how fast it goes and how long it may take is said while its one transaction is open, and stopped in it, it leaves nothing.
        await page.ClickAsync("text=To the file");
        await page.ClickAsync("text=Put it into the books");
        await page.WaitForURLAsync("**/jobs/*");
        commit.Next(2);
        await Expect("[data-left]", text => Pace().IsMatch(text));
        await page.ClickAsync("text=Stop this job");
        await page.WaitForSelectorAsync("text=This job was cancelled");
        Assert.That((Stored().State, Patronage()), Is.EqualTo((JobState.Cancelled, before)));
        await page.ClickAsync("text=To the file");
        commit.Release();
        await page.ClickAsync("text=Put it into the books");
        await page.WaitForURLAsync("**/jobs/*");
        await page.WaitForSelectorAsync("text=rows in the books, as import");
        Assert.That(Patronage() - before, Is.EqualTo(Rows));
        await page.ClickAsync("text=To the file");
        Assert.That(new Uri(page.Url).AbsolutePath, Does.Match("/imports/[0-9]+$"));
        Assert.That(await page.InnerTextAsync("main"), Does.Contain("till.csv").And.Contain(Number(Rows)));
        Assert.That(site.Site.Faults, Is.Empty);

        void Slow(IServiceCollection services)
        {
            check.On(services);
            commit.On(services);
        }
    }

    [Test]
    public async Task StatementsOfARunAreIssuedDownloadedPrintedAndTold()
    {
        // One at least takes a notice by mail; the others take paper.
        Assert.That(new RecordDeliveryChoice(site.Books).Run(new("grocery", "1001", DeliveryWay.Electronic, new DateOnly(2025, 1, 1), "joy@demo.example")).Refusal, Is.Null);
        var batch = new StatementBatchPage(site.Books).Run(new("grocery", "2025-1")).Value;
        Assert.That((batch.ByMail, batch.OnPaper), Is.EqualTo((Math.Max(batch.ByMail, 1), batch.Members - batch.ByMail)));
        await SignIn(Role.Accountant);

        await Open("/office/grocery/statements/2025-1");
        await Job("form[action$='/issue'] button", "issued.");
        await page.ClickAsync("text=The statements of run 2025-1");
        using (var zip = new ZipArchive(new MemoryStream(await Downloaded("text=All statements as a ZIP"))))
        {
            var manifest = Encoding.UTF8.GetString(await Bytes(zip.Entries.Single(entry => entry.Name == "manifest.json")));
            var pdfs = zip.Entries.Where(entry => entry.Name.EndsWith(".pdf", StringComparison.Ordinal)).ToList();
            Assert.That(pdfs, Has.Count.EqualTo(batch.Members));
            foreach (var pdf in pdfs.Take(3).Append(pdfs[^1])) Assert.That(manifest, Does.Contain(Convert.ToHexStringLower(SHA256.HashData(await Bytes(pdf)))), pdf.Name);
        }

        await Job("form[action$='/print-file'] button", $"{Number(batch.OnPaper)} statements on");
        await page.ClickAsync("text=The statements of run 2025-1");
        Assert.That((await Downloaded("text=The file for printing >> nth=-1")).AsSpan(0, 5).ToArray(), Is.EqualTo("%PDF-"u8.ToArray()));

        await Job("form[action$='/notices'] button", $"{Number(batch.ByMail)} {(batch.ByMail == 1 ? "member is" : "members are")} written to");
        await page.ClickAsync("text=The statements of run 2025-1");
        await Open("/office/grocery/statements/2025-1?shown=ByMail");
        Assert.That(await page.Locator("main table.ledger").Last.Locator("tbody tr").CountAsync(), Is.EqualTo(Math.Min(batch.ByMail, 50)));
        Assert.That(await page.InnerTextAsync("main"), Does.Match("1001[\\s\\S]+Notice by mail, [\\s\\S]+by ana@demo.example"));
        await Open("/office/grocery/statements/2025-1?shown=OnPaper");
        Assert.That(await page.Locator("main table.ledger").Last.InnerTextAsync(), Does.Match("Printed, [\\s\\S]+by ana@demo.example"));

        // What the page tells, as a file: each member once on paper, the one by mail.
        var received = Encoding.UTF8.GetString(await Downloaded("main p.no-print a >> text=CSV")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(received.Skip(1).Count(line => line.Contains(",Printed,", StringComparison.Ordinal)), Is.EqualTo(batch.OnPaper));
        Assert.That(site.Site.Faults, Is.Empty);
    }

    /// <summary>Presses a button that begins long work, and follows it to its end.</summary>
    private async Task Job(string button, string said)
    {
        await page.ClickAsync(button);
        await page.WaitForURLAsync("**/jobs/*");
        await page.WaitForSelectorAsync($"main .notice.success >> text={said}", new PageWaitForSelectorOptions { Timeout = 180_000 });
    }

    private async Task<byte[]> Downloaded(string link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(link));
        await using var file = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task<byte[]> Bytes(ZipArchiveEntry entry)
    {
        using var bytes = new MemoryStream();
        await using var content = await entry.OpenAsync();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private Task Open(string path) => page.GotoAsync(new Uri(site.Address, path).ToString());

    private async Task SignIn(Role role)
    {
        await Open("/sign-in");
        await page.FillAsync("input[name=Mail]", DemoSite.MailOf(role));
        await page.FillAsync("input[name=Password]", site.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Waits until the text of a part of the page is as it should be; it is not loaded again meanwhile.</summary>
    private async Task Expect(string part, Func<string, bool> right)
    {
        var text = "";
        for (var look = 0; look < 2_400; look++)
        {
            text = await page.InnerTextAsync(part);
            if (right(text)) return;
            await page.WaitForTimeoutAsync(50);
        }
        Assert.Fail($"{part} says: {text}");
    }

    [GeneratedRegex("^[0-9,]+ a minute, about [0-9]+ (second|seconds|minutes) left$")]
    private static partial Regex Pace();

    private static int Done(string count) => count.Contains(" of ", StringComparison.Ordinal) ? int.Parse(count.Split(" of ")[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 0;

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private (JobState State, string? By) Stored() => site.Books.Read(db => db.Jobs.OrderByDescending(job => job.Id).Select(job => new { job.State, job.CancelAskedBy }).AsEnumerable().Select(job => (job.State, job.CancelAskedBy)).First());

    private int Patronage() => site.Books.Read(db => db.Purchases.Count());

    private static byte[] File()
    {
        var csv = new StringBuilder("source_id,member_number,purchased_on,amount,department,eligible,store\r\n");
        for (var row = 0; row < Rows; row++) csv.Append(CultureInfo.InvariantCulture, $"receipt-of-the-old-till-{row:000000},{1001 + row % 100},2026-03-{1 + row % 28:00},{1 + row % 40}.50,grocery,,main\r\n");
        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}
