using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>What the overview says that the register lacks: as many as the members' list shows under the same filter.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class WhatIsMissingTests(TestDatabase databases)
{
    private static readonly DateOnly Joined = new(2025, 4, 1);
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    private void Found(string code, string country, string currency, TaxRegime regime) => Assert.That(new CreateCoOp(database.Books).Run(new(code, code, country, currency, 12, regime, "ann")).Refusal, Is.Null);

    private void Enrol(string coOp, string family, ConsentKind? consent = null) =>
        Assert.That(new EnrolMember(database.Books).Run(new(coOp, null, new Particulars { GivenName = "Ana", FamilyName = family }, [], Joined, "ann", consent, consent is null ? null : Joined)).Refusal, Is.Null);

    private (bool Everybody, long TaxNumbers, long Consents, bool Nothing) Missing(string coOp)
    {
        var missing = new WhatIsMissing(database.Books).Run(coOp).Value;
        return (missing.Everybody, missing.TaxNumbers, missing.Consents, missing.Nothing);
    }

    private long Listed(MemberFilter filter) => new MemberList(database.Books).Run(new("shop", filter)).Value.Count;

    [Test]
    public void ActiveMembersAreCountedAsTheirListCountsThem()
    {
        Found("shop", "US", "USD", TaxRegime.SubchapterT);
        Assert.That(Missing("shop"), Is.EqualTo((true, 0L, 0L, false)), "nobody is there yet");
        Enrol("shop", "Gómez", ConsentKind.Bylaw);
        Enrol("shop", "Li");
        Enrol("shop", "Ott");
        Assert.That(Missing("shop"), Is.EqualTo((false, 3L, 2L, false)));
        Assert.That(new ChangeStatus(database.Books).Run(new("shop", "0003", MemberStatus.Left, Joined.AddDays(1), "ann")).Refusal, Is.Null);
        Assert.That(Missing("shop"), Is.EqualTo((false, 2L, 1L, false)), "nothing is asked of whoever left");
        var active = new MemberFilter(null, MemberStatus.Active, null, null, MissingTaxId: true, MissingConsent: false, DateOnly.FromDateTime(database.Books.Now));
        Assert.That((Listed(active), Listed(active with { MissingTaxId = false, MissingConsent = true })), Is.EqualTo((2L, 1L)));
    }

    [Test]
    public void NothingIsMissingWhereTheLawAsksForNothing()
    {
        Found("society", "GB", "GBP", TaxRegime.UkRegisteredSociety);
        Enrol("society", "Gómez");
        Assert.That(Missing("society"), Is.EqualTo((false, 0L, 0L, true)));
        Assert.That(new WhatIsMissing(database.Books).Run("elsewhere").IsRefused, Is.True);
    }
}
