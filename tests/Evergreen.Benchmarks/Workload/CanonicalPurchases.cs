using System.Text;

namespace Evergreen.Benchmarks.Workload;

/// <summary>A journal as the <c>purchases.csv</c> that a till would export.</summary>
public static class CanonicalPurchases
{
    public static void Write(TillJournal journal, string path)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\r\n" };
        file.WriteLine("source_id,member_number,purchased_on,amount,department,eligible");
        long row = 0;
        foreach (var (member, on, cents, eligible) in journal.Lines())
        {
            var size = Math.Abs(cents);
            file.WriteLine($"r{++row},{member},{on:yyyy-MM-dd},{(cents < 0 ? "-" : "")}{size / 100}.{size % 100:00},grocery,{(eligible ? "true" : "false")}");
        }
    }
}
