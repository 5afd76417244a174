using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web.Tests.Access;
using Evergreen.Web.Tests.Cli;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Keyboard;

/// <summary>What the office does, with the keyboard alone: setting up, importing, a dividend from the close of the year to its approval by a second person.</summary>
public sealed class JourneyTests
{
    private const string Password = "four plain words here";

    private static async Task<KeyboardPerson> SitDown(Uri site, int width = 1280, int height = 900)
    {
        var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, AcceptDownloads = true });
        return new KeyboardPerson(await context.NewPageAsync(), site);
    }

    [Test]
    public async Task HouseIsSetUp()
    {
        var folder = Directory.CreateTempSubdirectory("evergreen-keyboard-").FullName;
        Migrator.Run(DatabaseAddress.Sqlite(Path.Combine(folder, "books.db")));
        var site = await RunningSite.Start(Path.Combine(folder, "books.db"));
        try
        {
            using var scope = site.Services.CreateScope();
            var code = scope.ServiceProvider.GetRequiredService<PrepareSetUp>().Run()!;
            var person = await SitDown(site.Address);
            await person.Open("/");
            await person.Follow("main form .btn-primary", "/set-up");
            await person.Type("[name=Code]", code);
            await person.Follow("main form .btn-primary", "/set-up/co-op");
            await person.Type("[name=Name]", "The Wash House");
            await person.Type("[name=Code]", "wash-house");
            await person.Choose("[name=Country]", "United K", "GB");
            await person.Choose("[name=Currency]", "Pound", "GBP");
            await person.Choose("[name=FiscalYearEndMonth]", "End of Mar", "3");
            await person.Follow("main form .btn-primary", "/set-up/you");
            await person.Type("[name=DisplayName]", "Ruth");
            await person.Type("[name=Mail]", "ruth@wash-house.example");
            await person.Type("[name=Password]", Password);
            await person.Follow("main form .btn-primary", "/account/second-factor");
            await person.Follow("main form[action='/account/authenticator/make'] button", "/account/authenticator");
            var secret = GettingInTests.Unspell((await person.Page.TextContentAsync("main dl code"))!);
            await person.Type("[name=Code]", TimeCode.At(secret, TimeCode.StepAt(TimeProvider.System.GetUtcNow().UtcDateTime)));
            await person.Follow("main form .btn-primary", "/account/authenticator");
            await person.Follow("main .actions a.btn-primary", "/office/wash-house/settings/mail");
            await person.Type("[name=ToAddress]", "ruth@wash-house.example");
            await person.Follow("main form .btn-primary", "/office/wash-house");
            await person.Follow(".top .tabs a[href$='/members']", "/office/wash-house/members");
            await person.Page.Context.DisposeAsync();
            Assert.That(Directory.GetFiles(RunningSite.MailFolder(Path.Combine(folder, "books.db"))), Is.Not.Empty);
        }
        finally
        {
            await site.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCase(1280, 900)]
    [TestCase(360, 740)]
    public async Task FileIsImported(int width, int height)
    {
        await using var site = await DemoSite.Start();
        var person = await SitDown(site.Address, width, height);
        await person.Open("/");
        await person.SignIn(DemoSite.MailOf(Role.Clerk), site.Password);
        await person.Follow("main a[href='/office/grocery']", "/office/grocery");
        await person.Follow(".top .tabs a[href$='/imports']", "/office/grocery/imports");
        await person.Reach(".top .brand");
        await person.GoBackAndForth(6);
        await person.Follow("main a[href$='/imports/new']", "/office/grocery/imports/new");
        await person.Follow("main form .btn-primary", "/office/grocery/imports/new");
        Assert.That(await person.Page.EvaluateAsync<bool>("document.activeElement.matches('.error-summary')"), Is.True, "without a file it comes back and says so");
        await person.Reach(".error-summary a");
        await person.Pick("Kind", "Purchases");
        await person.Type("[name=Source]", "side till");
        await person.Give("[name=File]", "till.csv", "source_id,member_number,purchased_on,amount,department,eligible,store\r\nK1,1001,2026-03-02,12.00,grocery,,main\r\nK2,1001,2026-13-02,1.00,,,\r\n");
        await person.Follow("main form .btn-primary", "/office/grocery/imports/drafts/{draft}/columns");
        await person.Follow("main form .btn-primary", "/office/grocery/imports/drafts/{draft}/preview");
        await person.Tick("[name=TakeGoodRows]");
        if (await person.Page.Locator("[name=Reason]").CountAsync() > 0) await person.Type("[name=Reason]", "a new till");
        await person.Follow("main form[action$='/commit'] .btn-primary", "/office/grocery/imports/{number}");
        Assert.That(await person.Page.InnerTextAsync("main"), Does.Contain("till.csv").And.Contain("Accepted"));
        await person.Page.Context.DisposeAsync();
    }

    [Test]
    public async Task DividendIsWorkedOutAndApprovedByASecondPerson()
    {
        using var office = new Cli.Office();
        CornerShop.WriteFiles(office);
        office.Done([.. CornerShop.Create, .. CornerShop.Ana]);
        office.Done(["import", "members", "members.csv", "--create-classes", .. CornerShop.Ana]);
        office.Done(["import", "equity", "equity.csv", "--expect-total", "100.00", .. CornerShop.Ana]);
        office.Done(["import", "hours", "hours.csv", .. CornerShop.Ana]);
        office.Done(["dividends", "policy", "2023", "--file", "policy.json", .. CornerShop.Ana]);
        await using var site = await DemoSite.Start(office.At("evergreen.db"));
        const string dividends = "/office/corner/dividends", run = $"{dividends}/runs/2023-1";

        var accountant = await SitDown(site.Address);
        await accountant.Open($"{dividends}");
        await accountant.SignIn(DemoSite.MailOf(Role.Accountant), site.Password);
        await accountant.Follow($"main a[href='{dividends}/2023']", $"{dividends}/2023");
        await accountant.Follow("main a[href$='/2023/close']", $"{dividends}/2023/close");
        await Line(0, "Sales", "1000.00");
        await Line(1, "Costs", "-900.00");
        await Line(2, "Interest", "5.00", "On idle reserves");
        await accountant.Follow("main button[value=check]", $"{dividends}/2023/close");
        Assert.That(await accountant.Page.InnerTextAsync("main .notice"), Does.Contain("105.00"));
        await accountant.Follow("main button[value=close]", $"{dividends}/2023");
        await accountant.Follow("main form[action$='/calculate'] button", run);
        await accountant.Follow($"main a[href='{run}/rehearsal']", $"{run}/rehearsal");
        while (await accountant.Page.Locator("form[action*='/rehearsal/']").CountAsync() > 0)
        {
            await accountant.Type("form[action*='/rehearsal/'] [name=note]", "looked at");
            await accountant.Follow("form[action*='/rehearsal/'] button", $"{run}/rehearsal");
        }
        await accountant.Follow("form[action$='/review'] button", $"{run}(/rehearsal)?");
        await accountant.Page.Context.DisposeAsync();

        var administrator = await SitDown(site.Address);
        await administrator.Open(run);
        await administrator.SignIn(DemoSite.MailOf(Role.Administrator), site.Password);
        await administrator.Follow($"main a[href='{run}/approve']", $"{run}/approve");
        await administrator.Type("[name=Resolution]", "2024/03");
        await administrator.Follow("main form .btn-primary", run);
        Assert.That(await administrator.Page.InnerTextAsync("main .steps"), Does.Contain("2024/03"));
        // The menu opens, is left, and closes; out of it one comes to the end of the session.
        await administrator.Reach(".top details.menu > summary");
        await administrator.Page.Keyboard.PressAsync("Enter");
        await administrator.Follow(".top form[action='/sign-out'] button", "/sign-in");
        await administrator.Page.Context.DisposeAsync();

        async Task Line(int place, string line, string amount, string? reason = null)
        {
            await accountant.Type($"[name='Lines[{place}].Line']", line);
            await accountant.Type($"[name='Lines[{place}].Amount']", amount);
            if (reason is null) return;
            await accountant.Choose($"[name='Lines[{place}].Sourced']", "Other", "nonpatronage");
            await accountant.Type($"[name='Lines[{place}].Reason']", reason);
        }
    }
}
