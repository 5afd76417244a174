using Evergreen.Domain.Members;
using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Tests.Independent;

/// <summary>Asks of every single day whether consent covers it, from the rule as the law has it, and holds the answer against the periods.</summary>
public sealed class ConsentByDayTests
{
    private const int Histories = 150;

    [Test]
    public void EveryDayOfEveryFiscalYearIsCoveredOrNotAsTheRuleSays([Range(1, 12)] int month)
    {
        int whole = 0, part = 0, none = 0;
        var year = FiscalYear.Ending(2028, month, DateTime.DaysInMonth(2028, month));
        for (var seed = 0; seed < Histories; seed++)
        {
            var random = new Random(1000 * month + seed);
            var consents = Enumerable.Range(1, random.Next(0, 6)).Select(id => new ConsentFact
            {
                Id = id, CoOpId = 1, MemberId = 1, RecordedAt = default, On = Any(random, year), Kind = random.Next(6) == 0 ? ConsentKind.Written : ConsentKind.Bylaw, Ended = random.Next(3) == 0,
            }).ToList();
            var statuses = Enumerable.Range(1, random.Next(0, 5)).Select(id => new StatusChange { Id = id, CoOpId = 1, MemberId = 1, RecordedAt = default, On = Any(random, year), Status = (MemberStatus)random.Next(1, 6) }).ToList();
            var cover = MemberHistory.ConsentIn(year, consents, statuses);
            var gaps = cover.Gaps(year);
            for (var day = year.StartsOn; day <= year.EndsOn; day = day.AddDays(1))
            {
                var covered = IsCovered(day, year, consents, statuses);
                if (cover.Covers(day) != covered || gaps.Any(gap => gap.From <= day && day <= gap.To) == covered) Assert.Fail($"seed {seed}, {day:yyyy-MM-dd}: {covered} by the rule, cover {cover.Text(year)}");
            }
            if (cover.IsNone) none++;
            else if (gaps.Count == 0) whole++;
            else part++;
        }
        Assert.That(new[] { whole, part, none }, Is.All.GreaterThan(Histories / 20), "the histories must reach every case");
    }

    private static bool IsCovered(DateOnly day, FiscalYear year, List<ConsentFact> consents, List<StatusChange> statuses)
    {
        bool After(ConsentFact later, ConsentFact earlier) => later.Kind == earlier.Kind && (later.On > earlier.On || (later.On == earlier.On && later.Id > earlier.Id));
        var written = consents.Any(given => given is { Kind: ConsentKind.Written, Ended: false } && given.On <= year.EndsOn && !consents.Any(end => end.Ended && After(end, given) && end.On < year.StartsOn));
        if (written) return true;
        bool Gone(DateOnly on) => statuses.Any(change => change.On <= on && change.Status == MemberStatus.Deceased) || statuses.Where(change => change.On <= on).OrderBy(change => (change.On, change.Id)).LastOrDefault()?.Status == MemberStatus.Left;
        if (Gone(day)) return false;
        return consents.Any(given => given is { Kind: ConsentKind.Bylaw, Ended: false } && given.On <= day
            && !consents.Any(end => end.Ended && After(end, given) && end.On <= day)
            && !statuses.Any(change => change.On > given.On && change.On <= day && Gone(change.On)));
    }

    /// <summary>Few different days, so that facts meet on one day and at the ends of the year.</summary>
    private static DateOnly Any(Random random, FiscalYear year) => random.Next(7) switch
    {
        0 => year.StartsOn,
        1 => year.EndsOn,
        2 => year.StartsOn.AddDays(-1),
        3 => year.StartsOn.AddDays(-200),
        4 => year.EndsOn.AddDays(1),
        _ => year.StartsOn.AddDays(random.Next(12) * 30),
    };
}
