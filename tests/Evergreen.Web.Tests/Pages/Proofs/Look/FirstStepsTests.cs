using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Web.Access;
using Evergreen.Web.Mail;
using Evergreen.Web.Tests.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>Pages that are there only on the way to another: the set-up, the second factor, a member's welcome. Each is looked at as it comes, and as it comes back when nothing was filled in.</summary>
public sealed class FirstStepsTests
{
    private const string Password = "four plain words here";
    private readonly List<string> faults = [];

    [SetUp]
    public void Begin() => faults.Clear();

    [Test]
    public async Task SetUpAndSecondFactorCanBeUsedByEveryone()
    {
        var folder = Directory.CreateTempSubdirectory("evergreen-first-").FullName;
        Migrator.Run(DatabaseAddress.Sqlite(Path.Combine(folder, "books.db")));
        // As in a folder where nobody named the books, nor a way for mail: both are asked.
        var site = await RunningSite.Start(Path.Combine(folder, "books.db"), also: services => services.AddSingleton(provider => new BooksChoice(new ChosenBooks(folder), isOpen: true, provider.GetRequiredService<IHostApplicationLifetime>())), more: [$"--{MailSettings.FolderKey}="]);
        try
        {
            using var scope = site.Services.CreateScope();
            var code = scope.ServiceProvider.GetRequiredService<PrepareSetUp>().Run()!;
            await using var context = await Eyes.Window(site.Address, "");
            var page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(site.Address, "/set-up").ToString());
            // With what a server is asked for, and without a mouse: after a click the focus would be hidden.
            await page.EvaluateAsync("document.querySelector('main [name=Place][value=PostgreSql]').checked = true");
            Assert.That(await page.IsVisibleAsync("main [name=Host]"), Is.True);
            await Look(page);
            await page.EvaluateAsync("document.querySelector('main [name=Place][value=Sqlite]').checked = true");
            Assert.That(await page.IsVisibleAsync("main [name=Host]"), Is.False);
            await Step(page, ("Code", code));
            await Step(page, ("Name", "The Wash House"), ("Code", "wash-house"));
            await Step(page, ("DisplayName", "Ruth"), ("Mail", "ruth@wash-house.example"), ("Password", Password));
            await Look(page);
            await page.GotoAsync(new Uri(site.Address, "/account/authenticator?returnUrl=%2Faccount").ToString());
            await Look(page);
            await Press(page);
            var secret = GettingInTests.Unspell((await page.TextContentAsync("main dl code"))!);
            var step = TimeCode.StepAt(TimeProvider.System.GetUtcNow().UtcDateTime);
            await Step(page, ("Code", TimeCode.At(secret, step)));
            await Look(page);
            foreach (var path in (string[])["/account", "/account/second-factor", "/account/recovery-codes", "/account/authenticator/remove", "/account/passkey", "/office/wash-house", "/office/wash-house/settings/mail?first=true"])
            {
                await page.GotoAsync(new Uri(site.Address, path).ToString());
                await Look(page);
            }
            await context.ClearCookiesAsync();
            await page.GotoAsync(new Uri(site.Address, "/sign-in?returnUrl=%2Faccount").ToString());
            await Step(page, ("Mail", "ruth@wash-house.example"), ("Password", Password));
            await Step(page, ("Code", TimeCode.At(secret, step + 1)));
            Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/account"));
        }
        finally
        {
            await site.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
        foreach (var fault in faults) TestContext.Out.WriteLine($"fault: {fault}");
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task WelcomeCanBeUsedByEveryone()
    {
        await using var site = await DemoSite.Start();
        var code = new InviteMember(site.Books).Run(new("grocery", "1004", InvitationWay.Letter, "proof", "proof")).Value.Code;
        await using var context = await Eyes.Window(site.Address, "");
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(site.Address, $"/welcome?code={code}").ToString());
        await Step(page, ("Code", code), ("Number", "1004"));
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/welcome/account"));
        await Step(page, ("Mail", "cleo@example.org"), ("Password", Password));
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/my/grocery"));
        foreach (var fault in faults) TestContext.Out.WriteLine($"fault: {fault}");
        Assert.That(faults, Is.Empty);
    }

    /// <summary>The page as it is; sent with nothing in it; filled in and sent.</summary>
    private async Task Step(IPage page, params (string Name, string Value)[] answers)
    {
        await Look(page);
        foreach (var (name, _) in answers.Where(answer => answer.Value.Length > 0)) if (await page.IsVisibleAsync($"main [name={name}]")) await page.FillAsync($"main [name={name}]", "");
        await Press(page);
        faults.AddRange((await page.EvaluateAsync<string[]>("eyes.unexplained()")).Select(fault => $"{page.Url}: {fault}"));
        await Look(page);
        foreach (var (name, value) in answers) if (await page.IsVisibleAsync($"main [name={name}]")) await page.FillAsync($"main [name={name}]", value);
        await Press(page);
    }

    private static async Task Press(IPage page)
    {
        await page.EvaluateAsync("window.isLeft = true");
        await page.ClickAsync("main form .btn-primary");
        await page.WaitForFunctionAsync("() => !window.isLeft && document.readyState === 'complete'");
    }

    private async Task Look(IPage page) => faults.AddRange((await page.InEveryForm()).Select(fault => $"{page.Url}: {fault}"));
}
