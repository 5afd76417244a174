using CsCheck;
using Evergreen.Domain.Members;
using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Tests.Members;

/// <summary>The counts of the annual return: opening and admitted, less ceased, are the closing, which is the next year's opening.</summary>
public sealed class MemberMovementTests
{
    private static readonly FiscalYear Year = FiscalYear.Ending(2025, 3, 31);

    /// <summary>Joining and leaving are drawn twice as often as the others.</summary>
    private static readonly MemberStatus[] Drawn = [MemberStatus.Active, MemberStatus.Active, MemberStatus.OnLeave, MemberStatus.Suspended, MemberStatus.Left, MemberStatus.Left, MemberStatus.Deceased];

    private static StatusChange Fact(long id, int record, DateOnly on, MemberStatus status) => new() { Id = id, CoOpId = 1, MemberId = record, On = on, Status = status, RecordedAt = DateTime.UnixEpoch };

    /// <summary>Facts such as <c>2024-05-01 left</c>, recorded one after the other; with <c>b:</c> in front those of a second record.</summary>
    private static MemberMovement Of(string facts) => MemberMovement.OfPerson(facts.Split(", ").Select((fact, i) =>
    {
        var words = fact.Split(' ');
        var second = words[0].StartsWith("b:", StringComparison.Ordinal);
        return Fact(i, second ? 2 : 1, DateOnly.Parse(second ? words[0][2..] : words[0]), Enum.Parse<MemberStatus>(words[1], ignoreCase: true));
    }), Year);

    [TestCase("2020-01-01 active", 1, 0, 0, 1)]
    [TestCase("2024-04-01 active", 0, 1, 0, 1)]
    [TestCase("2025-03-31 active", 0, 1, 0, 1)]
    [TestCase("2025-04-01 active", 0, 0, 0, 0)]
    [TestCase("2020-01-01 active, 2024-05-01 left", 1, 0, 1, 0)]
    [TestCase("2020-01-01 active, 2024-05-01 left, 2024-09-01 active", 1, 1, 1, 1, TestName = "WhoeverLeavesAndComesBackCountsInBoth")]
    [TestCase("2020-01-01 active, 2024-05-01 left, 2024-05-01 active", 1, 0, 0, 1, TestName = "AMistakePutRightOnTheSameDayCountsInNeither")]
    [TestCase("2020-01-01 active, 2024-05-01 onleave, 2024-06-01 suspended, 2024-07-01 active", 1, 0, 0, 1, TestName = "LeaveAndSuspensionEndNothing")]
    [TestCase("2020-01-01 active, 2024-05-01 deceased", 1, 0, 1, 0)]
    [TestCase("2020-01-01 active, 2024-09-01 onleave, 2024-05-01 deceased", 1, 0, 1, 0, TestName = "ADeathRecordedLaterOfAnEarlierDayIsFinal")]
    [TestCase("2020-01-01 active, 2024-05-01 deceased, 2024-05-01 active", 1, 0, 1, 0)]
    [TestCase("2024-06-01 active, 2024-09-01 left, 2024-05-01 active", 0, 1, 1, 0, TestName = "AJoiningRecordedLaterOfAnEarlierDayCountsOnce")]
    [TestCase("2020-01-01 active, b:2024-05-01 active, b:2024-08-01 left", 1, 0, 0, 1, TestName = "ASecondRecordOfTheSamePersonIsNoSecondMember")]
    [TestCase("2020-01-01 active, 2024-06-01 left, b:2024-05-01 active", 1, 0, 0, 1, TestName = "ThePersonGoesOnUnderTheOtherRecord")]
    [TestCase("2020-01-01 active, b:2020-01-01 active, b:2024-06-01 deceased", 1, 0, 1, 0, TestName = "ThePersonDiesUnderEitherRecord")]
    public void AYearOfOnePerson(string facts, int opening, int admitted, int ceased, int closing)
    {
        var movement = Of(facts);
        Assert.That((movement.Opening, movement.Admitted, movement.Ceased, movement.Closing), Is.EqualTo(((long)opening, (long)admitted, (long)ceased, (long)closing)));
    }

    [Test]
    public void CountsThatContradictEachOtherAreNone() => Assert.That(() => new MemberMovement(3, 1, 1, 4), Throws.InvalidOperationException.With.Message.Contains("3 members, 1 admitted and 1 ceased are not 4"));

    /// <summary>Law J8, held against a walk through every day of three years.</summary>
    [Test]
    public void OpeningAndAdmittedLessCeasedAreTheClosingAndTheNextOpening()
    {
        var first = FiscalYear.Named(2023, 6);
        var fact = Gen.Select(Gen.Int[1, 2], Gen.Int[-40, 1_150], Gen.Int[0, Drawn.Length - 1]);
        fact.List[0, 9].Sample(drawn =>
        {
            var facts = drawn.Select((one, i) => Fact(i, one.Item1, first.StartsOn.AddDays(one.Item2), Drawn[one.Item3])).ToList();
            var opening = IsMember(first.StartsOn.AddDays(-1));
            foreach (var year in (FiscalYear[])[first, FiscalYear.Named(2024, 6), FiscalYear.Named(2025, 6)])
            {
                long admitted = 0, ceased = 0;
                var before = opening;
                for (var day = year.StartsOn; day <= year.EndsOn; day = day.AddDays(1))
                {
                    var now = IsMember(day);
                    if (now && !before) admitted++;
                    if (before && !now) ceased++;
                    before = now;
                }
                var movement = MemberMovement.OfPerson(facts, year);
                Assert.That((movement.Opening, movement.Admitted, movement.Ceased, movement.Closing), Is.EqualTo((opening ? 1L : 0, admitted, ceased, before ? 1L : 0)));
                Assert.That(movement.Opening + movement.Admitted - movement.Ceased, Is.EqualTo(movement.Closing));
                if (facts.TrueForAll(known => known.MemberId == 1)) Assert.That(MemberHistory.StatusAsOf(facts, year.EndsOn).IsMembership(), Is.EqualTo(before), "the register says the same");
                opening = before;
            }

            bool IsMember(DateOnly day)
            {
                var (one, two) = ((MemberStatus?)null, (MemberStatus?)null);
                foreach (var known in facts.Where(known => known.On <= day).OrderBy(known => known.On.DayNumber * 100L + known.Id))
                {
                    if (known.Status == MemberStatus.Deceased) return false;
                    if (known.MemberId == 1) one = known.Status;
                    else two = known.Status;
                }
                return one is MemberStatus.Active or MemberStatus.OnLeave or MemberStatus.Suspended || two is MemberStatus.Active or MemberStatus.OnLeave or MemberStatus.Suspended;
            }
        }, seed: "0000Evergreen", iter: 300, threads: 1);
    }
}
