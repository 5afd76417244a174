using System.Globalization;
using System.Numerics;

namespace Evergreen.Web.Tests.Cli;

/// <summary>Recomputes a run from its allocations.csv alone: what must hold on every row and file under largest remainders.</summary>
internal static class AllocationsFile
{
    public static IEnumerable<string> Faults(string path)
    {
        var rows = Csv.Read(path);
        foreach (var pool in rows.GroupBy(row => row["pool"], StringComparer.Ordinal))
        {
            var total = Hundredths(pool.First()["total_units"]);
            var amount = Number(pool.First()["pool_amount_cents"]);
            foreach (var row in pool)
            {
                var who = row["member_number"];
                var (units, numerator, denominator) = (Hundredths(row["units"]), Number(row["share_numerator"]), Number(row["share_denominator"]));
                if (numerator * total != units * denominator) yield return $"{who}: the share is not units over total units";
                if (BigInteger.GreatestCommonDivisor(numerator, denominator) != 1) yield return $"{who}: the share is not in lowest terms";
                if (Number(row["floor_cents"]) != amount * numerator / denominator) yield return $"{who}: the floor is wrong";
                if (Number(row["dividend_cents"]) != Number(row["floor_cents"]) + Number(row["remainder_cent"])) yield return $"{who}: floor and leftover cent are not the dividend";
                if (Number(row["dividend_cents"]) != Number(row["cash_cents"]) + Number(row["retained_cents"])) yield return $"{who}: cash and retained are not the dividend";
                if (Number(row["payable_cents"]) != Number(row["cash_cents"]) - Number(row["withheld_cents"])) yield return $"{who}: payable is not cash less withholding";
                if (row["notice_kind"] == "qualified" && 5 * Number(row["cash_cents"]) < Number(row["dividend_cents"]) - Number(row.GetValueOrDefault("nonqualified_cents", "0"))) yield return $"{who}: a qualified notice with less than 20 % in cash";
                if (units.IsZero && !Number(row["dividend_cents"]).IsZero) yield return $"{who}: a dividend without units";
            }
            if (Sum(pool, "dividend_cents") != amount) yield return $"{pool.Key}: the dividends are not the pool";
            if (pool.Aggregate(BigInteger.Zero, (sum, row) => sum + Hundredths(row["units"])) != total) yield return $"{pool.Key}: the units are not the total";
            var extra = pool.Count(row => row["remainder_cent"] == "1");
            if (extra >= pool.Count()) yield return $"{pool.Key}: {extra} leftover cents for {pool.Count()} members";
            // Largest remainders: who got a cent has no smaller remainder than who did not.
            BigInteger Remainder(Dictionary<string, string> row) => amount * Hundredths(row["units"]) % total;
            var without = pool.Where(row => row["remainder_cent"] == "0").Select(Remainder).DefaultIfEmpty(BigInteger.Zero).Max();
            var with = pool.Where(row => row["remainder_cent"] == "1").Select(Remainder).DefaultIfEmpty(total).Min();
            if (with < without) yield return $"{pool.Key}: a leftover cent went to a smaller remainder";
        }
    }

    private static BigInteger Sum(IEnumerable<Dictionary<string, string>> rows, string column) => rows.Aggregate(BigInteger.Zero, (sum, row) => sum + Number(row[column]));
    private static BigInteger Number(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);
    private static BigInteger Hundredths(string text) => text.Split('.') is [var whole, var part] ? Number(whole) * 100 + Number(part.PadRight(2, '0')) : Number(text) * 100;
}
