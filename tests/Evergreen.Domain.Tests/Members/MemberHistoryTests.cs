using System.Globalization;
using Evergreen.Domain.Members;
using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Tests.Members;

public sealed class MemberHistoryTests
{
    private static readonly FiscalYear Fy2026 = FiscalYear.Ending(2026, 12, 31);

    [TestCase("2019-12-31", null)]
    [TestCase("2020-01-01", MemberStatus.Active)]
    [TestCase("2023-05-31", MemberStatus.Active)]
    [TestCase("2023-06-01", MemberStatus.OnLeave)]
    [TestCase("2024-02-29", MemberStatus.Active)]
    [TestCase("2026-03-01", MemberStatus.Deceased)]
    public void StatusIsReadAsOfADate(string on, MemberStatus? status)
    {
        StatusChange[] changes = [Status(4, "2024-02-29", MemberStatus.Active), Status(1, "2020-01-01", MemberStatus.Active), Status(5, "2026-03-01", MemberStatus.Deceased), Status(2, "2023-06-01", MemberStatus.OnLeave)];
        Assert.That(MemberHistory.StatusAsOf(changes, Day(on)), Is.EqualTo(status));
    }

    [Test]
    public void OfTwoFactsOfOneDayTheLaterRecordedCounts() =>
        Assert.That(MemberHistory.StatusAsOf([Status(8, "2026-01-01", MemberStatus.Left), Status(7, "2026-01-01", MemberStatus.Suspended)], Day("2026-01-01")), Is.EqualTo(MemberStatus.Left));

    [TestCase("2026-02-28", MemberStatus.Active)]
    [TestCase("2026-03-01", MemberStatus.Deceased)]
    [TestCase("2026-06-01", MemberStatus.Deceased)]
    public void ADeathIsFinalAlsoWhereItWasRecordedLate(string on, MemberStatus status)
    {
        StatusChange[] changes = [Status(1, "2020-01-01", MemberStatus.Active), Status(2, "2026-05-01", MemberStatus.OnLeave), Status(3, "2026-03-01", MemberStatus.Deceased), Status(4, "2026-03-01", MemberStatus.Active)];
        Assert.That(MemberHistory.StatusAsOf(changes, Day(on)), Is.EqualTo(status));
    }

    [TestCase("2025-12-31", new int[0])]
    [TestCase("2026-01-01", new[] { 1 })]
    [TestCase("2026-02-01", new[] { 1, 2 })]
    [TestCase("2026-03-01", new[] { 2 })]
    [TestCase("2026-04-01", new[] { 2, 1 })]
    public void ClassesAreEnteredAndLeft(string on, int[] classes)
    {
        ClassChange[] changes = [Class(1, "2026-01-01", 1, true), Class(2, "2026-02-01", 2, true), Class(3, "2026-03-01", 1, false), Class(4, "2026-04-01", 1, true)];
        Assert.That(MemberHistory.ClassesAsOf(changes, Day(on)), Is.EquivalentTo(classes));
    }

    // w written, b bylaw; a minus ends it. s a status: a active, o on leave, u suspended, l left, d deceased.
    [TestCase("", "", TestName = "WithoutFactsThereIsNoConsent")]
    [TestCase("w2026-11-30", "2026-01-01", TestName = "WrittenConsentCoversTheWholeYearInWhichItCame")]
    [TestCase("w2027-01-01", "", TestName = "WrittenConsentDoesNotReachBack")]
    [TestCase("w2024-05-05", "2026-01-01", TestName = "WrittenConsentCoversLaterYears")]
    [TestCase("w2024-05-05 w-2026-04-04", "2026-01-01", TestName = "ARevocationTakesEffectInTheNextYear")]
    [TestCase("w2024-05-05 w-2025-12-31", "", TestName = "ARevocationOfTheYearBeforeHasTakenEffect")]
    [TestCase("w2024-05-05 w-2025-04-04 w2026-12-31", "2026-01-01", TestName = "WrittenConsentMayBeGivenAgain")]
    [TestCase("w2024-05-05 sl2026-03-03", "2026-01-01", TestName = "WrittenConsentOutlastsMembership")]
    [TestCase("b2026-07-01", "2026-07-01", TestName = "BylawConsentCoversPatronageFromTheNotification")]
    [TestCase("b2026-01-01", "2026-01-01", TestName = "BylawConsentFromTheFirstDay")]
    [TestCase("b2020-03-03", "2026-01-01", TestName = "BylawConsentCoversLaterYears")]
    [TestCase("b2020-03-03 b-2026-07-01", "2026-01-01..2026-06-30", TestName = "BylawConsentThatEndedCoversWhatCameBefore")]
    [TestCase("b2020-03-03 b-2026-01-01", "", TestName = "BylawConsentThatEndedOnTheFirstDayCoversNothing")]
    [TestCase("b2020-03-03 b-2025-12-31", "", TestName = "BylawConsentThatEndedInTheYearBefore")]
    [TestCase("b2020-03-03 b-2026-06-30 b2026-09-01", "2026-01-01..2026-06-29,2026-09-01..2026-12-31", TestName = "BylawConsentMayBeginAgain")]
    [TestCase("b2020-03-03 b2026-09-01", "2026-01-01", TestName = "ASecondCopyChangesNothing")]
    [TestCase("b2026-07-01 w2026-12-01", "2026-01-01", TestName = "TheWiderCoverCounts")]
    [TestCase("b2020-03-03 sl2026-07-01 w2026-12-01", "2026-01-01", TestName = "WrittenConsentAfterLeavingCoversTheYear")]
    [TestCase("b2026-07-01 w2025-02-02 w-2025-03-03", "2026-07-01", TestName = "OneKindEndsWithoutTheOther")]
    [TestCase("sa2020-01-01 b2020-03-03 sl2026-07-01", "2026-01-01..2026-06-30", TestName = "BylawConsentEndsWithMembership")]
    [TestCase("sa2020-01-01 b2020-03-03 sd2026-07-01", "2026-01-01..2026-06-30", TestName = "BylawConsentEndsWithDeath")]
    [TestCase("sa2020-01-01 b2020-03-03 so2026-08-01 sd2026-07-01 b2026-09-01", "2026-01-01..2026-06-30", TestName = "NothingRecordedAfterADeathGivesConsent")]
    [TestCase("sa2020-01-01 b2020-03-03 sl2025-07-01", "", TestName = "WhoLeftBeforeTheYearHasNoConsentInIt")]
    [TestCase("sa2020-01-01 b2020-03-03 so2026-02-02 su2026-07-01", "2026-01-01", TestName = "LeaveAndSuspensionEndNoMembership")]
    [TestCase("sa2020-01-01 b2020-03-03 sl2026-07-01 sa2026-07-01", "2026-01-01", TestName = "ALeavingPutRightOnItsDayEndsNothing")]
    [TestCase("sa2020-01-01 b2020-03-03 sl2026-07-01 sa2026-10-01", "2026-01-01..2026-06-30", TestName = "WhoJoinsAgainNeedsTheNotificationAgain")]
    [TestCase("sa2020-01-01 b2020-03-03 sl2026-07-01 b2026-09-01 sa2026-10-01", "2026-01-01..2026-06-30,2026-10-01..2026-12-31", TestName = "ANotificationBeforeJoiningAgainCountsFromTheJoining")]
    [TestCase("sa2020-01-01 b2020-03-03 sl2026-07-01 sa2026-10-01 b2026-11-01", "2026-01-01..2026-06-30,2026-11-01..2026-12-31", TestName = "ANotificationAfterJoiningAgain")]
    [TestCase("sl2026-07-01 b2026-09-01", "", TestName = "ANotificationToWhoIsNoMemberCoversNothing")]
    public void ConsentIsReadForAYear(string facts, string cover)
    {
        var told = facts.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var consents = told.Where(text => text[0] != 's').Select((text, i) => new ConsentFact
        {
            Id = i + 1, CoOpId = 1, MemberId = 1, RecordedAt = default, Kind = text[0] == 'w' ? ConsentKind.Written : ConsentKind.Bylaw, Ended = text[1] == '-', On = Day(text[1] == '-' ? text[2..] : text[1..]),
        });
        var statuses = told.Where(text => text[0] == 's').Select((text, i) => Status(i + 1, text[2..], text[1] switch
        {
            'o' => MemberStatus.OnLeave, 'u' => MemberStatus.Suspended, 'l' => MemberStatus.Left, 'd' => MemberStatus.Deceased, _ => MemberStatus.Active,
        }));
        Assert.That(MemberHistory.ConsentIn(Fy2026, consents.Reverse(), statuses.Reverse()).Text(Fy2026), Is.EqualTo(cover));
    }

    [Test]
    public void ConsentEndsInTheMiddleOfEveryFiscalYear([Range(1, 12)] int month)
    {
        var year = FiscalYear.Ending(2028, month, DateTime.DaysInMonth(2028, month));
        var left = year.StartsOn.AddDays(100);
        ConsentFact[] consents = [new() { Id = 1, CoOpId = 1, MemberId = 1, Kind = ConsentKind.Bylaw, On = Day("2020-01-01"), RecordedAt = default }];
        StatusChange[] statuses = [new() { Id = 1, CoOpId = 1, MemberId = 1, On = left, Status = MemberStatus.Left, RecordedAt = default }];
        var cover = MemberHistory.ConsentIn(year, consents, statuses);
        Assert.That(cover.Ranges, Is.EqualTo(new[] { new DayRange(year.StartsOn, left.AddDays(-1)) }));
        Assert.That(cover.Gaps(year), Is.EqualTo(new[] { new DayRange(left, year.EndsOn) }));
        var before = FiscalYear.Ending(2027, month, DateTime.DaysInMonth(2027, month));
        Assert.That(MemberHistory.ConsentIn(before, consents, statuses).Text(before), Is.EqualTo(before.StartsOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), "the year before is covered whole");
        var after = FiscalYear.Ending(2029, month, DateTime.DaysInMonth(2029, month));
        Assert.That(MemberHistory.ConsentIn(after, consents, statuses).IsNone, Is.True);
    }

    private static StatusChange Status(long id, string on, MemberStatus status) => new() { Id = id, CoOpId = 1, MemberId = 1, On = Day(on), Status = status, RecordedAt = default };
    private static ClassChange Class(long id, string on, int classId, bool entered) => new() { Id = id, CoOpId = 1, MemberId = 1, On = Day(on), ClassId = classId, Entered = entered, RecordedAt = default };
    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
