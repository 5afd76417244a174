using System.Globalization;
using System.Numerics;
using Evergreen.Web.Tests.Cli;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Works a member's dividend out again from the table that the member can take home, with nothing of the house: whole numbers, one floor, one remainder.</summary>
internal sealed class RecomputedDividend
{
    private readonly List<Dictionary<string, string>> rows;
    private readonly List<string> faults = [];

    public RecomputedDividend(string csv)
    {
        rows = Csv.Parse(csv);
        Work();
    }

    /// <summary>In cents, over all pools.</summary>
    public BigInteger Dividend { get; private set; }
    public BigInteger Cash { get; private set; }
    public BigInteger Qualified { get; private set; }
    public BigInteger Nonqualified { get; private set; }
    public BigInteger Withheld { get; private set; }

    /// <summary>Steps whose figure in the table is not the one that was worked out.</summary>
    public IReadOnlyList<string> Faults => faults;

    private void Work()
    {
        var figures = rows.Where(row => row["step"] == "figure").ToList();
        BigInteger Sum(IEnumerable<Dictionary<string, string>> some) => some.Aggregate(BigInteger.Zero, (sum, row) => sum + Cents(row["amount"]));
        var patronage = Sum(figures.Where(row => row["rule"] == "patronage"));
        Expect("net-income", "", Sum(figures));
        Expect("patronage-net", "", patronage);
        var pools = rows.Where(row => row["part"] == "pool" && row["step"] == "name").Select(row => row["pool"]).ToList();
        var shares = pools.Select(pool => Find("net-share", pool)).ToList();
        var nets = shares.All(share => share is not null) ? Split(patronage, [.. shares.Select(share => Fraction(share!))])
            : [.. pools.Select(pool => Sum(figures.Where(row => row["rule"] == "patronage" && (row["pool"] == pool || pools.Count == 1))))];
        for (var i = 0; i < pools.Count; i++) Pool(pools[i], nets[i]);
        Expect("dividend", "", Dividend);
        Expect("cash", "", Cash);
        Expect("payable", "", Cash - Withheld);
        Expect("retained", "", Dividend - Cash);
    }

    private void Pool(string pool, BigInteger net)
    {
        Expect("net", pool, net);
        var (above, below) = Fraction(Find("member-ratio", pool)!);
        var memberNet = HalfUp(net * above, below);
        Expect("member-net", pool, memberNet);
        var divisible = memberNet - Amount("offset", pool) - Amount("capital-charges", pool) - Amount("losses-recovered", pool);
        Expect("divisible", pool, divisible);
        var kept = rows.Where(row => row["pool"] == pool && row["step"] is "reserve-share" or "fund-share").Where(row => row["pool"] == pool).Select(Fraction).ToList();
        var rest = kept.Aggregate((Above: BigInteger.One, Below: BigInteger.One), (left, share) => (left.Above * share.Below - share.Above * left.Below, left.Below * share.Below));
        var parts = Split(divisible, [.. kept, rest]);
        Expect("to-reserve", pool, parts[0]);
        Expect("to-members", pool, parts[^1]);
        Expect("allocated", pool, parts[^1] - Amount("residue", pool));
        if (Find("units", pool) is not null) Member(pool, parts[^1] - Amount("residue", pool));
    }

    private void Member(string pool, BigInteger amount)
    {
        var (classAbove, classBelow) = Fraction(Find("class-weight", pool)!);
        (BigInteger Above, BigInteger Below) units = (0, 1), before = (0, 1);
        foreach (var row in rows.Where(row => row["part"] == "me" && row["pool"] == pool && row["rule"] == "counts"))
        {
            var (above, below) = Fraction(row);
            units = Plus(units, (Cents(row["amount"]) * above * classAbove, 100 * below * classBelow));
            var early = rows.FirstOrDefault(other => other["pool"] == pool && other["step"] == "outside-consent" && other["name"] == row["name"] && other["rule"] == row["step"]);
            if (early is not null) before = Plus(before, (Cents(early["amount"]) * above * classAbove, 100 * below * classBelow));
        }
        var told = Fraction(Find("units", pool)!);
        if (units.Above * told.Below != told.Above * units.Below) faults.Add($"units of {pool}");
        var total = Fraction(Find("total-units", pool)!);
        // Cents of the pool × my units ÷ all units, floored once.
        var (product, divisor) = (amount * units.Above * total.Below, units.Below * total.Above);
        var floor = BigInteger.DivRem(product, divisor, out var left);
        Expect("cut-off", pool, floor);
        var extra = 0;
        if (Find("smallest-remainder-with-a-cent", pool) is { } cut)
        {
            var order = (left * Fraction(cut).Below).CompareTo(Fraction(cut).Above * divisor);
            extra = order > 0 || (order == 0 && Whole("place-among-that-remainder", pool) <= Whole("cents-for-that-remainder", pool)) ? 1 : 0;
        }
        var dividend = floor + extra;
        Expect("dividend", pool, dividend);
        Form(pool, dividend, units, before);
    }

    private void Form(string pool, BigInteger dividend, (BigInteger Above, BigInteger Below) units, (BigInteger Above, BigInteger Below) before)
    {
        var (above, below) = Fraction(Find("cash-share", pool)!);
        var consent = Find("consent", pool)!["name"];
        var early = consent == "none" ? dividend : before.Above.Sign <= 0 ? BigInteger.Zero : Split(dividend, [Minus((1, 1), Over(before, units)), Over(before, units)])[1];
        var (cash, qualified, nonqualified) = (HalfUp(dividend * above, below), BigInteger.Zero, BigInteger.Zero);
        if (Find("cash-share", pool)!["rule"] == "up")
        {
            var covered = dividend - early;
            var cashOfCovered = Up(covered * above, below);
            var cashOfEarly = HalfUp(early * above, below);
            (cash, qualified, nonqualified) = (cashOfCovered + cashOfEarly, covered - cashOfCovered, early - cashOfEarly);
        }
        else if (Find("notice", pool)!["rule"] == "nonqualified") nonqualified = dividend - cash;
        if (Cents(Find("minimum-payment", "")!["amount"]) is var minimum && cash > 0 && cash < minimum)
        {
            if (Find("minimum-payment", "")!["rule"] == "Retain") (nonqualified, cash) = (nonqualified + cash, 0);
            if (Find("minimum-payment", "")!["rule"] != "Donate") (nonqualified, qualified) = (nonqualified + qualified, 0);
        }
        Expect("cash", pool, cash);
        Expect("qualified", pool, qualified);
        Expect("nonqualified", pool, nonqualified);
        var withheld = Find("withholding-rate", "") is { } rate && Amount("withheld", pool).Sign > 0 ? HalfUp(cash * Fraction(rate).Above, Fraction(rate).Below) : 0;
        Expect("withheld", pool, withheld);
        (Dividend, Cash, Qualified, Nonqualified, Withheld) = (Dividend + dividend, Cash + cash, Qualified + qualified, Nonqualified + nonqualified, Withheld + withheld);
    }

    private void Expect(string step, string pool, BigInteger cents)
    {
        if (Find(step, pool) is { } row && Cents(row["amount"]) != cents) faults.Add($"{pool} {step}: {row["amount"]} and not {cents} cents");
    }

    private Dictionary<string, string>? Find(string step, string pool) => rows.FirstOrDefault(row => row["step"] == step && row["pool"] == pool && row["part"] != "file");

    private BigInteger Amount(string step, string pool) => Cents(Find(step, pool)!["amount"]);
    private BigInteger Whole(string step, string pool) => BigInteger.Parse(Find(step, pool)!["rule"], CultureInfo.InvariantCulture);

    private static BigInteger Cents(string amount) => BigInteger.Parse(amount.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static (BigInteger Above, BigInteger Below) Fraction(Dictionary<string, string> row) =>
        (BigInteger.Parse(row["numerator"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), BigInteger.Parse(row["denominator"], CultureInfo.InvariantCulture));

    private static (BigInteger, BigInteger) Plus((BigInteger Above, BigInteger Below) a, (BigInteger Above, BigInteger Below) b) => (a.Above * b.Below + b.Above * a.Below, a.Below * b.Below);
    private static (BigInteger, BigInteger) Minus((BigInteger Above, BigInteger Below) a, (BigInteger Above, BigInteger Below) b) => (a.Above * b.Below - b.Above * a.Below, a.Below * b.Below);
    private static (BigInteger, BigInteger) Over((BigInteger Above, BigInteger Below) a, (BigInteger Above, BigInteger Below) b) => (a.Above * b.Below, a.Below * b.Above);
    private static BigInteger HalfUp(BigInteger above, BigInteger below) => above.Sign * ((2 * BigInteger.Abs(above) + below) / (2 * below));
    private static BigInteger Up(BigInteger above, BigInteger below) => (above + below - 1) / below;

    /// <summary>Floors, and the leftover cents to the largest remainders; ties to the first.</summary>
    private static List<BigInteger> Split(BigInteger amount, List<(BigInteger Above, BigInteger Below)> shares)
    {
        var common = shares.Aggregate(BigInteger.One, (all, share) => all * share.Below);
        var magnitude = BigInteger.Abs(amount);
        var parts = shares.ConvertAll(share => BigInteger.DivRem(magnitude * share.Above * (common / share.Below), common));
        var left = magnitude - parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part.Quotient);
        var winners = parts.Select((part, i) => (part.Remainder, i)).OrderByDescending(part => part.Remainder).ThenBy(part => part.i).Take((int)left).Select(part => part.i).ToHashSet();
        return [.. parts.Select((part, i) => (part.Quotient + (winners.Contains(i) ? 1 : 0)) * (amount.Sign < 0 ? -1 : 1))];
    }
}
