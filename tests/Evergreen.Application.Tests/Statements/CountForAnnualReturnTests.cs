using CsCheck;
using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Equity;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Statements;

/// <summary>The counts of a society's annual return, from the register as it stood on those days.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class CountForAnnualReturnTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    private static DateOnly Day(int year, int month, int day) => new(year, month, day);

    private Outcome<CountForAnnualReturn.Result> Count(int year, string? coOp = "society") => new CountForAnnualReturn(database.Books).Run(new(coOp, year));

    private static (long, long, long, long) Of(MemberMovement movement) => (movement.Opening, movement.Admitted, movement.Ceased, movement.Closing);

    [Test]
    public void MembersComeGoReturnDieAndAreMerged()
    {
        var society = new Society(database);
        foreach (var number in (string[])["stays", "leaves", "returns", "dies", "twice", "erased"]) society.Enrol(number);
        society.Enrol("new", Day(2024, 2, 29));
        society.Enrol("again", Day(2024, 5, 1));
        society.Enrol("next", Day(2025, 1, 1));
        society.Status("stays", MemberStatus.OnLeave, Day(2024, 4, 1));
        society.Status("leaves", MemberStatus.Left, Day(2024, 12, 31));
        society.Status("returns", MemberStatus.Left, Day(2024, 3, 1));
        society.Status("returns", MemberStatus.Active, Day(2024, 10, 1));
        // Suspended in autumn; that she had died in summer was known only then.
        society.Status("dies", MemberStatus.Suspended, Day(2024, 10, 1));
        society.Status("dies", MemberStatus.Deceased, Day(2024, 7, 7));
        society.Status("erased", MemberStatus.Left, Day(2024, 8, 1));
        var counted = Count(2024).Value;
        Assert.That(Of(counted.Members), Is.EqualTo((6L, 3L, 4L, 5L)), "admitted: new, again and who returned; ceased: who left, who returned, who died and who was to be erased");
        Assert.That((counted.DueOn, counted.Surplus, counted.Run, counted.HighestInterest), Is.EqualTo((Day(2025, 7, 31), (Money?)null, (string?)null, (Ratio?)null)));

        Assert.That(society.Merge("twice", "again").IsRefused, Is.False);
        Assert.That(Of(Count(2024).Value.Members), Is.EqualTo((6L, 2L, 4L, 4L)), "a second record of one person is no second member, in no year");
        Assert.That(Of(Count(2025).Value.Members), Is.EqualTo((4L, 1L, 0L, 5L)));

        Assert.That(society.Erase("erased").IsRefused, Is.False);
        Assert.That(Of(Count(2024).Value.Members), Is.EqualTo((6L, 2L, 4L, 4L)), "whoever is erased was a member all the same");
    }

    [Test]
    public void WhatCannotBeCountedIsRefused()
    {
        _ = new Society(database);
        Assert.That(Count(2026).Refusal!.Code, Is.EqualTo("annual-return-year-not-over"));
        Assert.That(Count(9999).Refusal!.Code, Is.EqualTo("annual-return-year-not-over"));
        Assert.That(Of(Count(2025).Value.Members), Is.EqualTo((0L, 0L, 0L, 0L)), "nobody yet");
        Bakery.In(database, [100_00]);
        Assert.That(Count(2025, "bakery").Refusal!.Code, Is.EqualTo("coop-no-society"));
        Assert.That(Count(2025, "nobody").Refusal!.Code, Is.EqualTo("coop-unknown"));
    }

    [Test]
    public void CapitalInterestAndSurplusAreThoseOfTheBooks()
    {
        var bakery = Bakery.In(database, [100_00, 100_00, 200_00], net: "1000.00", otherHours: 0, regime: TaxRegime.UkRegisteredSociety).WithPurchases(10_00, 20_00, 30_00);
        bakery.UpToApproval("""
            { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%",
              "pools": [
                { "code": "founders", "name": "Founders' interest", "kind": "share-interest", "rate": "3.25%", "cash": "100%", "notice": "none" },
                { "code": "dust", "name": "Too little to pay", "kind": "share-interest", "rate": "0.0001%", "cash": "100%", "notice": "none" },
                { "code": "divi", "name": "Divi", "net": "100%", "unit": [ { "measure": "purchases" } ], "cash": "50%", "notice": "none" } ] }
            """);
        CountForAnnualReturn.Result Counted(int year) => Count(year, "bakery").Value;
        Assert.That((Counted(2025).Run, Counted(2025).HighestInterest, Counted(2025).Surplus), Is.EqualTo(((string?)null, (Ratio?)null, (Money?)Money.Parse("1000.00"))), "approved is not paid");
        bakery.Post();
        var year = Counted(2025);
        Assert.That((year.Run, year.HighestInterest!.Value, year.ShareCapital), Is.EqualTo(("2025-1", Ratio.Parse("3.25%"), Money.Parse("300.00"))), "what was added to shares in January came after the year end");
        Assert.That((Counted(2024).ShareCapital, Counted(2024).Surplus), Is.EqualTo((Money.Zero, (Money?)null)));
        new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "bea", "wrong"));
        Assert.That(Counted(2025).HighestInterest, Is.Null, "what was taken back was not paid");
    }

    [Test]
    public void ARunWithoutInterestPaidNone()
    {
        var bakery = Bakery.In(database, [100_00, 100_00], net: "1000.00", otherHours: 0, regime: TaxRegime.UkRegisteredSociety).WithPurchases(10_00, 20_00);
        bakery.UpToApproval("""
            { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%",
              "pools": [ { "code": "divi", "name": "Divi", "net": "100%", "unit": [ { "measure": "purchases" } ], "cash": "100%", "notice": "none" } ] }
            """);
        bakery.Post();
        Assert.That(Count(2025, "bakery").Value.HighestInterest, Is.EqualTo(Ratio.Zero));
    }

    /// <summary>Law J8 on the real verbs: opening and admitted, less ceased, are the closing, which is the next year's opening; and each is what a walk through the facts of every day finds.</summary>
    [Test]
    public void OpeningAndAdmittedLessCeasedAreTheClosing()
    {
        var made = 0;
        Gen.Int[0, int.MaxValue - 1].Sample(seed =>
        {
            var random = new Random(seed);
            var society = new Society(database, $"s{made++}");
            DateOnly Any() => Day(2022, 11, 1).AddDays(random.Next(1_150));
            var numbers = Enumerable.Range(1, 6).Select(i => $"{i}").ToList();
            foreach (var number in numbers) society.Enrol(number, Any());
            for (var i = 0; i < 14; i++)
            {
                var status = random.Next(8) switch { 0 => MemberStatus.OnLeave, 1 => MemberStatus.Suspended, 2 => MemberStatus.Deceased, 3 or 4 => MemberStatus.Active, _ => MemberStatus.Left };
                society.Status(numbers[random.Next(numbers.Count)], status, Any());
            }
            // Of half of the co-ops three records turn out to be one person, the first of which goes into the second, and that into the third.
            if (random.Next(2) == 0) foreach (var (kept, other) in (ReadOnlySpan<(string, string)>)[("2", "1"), ("3", "2")]) Assert.That(society.Merge(kept, other).IsRefused, Is.False);
            var facts = database.Books.Read(db => db.StatusChanges.Where(fact => fact.CoOpId == society.CoOp.Id).ToList());
            var into = database.Books.Read(db => db.MemberMerges.Where(merge => merge.CoOpId == society.CoOp.Id).ToDictionary(merge => merge.OtherId, merge => merge.KeptId));
            var persons = facts.GroupBy(fact => Person(fact.MemberId)).Select(person => person.OrderBy(fact => fact.On).ThenBy(fact => fact.Id).ToList()).ToList();

            long? before = null;
            foreach (var year in (int[])[2023, 2024, 2025])
            {
                var counted = Count(year, society.CoOp.Code).Value.Members;
                Assert.That(counted.Opening + counted.Admitted - counted.Ceased, Is.EqualTo(counted.Closing));
                if (before is { } closing) Assert.That(counted.Opening, Is.EqualTo(closing));
                before = counted.Closing;
                Assert.That(Of(counted), Is.EqualTo(Walk(persons, Day(year, 1, 1), Day(year, 12, 31))));
            }

            int Person(int record) => into.TryGetValue(record, out var kept) ? Person(kept) : record;
        }, seed: "0000Evergreen", iter: 8, threads: 1);
    }

    private static (long, long, long, long) Walk(List<List<StatusChange>> persons, DateOnly from, DateOnly to)
    {
        long opening = 0, admitted = 0, ceased = 0, closing = 0;
        foreach (var facts in persons)
        {
            var was = IsMember(facts, from.AddDays(-1));
            if (was) opening++;
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                var now = IsMember(facts, day);
                if (now && !was) admitted++;
                if (was && !now) ceased++;
                was = now;
            }
            if (was) closing++;
        }
        return (opening, admitted, ceased, closing);
    }

    private static bool IsMember(List<StatusChange> facts, DateOnly day)
    {
        var last = new Dictionary<int, MemberStatus>();
        foreach (var fact in facts)
        {
            if (fact.On > day) break;
            if (fact.Status == MemberStatus.Deceased) return false;
            last[fact.MemberId] = fact.Status;
        }
        return last.Values.Any(status => status is MemberStatus.Active or MemberStatus.OnLeave or MemberStatus.Suspended);
    }
}
