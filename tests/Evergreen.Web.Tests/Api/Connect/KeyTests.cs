using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Web.Api.Connect;
using Evergreen.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Evergreen.Web.Tests.Api.Connect;

/// <summary>The provider's keys: kept, replaced, and no others.</summary>
public sealed class KeyTests
{
    [Test]
    public async Task OldKeyVerifiesUntilItsEnd()
    {
        await using var site = await DemoSite.Start();
        var keys = site.Site.Services.GetRequiredService<ConnectKeys>();
        var old = await Tokens.TokenFor(site.Site, "grocery", AppScopes.PurchasesRead);
        var oldKey = ProgramTests.Parts(old).Header.GetProperty("kid").GetString();
        var newKey = new RotateConnectKeys(site.Books, site.Site.Services.GetRequiredService<SealingKeys>()).Run("test").Value;
        keys.Refresh(now: true);
        var fresh = await Tokens.TokenFor(site.Site, "grocery", AppScopes.PurchasesRead);
        Assert.That(ProgramTests.Parts(fresh).Header.GetProperty("kid").GetString(), Is.EqualTo(newKey), "the new one signs");
        Assert.That(await Published(site), Is.EquivalentTo([oldKey, newKey]));
        Assert.That((await Purse.Api(site.Site, old)).Status, Is.EqualTo(200), "the old one verifies");
        site.Books.Write<bool>(false, db => { db.ConnectKeys.Single(key => key.KeyId == oldKey).EndsAt = site.Books.Now; return true; });
        keys.Refresh(now: true);
        Assert.That(await Published(site), Is.EqualTo([newKey]));
        Assert.That(await Purse.Api(site.Site, old), Is.EqualTo((401, "token-invalid")), "until its end");
        Assert.That((await Purse.Api(site.Site, fresh)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task TokenThatWasShownBeforeOpensNothingOnceItHasRunOut()
    {
        var clock = new AheadOfTime();
        await using var site = await DemoSite.Start(also: services => services.AddSingleton<TimeProvider>(clock));
        var token = await Tokens.TokenFor(site.Site, "grocery", AppScopes.PurchasesRead);
        for (var i = 0; i < 2; i++) Assert.That((await Purse.Api(site.Site, token)).Status, Is.EqualTo(200));
        clock.Ahead = TokenLives.Access - TimeSpan.FromMinutes(1);
        Assert.That((await Purse.Api(site.Site, token)).Status, Is.EqualTo(200));
        clock.Ahead = TokenLives.Access + TimeSpan.FromMinutes(6);
        for (var i = 0; i < 2; i++) Assert.That(await Purse.Api(site.Site, token), Is.EqualTo((401, "token-invalid")));
    }

    private sealed class AheadOfTime : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    [Test]
    public async Task TokensOutliveARestart()
    {
        await using var site = await DemoSite.Start();
        using var person = await site.EnterAs("ruth@demo.example");
        var purse = Purse.At(site);
        var tokens = await purse.Tokens(person);
        await site.Restart();
        Assert.That((await Purse.Api(site.Site, Purse.Access(tokens))).Status, Is.EqualTo(200));
        using var visitor = site.Site.Visitor();
        var (status, answer) = await visitor.Exchange(("grant_type", "refresh_token"), ("client_id", purse.App.ClientId), ("refresh_token", Purse.Renewing(tokens)));
        Assert.That(status, Is.EqualTo(200), answer.ToString());
    }

    [Test]
    public async Task WhatAPersonGaveOutlivesTheReplacingOfTheKeys()
    {
        await using var site = await DemoSite.Start();
        using var person = await site.EnterAs("ruth@demo.example");
        var purse = Purse.At(site);
        var (verifier, challenge) = Purse.Pkce();
        var (tokens, code) = (await purse.Tokens(person), await purse.LetIn(person, challenge));
        var newKey = new RotateConnectKeys(site.Books, site.Site.Services.GetRequiredService<SealingKeys>()).Run("test").Value;
        site.Site.Services.GetRequiredService<ConnectKeys>().Refresh(now: true);
        Assert.That((await Purse.Api(site.Site, Purse.Access(tokens))).Status, Is.EqualTo(200));
        Assert.That((await purse.Redeem(code, verifier)).Status, Is.EqualTo(200), "a code that was on its way");
        var (status, renewed) = await purse.Refresh(Purse.Renewing(tokens));
        Assert.That((status, ProgramTests.Parts(Purse.Access(renewed)).Header.GetProperty("kid").GetString()), Is.EqualTo((200, newKey)));
        using var left = await person.SendTo($"/connect/end-session?id_token_hint={tokens.GetProperty("id_token").GetString()}&post_logout_redirect_uri={Uri.EscapeDataString(Purse.Bye)}", "/connect/end-session");
        Assert.That(left.Headers.Location!.OriginalString, Does.StartWith(Purse.Bye), "an id token of the old key still names its app");
    }

    [Test]
    public async Task SiteRefusesToStartWithKeysThatAreNotKept()
    {
        var folder = Directory.CreateTempSubdirectory("evergreen-keys-").FullName;
        var database = Path.Combine(folder, "evergreen.db");
        Migrator.Run(DatabaseAddress.Sqlite(database));
        foreach (var also in (Action<IServiceCollection>[])[
            services => services.AddOpenIddict().AddServer(server => server.AddEphemeralSigningKey()),
            services => services.AddOpenIddict().AddServer(server => server.AddEphemeralEncryptionKey())])
        {
            var fault = await Assert.CatchAsync(async () => { await using var site = await RunningSite.Start(database, also: also); });
            Assert.That(fault, Is.InstanceOf<OptionsValidationException>().With.Message.Contains("not kept in the books"));
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<IReadOnlyList<string?>> Published(DemoSite site)
    {
        using var visitor = site.Site.Visitor();
        return [.. JsonDocument.Parse(await visitor.GetStringAsync(new Uri("/.well-known/jwks", UriKind.Relative))).RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString())];
    }
}
