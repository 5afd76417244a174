using System.Diagnostics;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Members;
using Evergreen.Web.Tests.Pages;
using Evergreen.Web.Tests.Pages.Proofs;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Access;

/// <summary>How long an answer takes does not tell whether a name is known: at the door, at both kinds of mailed links, and where an invitation is opened.</summary>
/// <remarks>Asked in turns, a known one first and then an unknown one first, so that what the machine does besides falls on both alike. A thousand of each with EVERGREEN_LONG=1.</remarks>
public sealed class TimeTellsNothingTests
{
    private const string Known = "ruth@demo.example", Unknown = "rita@demo.example";

    /// <summary>The mean of the one may differ from the other's by so much of the mean.</summary>
    private const decimal Most = 0.05m;

    /// <summary>Every try is made on a day of its own: no wait for wrong tries comes in between.</summary>
    private sealed class Calendar : TimeProvider
    {
        private long ahead;

        public void NextDay() => Interlocked.Add(ref ahead, TimeSpan.FromHours(25).Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));
    }

    private readonly Calendar calendar = new();
    private DemoSite site = null!;
    private HttpClient visitor = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        // The password's rounds are most of what could tell.
        PasswordHash.HashWith(PasswordHash.Rounds);
        site = await DemoSite.Start(also: services => services.AddSingleton<TimeProvider>(calendar));
        visitor = site.Site.Visitor();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        visitor.Dispose();
        await site.DisposeAsync();
        DemoBooks.HashQuickly();
    }

    private static int Tries(int daily) => Environment.GetEnvironmentVariable("EVERGREEN_LONG") == "1" ? 1000 : daily;

    [Test]
    public Task SignIn() => Same("/sign-in", Tries(24), mail => [("Mail", mail), ("Password", "not the right words")], 422);

    [Test]
    public Task ForgottenPassword() => Same("/sign-in/forgotten", Tries(80), mail => [("Mail", mail)], 302);

    [Test]
    public Task LinkByMail() => Same("/sign-in/by-mail", Tries(80), mail => [("Mail", mail)], 302);

    [Test]
    public Task Invitation()
    {
        var code = "";
        return Same("/welcome", Tries(80), name => [("Code", name == Known ? code : "00000-00000-00000-00000-00000"), ("Number", "no such")], 422,
            () => code = new InviteMember(site.Books).Run(new("grocery", "1020", InvitationWay.Letter, "test", "test")).Value.Code);
    }

    [Test]
    public async Task WhatWouldTellIsSeen()
    {
        var (hashed, unhashed) = (new List<long>(), new List<long>());
        for (var i = 0; i < 5; i++)
        {
            calendar.NextDay();
            hashed.Add(await Ask("/sign-in", [("Mail", Known), ("Password", "not the right words")], 422));
            unhashed.Add(await Ask("/sign-in", [("Mail", Unknown), ("Password", "")], 422));
        }
        Assert.That(Difference(hashed, unhashed), Is.GreaterThan(Most));
    }

    private async Task Same(string page, int tries, Func<string, (string, string)[]> fields, int status, Action? before = null)
    {
        var apart = decimal.MaxValue;
        // Another program may have taken the machine for a while, and then for one of the two more than for the other: it is measured anew, with more tries. What would tell does so every time.
        for (var round = 1; round <= 5 && apart >= Most; round++, tries = tries * 3 / 2)
        {
            var (known, unknown) = (new List<long>(), new List<long>());
            for (var i = -4; i < tries; i++)
            {
                foreach (var name in i % 2 == 0 ? (string[])[Known, Unknown] : [Unknown, Known])
                {
                    calendar.NextDay();
                    before?.Invoke();
                    await Quiet();
                    var took = await Ask(page, fields(name), status);
                    if (i >= 0) (name == Known ? known : unknown).Add(took);
                }
            }
            apart = Difference(known, unknown);
            TestContext.Out.WriteLine($"proof: {page}: known {Say(known)}, unknown {Say(unknown)}, apart by {apart:P1} in {known.Count} tries of each");
        }
        Assert.That(apart, Is.LessThan(Most));
    }

    private async Task<long> Ask(string page, (string Name, string Value)[] fields, int status)
    {
        _ = await visitor.Token();
        var begin = Stopwatch.GetTimestamp();
        using var answer = await visitor.Post(page, fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var took = Stopwatch.GetTimestamp() - begin;
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), page);
        return took;
    }

    /// <summary>Until whoever answers the requests for links has done the last one, and its mail is written too: the work for a known one would fall on whoever is asked next.</summary>
    private async Task Quiet()
    {
        for (var waited = 0; waited < 1000 && site.Books.Read(Waits); waited++) await Task.Delay(2);
    }

    private static bool Waits(EvergreenDb db) =>
        db.Set<MailLinkRequest>().Any() || db.Set<MailLink>().Count() > db.AuditRecords.Count(entry => entry.Verb == "access.mail-link-sent");

    /// <summary>Of the mean of both, without the slower half of each: what the machine does besides can only add to the time, and what would tell a name from another is in the faster half too.</summary>
    private static decimal Difference(List<long> one, List<long> other) => Math.Abs(Mean(one) - Mean(other)) / ((Mean(one) + Mean(other)) / 2);

    private static decimal Mean(List<long> all) => (decimal)all.Order().Take(Math.Max(1, all.Count / 2)).Sum() / Math.Max(1, all.Count / 2);

    private static string Say(List<long> all) => $"{Mean(all) * 1000 / Stopwatch.Frequency:F2} ms";
}
