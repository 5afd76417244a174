using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Members;

/// <summary>Reads a member's dated facts as of a date. Facts of the same day count in the order in which they were recorded.</summary>
public static class MemberHistory
{
    /// <summary>The status on the date, or null before membership began.</summary>
    public static MemberStatus? StatusAsOf(IEnumerable<StatusChange> changes, DateOnly date) =>
        changes.Where(change => change.On <= date).OrderBy(change => change.On).ThenBy(change => change.Id).LastOrDefault()?.Status;

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

    /// <summary>First day of the year whose patronage is covered by a consent still in force at the year end, or null where none is.</summary>
    /// <remarks>
    /// Written consent covers the whole tax year in which it was received and ends with the year of its revocation (26 USC 1388(c)(3)). Bylaw consent
    /// covers patronage from the day on which the member had the notification and the copy; it ends with membership or repeal, and then no longer
    /// covers what comes after.
    /// </remarks>
    public static DateOnly? ConsentFrom(IEnumerable<ConsentFact> facts, FiscalYear year)
    {
        DateOnly? from = null;
        foreach (var kind in facts.Where(fact => fact.On <= year.EndsOn).GroupBy(fact => fact.Kind))
        {
            DateOnly? given = null;
            foreach (var fact in kind.OrderBy(fact => fact.On).ThenBy(fact => fact.Id))
            {
                if (!fact.Ended) given ??= fact.On;
                else if (fact.Kind == ConsentKind.Bylaw || fact.On < year.StartsOn) given = null;
            }
            if (given is not { } on) continue;
            var covers = kind.Key == ConsentKind.Written || on < year.StartsOn ? year.StartsOn : on;
            if (from is null || covers < from) from = covers;
        }
        return from;
    }
}
