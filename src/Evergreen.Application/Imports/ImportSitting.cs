using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>One file being taken in: where its rows go, and what they amount to so far.</summary>
internal sealed class ImportSitting(EvergreenDb db, CoOp coOp, ImportBatch import, ImportRequest request, DateTime now, DateOnly today, Action<ImportProgress>? progress)
{
    private const int RowsBetweenReports = 2_000, MostUnknown = 100;
    private int sinceReport;

    public EvergreenDb Db => db;
    public CoOp CoOp => coOp;
    public ImportBatch Import => import;
    public ImportRequest Request => request;
    public DateTime Now => now;
    public DateOnly Today => today;
    public ClosedYears Closed { get; } = new(db, coOp.Id);

    /// <summary>Things that came into being on the way: departments, kinds of hours, classes.</summary>
    public List<string> Created { get; } = [];

    /// <summary>Set once some rows were found to repeat: the file is then looked at again, so that every row is reported as what it is.</summary>
    public bool LookingAgain { get; private set; }

    public SortedDictionary<int, (long Rows, Int128 Hundredths)> Years { get; } = [];
    /// <summary>The first by number, of which the report tells: one that has a hundred before it is never among them.</summary>
    public SortedDictionary<string, (long Rows, Int128 Hundredths)> Unknown { get; } = new(Domain.Members.MemberNumber.Order);

    /// <summary>Sum of the main column over all rows but the rejected ones.</summary>
    public Int128 Total { get; private set; }
    public MemberCounts Members { get; set; } = new(0, 0, 0);
    public List<FieldChange> Changes { get; } = [];

    public void LookAgain()
    {
        LookingAgain = true;
        Years.Clear();
        Unknown.Clear();
        Total = 0;
    }

    public void Accept(CanonicalRows rows, int year, long hundredths)
    {
        var (count, sum) = Years.GetValueOrDefault(year);
        Years[year] = (count + 1, sum + hundredths);
        Total += hundredths;
        rows.Accept();
    }

    public void Skip(CanonicalRows rows, long hundredths)
    {
        Total += hundredths;
        rows.Skip("already-imported");
    }

    public void Hold(CanonicalRows rows, string number, long hundredths)
    {
        var (count, sum) = Unknown.GetValueOrDefault(number);
        Unknown[number] = (count + 1, sum + hundredths);
        if (Unknown.Count > MostUnknown) Unknown.Remove(Unknown.Keys.Last());
        Total += hundredths;
        rows.Hold();
    }

    public void Changed(string number, string field, string? before, string? after)
    {
        if (Changes.Count < ImportReport.MostChanges) Changes.Add(new FieldChange(number, field, before, after));
    }

    public void Progress(CanonicalRows rows)
    {
        if (++sinceReport < RowsBetweenReports) return;
        sinceReport = 0;
        Progress(rows.Source);
    }

    public void Progress(RowSource source) => progress?.Invoke(new(LookingAgain ? "look again" : "read", source.BytesRead, source.TotalBytes));

    public IReadOnlyList<YearPart> YearParts => [.. Years.Select(year => new YearPart(year.Key, year.Value.Rows, new Money((long)year.Value.Hundredths)))];
    public IReadOnlyList<UnknownMember> UnknownMembers => [.. Unknown.Select(member => new UnknownMember(member.Key, member.Value.Rows, new Money((long)member.Value.Hundredths)))];
}
