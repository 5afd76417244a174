using System.Text;
using Evergreen.Benchmarks.Stage;

namespace Evergreen.Benchmarks.Workload;

/// <summary>Contributions as <c>equity.csv</c>: shares, month by month, and in every seventh month something of them taken back.</summary>
internal static class CanonicalEquity
{
    public static void Write(TrialCoOp coOp, string path)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\r\n" };
        file.WriteLine("source_id,member_number,account,fiscal_year,posted_on,amount");
        for (var month = 0; month < coOp.LinesEach; month++)
            for (var n = 1; n <= coOp.Members; n++)
                file.WriteLine($"e{month}-{n},{n},membership_share,,{new DateOnly(TillJournal.Year - 3, 1, 15).AddMonths(month):yyyy-MM-dd},{(month % 7 == 6 ? "-" : "")}{10 + n % 5}.{month % 100:00}");
    }
}
