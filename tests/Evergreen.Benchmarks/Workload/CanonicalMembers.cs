using System.Text;

namespace Evergreen.Benchmarks.Workload;

/// <summary>A register as <c>members.csv</c>: customers, every tenth of them a worker too, all of them members by bylaw before the year.</summary>
public static class CanonicalMembers
{
    public static void Write(int members, string path)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\r\n" };
        file.WriteLine("member_number,kind,name,address_line1,city,region,postal_code,country,classes,joined_on,consent,consent_on");
        for (var n = 1; n <= members; n++)
        {
            var joined = new DateOnly(2000 + n % 25, 1 + n % 12, 1 + n % 28);
            file.WriteLine($"{n},person,Member M{n:0000000},{n} Hill Road,Oldtown,OR,97200,US,{(n % 10 == 0 ? "worker;customer" : "customer")},{joined:yyyy-MM-dd},bylaw,{joined:yyyy-MM-dd}");
        }
    }
}
