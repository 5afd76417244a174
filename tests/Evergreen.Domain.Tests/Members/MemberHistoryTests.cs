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

    // w written, b bylaw; a minus ends it.
    [TestCase("", null, TestName = "WithoutFactsThereIsNoConsent")]
    [TestCase("w2026-11-30", "2026-01-01", TestName = "WrittenConsentCoversTheWholeYearInWhichItCame")]
    [TestCase("w2027-01-01", null, TestName = "WrittenConsentDoesNotReachBack")]
    [TestCase("w2024-05-05", "2026-01-01", TestName = "WrittenConsentCoversLaterYears")]
    [TestCase("w2024-05-05 w-2026-04-04", "2026-01-01", TestName = "ARevocationTakesEffectInTheNextYear")]
    [TestCase("w2024-05-05 w-2025-12-31", null, TestName = "ARevocationOfTheYearBeforeHasTakenEffect")]
    [TestCase("w2024-05-05 w-2025-04-04 w2026-12-31", "2026-01-01", TestName = "WrittenConsentMayBeGivenAgain")]
    [TestCase("b2026-07-01", "2026-07-01", TestName = "BylawConsentCoversPatronageFromTheNotification")]
    [TestCase("b2026-01-01", "2026-01-01", TestName = "BylawConsentFromTheFirstDay")]
    [TestCase("b2020-03-03", "2026-01-01", TestName = "BylawConsentCoversLaterYears")]
    [TestCase("b2020-03-03 b-2026-06-30", null, TestName = "BylawConsentThatEndedIsNotInForceAtTheYearEnd")]
    [TestCase("b2020-03-03 b-2026-06-30 b2026-09-01", "2026-09-01", TestName = "BylawConsentMayBeginAgain")]
    [TestCase("b2020-03-03 b2026-09-01", "2026-01-01", TestName = "ASecondCopyChangesNothing")]
    [TestCase("b2026-07-01 w2026-12-01", "2026-01-01", TestName = "TheEarlierCoverCounts")]
    [TestCase("b2026-07-01 w2025-02-02 w-2025-03-03", "2026-07-01", TestName = "OneKindEndsWithoutTheOther")]
    public void ConsentIsReadForAYear(string facts, string? from)
    {
        var consents = facts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((text, i) => new ConsentFact
        {
            Id = i + 1, CoOpId = 1, MemberId = 1, RecordedAt = default, Kind = text[0] == 'w' ? ConsentKind.Written : ConsentKind.Bylaw, Ended = text[1] == '-', On = Day(text[1] == '-' ? text[2..] : text[1..]),
        });
        Assert.That(MemberHistory.ConsentFrom(consents.Reverse(), Fy2026), Is.EqualTo(from is null ? null : Day(from)));
    }

    private static StatusChange Status(long id, string on, MemberStatus status) => new() { Id = id, CoOpId = 1, MemberId = 1, On = Day(on), Status = status, RecordedAt = default };
    private static ClassChange Class(long id, string on, int classId, bool entered) => new() { Id = id, CoOpId = 1, MemberId = 1, On = Day(on), ClassId = classId, Entered = entered, RecordedAt = default };
    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
