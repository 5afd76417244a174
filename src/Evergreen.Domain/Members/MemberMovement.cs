using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Members;

/// <summary>How many members there were when a year began and when it ended, and how many were admitted and ceased in between.</summary>
/// <remarks>
/// The counts of the annual return of a registered society (FCA form AR30). What was recorded last for a day is the day's status. Whoever ceases and is admitted again within the year counts once in both; those on leave and those suspended
/// are members. From the first death on a person is none, whatever the register says of later days.
/// </remarks>
public readonly record struct MemberMovement
{
    /// <exception cref="InvalidOperationException">The counts contradict each other.</exception>
    public MemberMovement(long opening, long admitted, long ceased, long closing)
    {
        if (opening + admitted - ceased != closing) throw new InvalidOperationException($"{opening} members, {admitted} admitted and {ceased} ceased are not {closing}.");
        (Opening, Admitted, Ceased, Closing) = (opening, admitted, ceased, closing);
    }

    /// <summary>Members at the end of the day before the year.</summary>
    public long Opening { get; }
    public long Admitted { get; }
    public long Ceased { get; }

    /// <summary>Members at the end of the year's last day, and so the opening of the next.</summary>
    public long Closing { get; }

    public static MemberMovement operator +(MemberMovement a, MemberMovement b) => new(a.Opening + b.Opening, a.Admitted + b.Admitted, a.Ceased + b.Ceased, a.Closing + b.Closing);

    /// <summary>The movement of one person, who may have several records: a member for as long as any of them says so.</summary>
    /// <param name="facts">Of all the person's records.</param>
    public static MemberMovement OfPerson(IEnumerable<StatusChange> facts, FiscalYear year)
    {
        var known = facts.Where(fact => fact.On <= year.EndsOn).ToList();
        var records = known.GroupBy(fact => fact.MemberId).Select(record => record.ToList()).ToList();
        var died = known.Where(fact => fact.Status == MemberStatus.Deceased).Min(fact => (DateOnly?)fact.On);
        var opening = Belongs(year.StartsOn.AddDays(-1));
        var belongs = opening;
        long admitted = 0, ceased = 0;
        foreach (var day in known.Where(fact => fact.On >= year.StartsOn).Select(fact => fact.On).Distinct().Order())
        {
            if (Belongs(day) == belongs) continue;
            belongs = !belongs;
            if (belongs) admitted++;
            else ceased++;
        }
        return new(opening ? 1 : 0, admitted, ceased, belongs ? 1 : 0);

        bool Belongs(DateOnly day) => (died is null || day < died) && records.Exists(record => MemberHistory.StatusAsOf(record, day).IsMembership());
    }
}
