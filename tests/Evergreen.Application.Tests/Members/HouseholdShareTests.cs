using Evergreen.Application.Members;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>What the second adult of a household sees of the account: what its primary owner allows, from the next page on and no longer.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class HouseholdShareTests(TestDatabase databases)
{
    private static readonly DateOnly Moved = new(2025, 1, 1);
    private Membership house = null!;
    private int leif;

    [SetUp]
    public void Open()
    {
        house = new Membership(databases);
        new JoinHousehold(house.Books).Run(new("grocery", "1018", "1017", Moved, "ann"));
        leif = house.ComeIn("grocery", "1018", "leif@example.org");
        house.Office.Database.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    [TearDown]
    public void Close() => house.Dispose();

    private string? Allow(params Share[] shares) => new ShareWithHousehold(house.Books).Run(new(house.Member("1017").Id, "1018", shares, "alma@example.org")).Refusal?.Code;

    /// <summary>The shares under which Leif sees Alma's account.</summary>
    private Share[] Seen() => [.. Enum.GetValues<Share>().Where(share => house.Seat(leif, "grocery", share) is { Own: false, MemberNumber: "1017" })];

    [Test]
    public void EachShareOpensItsOwnPartAndNothingElse()
    {
        Assert.That(Seen(), Is.Empty);
        foreach (var share in Enum.GetValues<Share>())
        {
            Assert.That(Allow(share), Is.Null);
            Assert.That(Seen(), Is.EqualTo(new[] { share }));
        }
        Allow(Share.Stake, Share.Records);
        Assert.That(Seen(), Is.EqualTo(new[] { Share.Stake, Share.Records }));
        var own = house.Seat(leif, "grocery")!;
        Assert.That((own.MemberNumber, own.Own), Is.EqualTo(("1018", true)), "what is one's own is not the household's");
        var unshared = house.Seat(leif, "grocery", Share.Statements)!;
        Assert.That((unshared.MemberNumber, unshared.Own), Is.EqualTo(("1018", true)));
    }

    [Test]
    public void WithdrawalHoldsAtOnceAndEveryChangeStaysOnRecord()
    {
        Allow(Share.Stake);
        Allow();
        Assert.That(Seen(), Is.Empty);
        Assert.That(new ShareWithHousehold(house.Books).Run(new(house.Member("1017").Id, "1018", [], "alma@example.org")).Value.Changes, Is.Zero);
        Assert.That(house.Books.Read(db => db.HouseholdShares.OrderBy(fact => fact.Id).Select(fact => fact.Allowed).ToList()), Is.EqualTo(new[] { true, false }));
        Assert.That(house.Office.Audited("members.share"), Is.EqualTo(2));
    }

    [Test]
    public void OnlyTheOwnerSharesAndOnlyWithThoseOfTheHousehold()
    {
        Assert.That(new ShareWithHousehold(house.Books).Run(new(house.Member("1018").Id, "1017", [Share.Stake], "leif@example.org")).Refusal!.Code, Is.EqualTo("household-unknown"));
        Assert.That(new ShareWithHousehold(house.Books).Run(new(house.Member("1017").Id, "0010", [Share.Stake], "alma@example.org")).Refusal!.Code, Is.EqualTo("household-unknown"));
        var alma = new HouseholdView(house.Books).Run(house.Member("1017").Id);
        Assert.That(alma.Adults.Select(adult => (adult.Number, adult.HasSignIn, adult.Allowed.Count)), Is.EqualTo(new[] { ("1018", true, 0) }));
        Allow(Share.Stake);
        var seen = new HouseholdView(house.Books).Run(house.Member("1018").Id);
        Assert.That((seen.Owner!.Number, seen.Owner.Allowed.Single(), seen.Adults.Count), Is.EqualTo(("1017", Share.Stake, 0)));
    }

    [Test]
    public void WhoeverLeavesTheHouseholdSeesNothingMoreAlsoAfterComingBack()
    {
        Allow(Share.Stake, Share.Statements, Share.Records);
        house.Office.Database.Clock.Advance(TimeSpan.FromDays(1));
        new JoinHousehold(house.Books).Run(new("grocery", "1018", null, Moved, "ann"));
        Assert.That(Seen(), Is.Empty);
        new JoinHousehold(house.Books).Run(new("grocery", "1018", "1017", Moved, "ann"));
        Assert.That(Seen(), Is.Empty, "what was allowed before counts no more");
        house.Office.Database.Clock.Advance(TimeSpan.FromSeconds(1));
        Allow(Share.Statements);
        Assert.That(Seen(), Is.EqualTo(new[] { Share.Statements }));
    }
}
