using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Tests.Storage;
using Evergreen.Web.Tests.Pages;

namespace Evergreen.Web.Tests.Api.Connect;

/// <summary>What the doors, and the libraries for sign-in and tokens behind them, ask of the books by themselves: every site of these tests translates it under SQL Server too, and would answer with a fault where that fails.</summary>
public sealed class StoresOnSqlServerTests
{
    [Test]
    public async Task WhatIsAskedWithoutAVerbIsTranslatedForSqlServerToo()
    {
        await using var site = await DemoSite.Start();
        using var ana = await site.Enter(Role.Accountant);
        using var till = await Tokens.ProgramOf(site.Site, "grocery", AppScopes.PurchasesRead);
        using var answer = await till.GetAsync(new Uri("/api/v1/purchases?member=1001", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        Assert.That((AlsoOnSqlServer.HasAsked<SiteKey>(), AlsoOnSqlServer.HasAsked<SignIn>(), AlsoOnSqlServer.HasAsked<App>(), AlsoOnSqlServer.HasAsked<AppToken>()), Is.EqualTo((true, true, true, true)));
        Assert.That(site.Site.Faults, Is.Empty);
    }
}
