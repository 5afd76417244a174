using CsCheck;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Equity;

/// <summary>What becomes of a member's property in a society at death, from the ledger and the nominations as they stood on the day.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class WorkOutNominationTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    private DateOnly Today => DateOnly.FromDateTime(database.Books.Now);

    private Outcome<WorkOutNomination.Result> WorkOut(string member, DateOnly? on = null, string? coOp = null) => new WorkOutNomination(database.Books).Run(new(coOp, member, on));

    private Beneficiary Name(string member, string name, int percent, Kinship kinship = Kinship.Child, bool ofTheCoOp = false, string? coOp = null) =>
        new NameBeneficiary(database.Books).Run(new(coOp, member, name, kinship, null, percent, ofTheCoOp, $"member {member}")).Value;

    private static IEnumerable<(string, string)> Parts(WorkOutNomination.Result result) => result.Shares.Parts.Select(part => (part.Nominee.Name, part.Amount.ToString()));

    [Test]
    public void PropertyAndNomineesAreThoseOfTheDayOfTheDeath()
    {
        var society = new Society(database);
        society.Enrol("1");
        society.Import("1,membership_share,,2025-03-01,6000.00", "1,preferred,,2025-12-01,1500.00", "1,preferred,,2026-02-01,900.00");
        Name("1", "Ada", 60);
        var bo = Name("1", "Bo", 20);
        database.Clock.Advance(TimeSpan.FromDays(10));
        new WithdrawBeneficiary(database.Books).Run(new(null, "1", bo.Id, "member 1"));
        Name("1", "Cy", 40);
        database.Clock.Advance(TimeSpan.FromDays(60));

        var alive = WorkOut("1").Value;
        Assert.That((alive.On, alive.HasDied, alive.Shares.Property), Is.EqualTo((Today, false, Money.Parse("8400.00"))));
        Assert.That(Parts(WorkOut("1", new DateOnly(2026, 1, 20)).Value), Is.EqualTo(new[] { ("Ada", "3750.00"), ("Bo", "1250.00") }), "6,000.00 of 7,500.00 were named, and 5,000.00 is the limit");
        society.Status("1", MemberStatus.Deceased, new DateOnly(2026, 1, 28));
        var result = WorkOut("1").Value;
        Assert.That((result.On, result.HasDied, result.Shares.Estate), Is.EqualTo((new DateOnly(2026, 1, 28), true, Money.Parse("2500.00"))));
        Assert.That(result.Holdings, Is.EqualTo(new WorkOutNomination.Holding[] { new(AccountCodes.MembershipShares, "Membership shares", Money.Parse("6000.00")), new(AccountCodes.PreferredShares, "Preferred shares", Money.Parse("1500.00")) }));
        Assert.That(Parts(result), Is.EqualTo(new[] { ("Ada", "3000.00"), ("Cy", "2000.00") }));
        Assert.That(WorkOut("1", new DateOnly(2026, 1, 29)).Refusal!.Code, Is.EqualTo("nomination-after-death"));
    }

    [Test]
    public void DividendAndInterestThatAreOwedAreProperty()
    {
        var bakery = Bakery.In(database, [100_00, 100_00], net: "1000.00", otherHours: 0, regime: TaxRegime.UkRegisteredSociety).WithPurchases(10_00, 30_00);
        bakery.UpToApproval("""
            { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%",
              "pools": [
                { "code": "interest", "name": "Share interest", "kind": "share-interest", "rate": "3%", "cash": "100%", "notice": "none" },
                { "code": "divi", "name": "Divi", "net": "50%", "unit": [ { "measure": "purchases" } ], "cash": "50%", "notice": "none" },
                { "code": "labour", "name": "Labour share", "net": "50%", "unit": [ { "measure": "hours" } ], "cash": "100%", "notice": "none", "payThrough": "payroll" } ] }
            """);
        bakery.Post();
        Name("0002", "Ada", 100);
        // Interest 5.98 of both together; the divi's half of the rest is 497.01, three quarters of it 372.76, and half of that goes to shares. Labour goes through payroll.
        var result = WorkOut("0002").Value;
        Assert.That(result.Holdings.Select(holding => (holding.AccountCode, holding.Amount.ToString())), Is.EqualTo(new[] { ("2000", "186.38"), ("2600", "2.99"), ("3000", "286.38"), ("3200", "50.00") }));
        Assert.That(Parts(result), Is.EqualTo(new[] { ("Ada", "525.75") }));
        Assert.That(WorkOut("0002", new DateOnly(2026, 1, 14)).Value.Shares, Has.Property("Property").EqualTo(Money.Parse("150.00")).And.Property("Estate").EqualTo(Money.Parse("150.00")), "before the posting, and before Ada was named");
    }

    [Test]
    public void AnotherRecordOfThePersonCountsWithIt()
    {
        var society = new Society(database);
        society.Enrol("1");
        society.Enrol("2");
        society.Import("1,membership_share,,2025-03-01,100.00", "2,membership_share,,2025-03-01,50.00");
        Name("2", "Ada", 100);
        society.Merge("1", "2");
        Assert.That(Parts(WorkOut("1").Value), Is.EqualTo(new[] { ("Ada", "150.00") }));
        Assert.That(WorkOut("1", new DateOnly(2025, 12, 1)).Value.Shares.Property, Is.EqualTo(Money.Parse("150.00")), "also on a day before the merge");
        Assert.That(WorkOut("2").Refusal!.Code, Is.EqualTo("member-merged"));
    }

    [Test]
    public void WhatCannotBeWorkedOutIsRefused()
    {
        var society = new Society(database);
        society.Enrol("1");
        Bakery.In(database, [100_00]);
        Assert.That(WorkOut("0001", coOp: "bakery").Refusal!.Code, Is.EqualTo("coop-no-society"));
        Assert.That(WorkOut("9", coOp: "society").Refusal!.Code, Is.EqualTo("member-unknown"));
        Assert.That(WorkOut("1", new DateOnly(2014, 7, 31), "society").Refusal!.Code, Is.EqualTo("nomination-before-act"));
        society.Status("1", MemberStatus.Left, Today);
        Assert.That(society.Erase("1").IsRefused, Is.False);
        Assert.That(WorkOut("1", coOp: "society").Refusal!.Code, Is.EqualTo("nominations-erased"));
    }

    /// <summary>Law J8 on the real verbs: whatever was paid in and whoever was named, parts and estate make the property, nominees get 5,000.00 at most, and each gets a percent of the whole or of that.</summary>
    [Test]
    public void NominationsAreHonouredUpToFiveThousand()
    {
        var society = new Society(database);
        var drawn = 0;
        Gen.Int[0, int.MaxValue - 1].Sample(seed =>
        {
            var random = new Random(seed);
            var number = $"g{drawn++}";
            society.Enrol(number);
            var rows = Enumerable.Range(0, 3).Select(i => (On: Today.AddDays(random.Next(-20, 20)), Cents: random.NextInt64(1, 4_000_00))).ToList();
            Assert.That(society.Import([.. rows.Select(row => $"{number},preferred,,{row.On:yyyy-MM-dd},{new Money(row.Cents)}")]).Committed, Is.True);
            var named = new List<Beneficiary>();
            for (var i = 0; i < 4; i++)
            {
                database.Clock.Advance(TimeSpan.FromDays(random.Next(0, 4)));
                if (i == 2 && random.Next(2) == 0) named[0] = new WithdrawBeneficiary(database.Books).Run(new(null, number, named[0].Id, "member")).Value;
                else named.Add(Name(number, $"Nominee {i}", random.Next(1, 26), (Kinship)random.Next(1, 7), ofTheCoOp: random.Next(2) == 0));
            }
            var died = Today.AddDays(random.Next(-6, 2));
            society.Status(number, MemberStatus.Deceased, died);
            var result = WorkOut(number).Value;

            var property = rows.Where(row => row.On <= died).Sum(row => row.Cents);
            var good = named.Where(one => one.On <= died && (one.WithdrawnOn is null || one.WithdrawnOn > died)).ToList();
            Assert.That((result.On, result.Shares.Property.Cents, result.Holdings.Sum(holding => holding.Amount.Cents)), Is.EqualTo((died, property, property)));
            Assert.That(result.Shares.Parts.Select(part => part.Nominee.Name), Is.EqualTo(good.Select(one => one.Name)));
            Assert.That(result.Shares.Parts.Sum(part => part.Amount.Cents) + result.Shares.Estate.Cents, Is.EqualTo(property));
            var all = Math.Min(property * good.Sum(one => one.Percent), 100 * 5_000_00L);
            foreach (var part in result.Shares.Parts)
                Assert.That(Math.Abs((decimal)part.Amount.Cents - (decimal)all * part.Nominee.Percent / (100m * good.Sum(one => one.Percent))), Is.LessThan(1m));
            Assert.That(result.Shares.Parts.Sum(part => part.Amount.Cents), Is.LessThanOrEqualTo(5_000_00L));
        }, seed: "0000Evergreen", iter: 20, threads: 1);
    }
}
