using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Members;

/// <summary>Reads a member's dated facts as of a date. Facts of the same day count in the order in which they were recorded.</summary>
public static class MemberHistory
{
    /// <summary>The status on the date, or null before membership began. A death is final: what was recorded of later days, because it was heard of late, counts no more.</summary>
    public static MemberStatus? StatusAsOf(IEnumerable<StatusChange> changes, DateOnly date) =>
        changes.Where(change => change.On <= date).OrderBy(change => change.Status == MemberStatus.Deceased).ThenBy(change => change.On).ThenBy(change => change.Id).LastOrDefault()?.Status;

    /// <summary>The ids of the classes to which the member belonged on the date.</summary>
    public static IReadOnlySet<int> ClassesAsOf(IEnumerable<ClassChange> changes, DateOnly date)
    {
        var classes = new SortedSet<int>();
        foreach (var change in changes.Where(change => change.On <= date).OrderBy(change => change.On).ThenBy(change => change.Id))
        {
            if (change.Entered) classes.Add(change.ClassId);
            else classes.Remove(change.ClassId);
        }
        return classes;
    }

    /// <summary>The days of the year whose patronage the member's consent covers.</summary>
    /// <remarks>
    /// Written consent covers the whole tax year in which it was received, and ends with the year of its revocation (26 USC 1388(c)(3)). Bylaw consent
    /// covers patronage from the day on which the member had the notification and the copy up to the day before membership ended or the bylaw was
    /// repealed (26 CFR 1.1388-1(c)(3)(ii)); whoever joins again needs the notification again.
    /// </remarks>
    public static ConsentCover ConsentIn(FiscalYear year, IEnumerable<ConsentFact> facts, IEnumerable<StatusChange> statuses)
    {
        var known = facts.Where(fact => fact.On <= year.EndsOn).OrderBy(fact => fact.On).ThenBy(fact => fact.Id).ToList();
        return WrittenCovers(known, year) ? ConsentCover.Since(year.StartsOn, year) : ConsentCover.Of(BylawRanges(known, statuses, year));
    }

    /// <summary>Whether a written consent covers the year.</summary>
    public static bool WrittenCovers(IEnumerable<ConsentFact> facts, FiscalYear year)
    {
        var given = false;
        foreach (var fact in facts.Where(fact => fact.Kind == ConsentKind.Written && fact.On <= year.EndsOn).OrderBy(fact => fact.On).ThenBy(fact => fact.Id))
        {
            if (!fact.Ended) given = true;
            else if (fact.On < year.StartsOn) given = false;
        }
        return given;
    }

    private static List<DayRange> BylawRanges(List<ConsentFact> facts, IEnumerable<StatusChange> statuses, FiscalYear year)
    {
        var ranges = new List<DayRange>();
        var notices = facts.Where(fact => fact.Kind == ConsentKind.Bylaw).ToList();
        if (notices.Count == 0) return ranges;
        var changes = statuses.Where(change => change.On <= year.EndsOn).OrderBy(change => change.On).ThenBy(change => change.Id).ToList();
        bool notified = false, gone = false, died = false;
        DateOnly? since = null;
        int atNotice = 0, atChange = 0;
        while (atNotice < notices.Count || atChange < changes.Count)
        {
            var day = atChange == changes.Count || (atNotice < notices.Count && notices[atNotice].On < changes[atChange].On) ? notices[atNotice].On : changes[atChange].On;
            // What was recorded last for a day is the day's status, so that a mistake put right on the same day ends nothing.
            for (; atChange < changes.Count && changes[atChange].On == day; atChange++)
            {
                died |= changes[atChange].Status == MemberStatus.Deceased;
                gone = died || changes[atChange].Status.EndsMembership();
            }
            if (gone) notified = false;
            for (; atNotice < notices.Count && notices[atNotice].On == day; atNotice++) notified = !notices[atNotice].Ended;
            if (notified && !gone) since ??= day;
            else if (since is { } from)
            {
                Add(from, day.AddDays(-1));
                since = null;
            }
        }
        if (since is { } last) Add(last, year.EndsOn);
        return ranges;

        void Add(DateOnly from, DateOnly to)
        {
            if (to >= year.StartsOn) ranges.Add(new DayRange(from < year.StartsOn ? year.StartsOn : from, to));
        }
    }
}
