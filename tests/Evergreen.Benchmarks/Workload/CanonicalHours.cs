using System.Text;
using Evergreen.Benchmarks.Stage;

namespace Evergreen.Benchmarks.Workload;

/// <summary>A year of hours as <c>hours.csv</c>: each member works as many days as there are lines, a day at a time for all of them.</summary>
internal static class CanonicalHours
{
    public static void Write(TrialCoOp coOp, string path)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\r\n" };
        file.WriteLine("source_id,member_number,work_date,hours,hours_kind,wages");
        for (var day = 0; day < coOp.LinesEach; day++)
            for (var n = 1; n <= coOp.Members; n++)
                file.WriteLine($"h{day}-{n},{n},{new DateOnly(TillJournal.Year, 1, 2).AddDays(day):yyyy-MM-dd},{1 + n % 9}.{n % 4 * 25:00},regular,{20 + n % 90}.{day % 100:00}");
    }
}
