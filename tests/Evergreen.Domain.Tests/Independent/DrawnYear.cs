namespace Evergreen.Domain.Tests.Independent;

/// <summary>Draws a co-op's year: the same seed and size, the same year.</summary>
internal sealed class DrawnYear
{
    private static readonly string[] Classes = ["worker", "apprentice", "supporter"];
    private static readonly string[] Weights = ["1", "3/4", "1.5", "2/7", "0.01", "12"];
    private static readonly string?[] Categories = [null, "grocery", "gift-cards", "leave"];
    private static readonly string[] Measures = ["hours", "wages", "purchases", "volume"];

    private readonly Random random;
    private readonly bool isUk;
    private readonly int endYear, endMonth, size;
    private readonly DateOnly starts, ends;

    private DrawnYear(int size, int seed)
    {
        random = new Random(seed);
        this.size = size;
        isUk = Chance(20);
        (endYear, endMonth) = (random.Next(2023, 2030), random.Next(1, 13));
        ends = new DateOnly(endYear, endMonth, DateTime.DaysInMonth(endYear, endMonth));
        starts = ends.AddDays(1).AddYears(-1);
    }

    public static PlainYear Of(int size, int seed) => new DrawnYear(size, seed).Draw();

    private PlainYear Draw()
    {
        var byLines = Chance(50);
        var pools = Pools(byLines);
        var members = Members();
        var patronage = Patronage(members);
        var codes = pools.Where(pool => pool.InterestRate is null).Select(pool => pool.Code).ToList();
        var reserve = One("0", "30%", "1/3", "7.25%", "50%");
        return new PlainYear
        {
            IsUk = isUk, EndYear = endYear, EndMonth = endMonth,
            MemberRatio = One("records", "records", "records", "77.44%", "159927/206511", "1", "0"),
            Reserve = reserve,
            Funds = One<List<(string, string)>>([], [], [("education", "5%")], [("education", "1/7"), ("solidarity", "2.5%")]),
            CapitalDividends = Chance(20) ? random.Next(1, 200_000) : 0, CapitalReducesPatronage = Chance(60),
            Pools = pools,
            Minimum = One(0, 0, 100, 500, 20_000), Below = One("retain", "donate", "roll-forward", "store-credit", "pool"),
            LossSteps = LossSteps(),
            Rounding = One("largest-remainder", "largest-remainder", "half-up-residue-to-reserve", "floor-residue-to-reserve"),
            Withholding = Chance(40) ? One("24%", "1/3", "28%") : null,
            Figures = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (Net(), true, byLines && (codes.Count > 1 || Chance(50)) ? codes[random.Next(codes.Count)] : null)), .. Enumerable.Range(0, random.Next(0, 3)).Select(_ => (Net() / 10, false, (string?)null))],
            Members = members, Patronage = patronage, OutsideConsent = OutsideConsent(members, patronage),
            ReserveBalance = random.Next(-100_000, 3_000_000), LossesCarried = Chance(25) ? random.Next(1, 1_000_000) : 0,
        };
    }

    private List<PlainPool> Pools(bool byLines)
    {
        var count = random.Next(1, 4);
        string[] shares = count == 1 ? ["100%"] : count == 2 ? One<string[]>(["1/3", "2/3"], ["50%", "50%"], ["99.9%", "0.1%"]) : One<string[]>(["1/3", "1/3", "1/3"], ["20%", "30%", "50%"], ["0", "1/7", "6/7"]);
        var pools = new List<PlainPool>();
        for (var i = 0; i < count; i++)
        {
            var unit = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Any(Measures), Any(Weights), One<string[]>([], [], ["grocery"], ["grocery", "leave"]), One<string[]>([], [], ["gift-cards"]))).ToList();
            var labour = unit.Any(part => part.Item1 is "hours" or "wages");
            var notice = isUk ? "none" : One("qualified", "qualified", "nonqualified", "none");
            pools.Add(new PlainPool
            {
                Code = $"pool-{i + 1}", NetShare = byLines ? null : shares[i], Unit = unit,
                Classes = One<Dictionary<string, string>>([], [], new() { ["worker"] = "1", ["apprentice"] = "3/4" }, new() { ["worker"] = "2/3", ["supporter"] = "0", ["apprentice"] = "1.1" }),
                ActiveAtYearEnd = Chance(60), MinimumHours = One(0, 0, 0, 0, 0, 5_000, 50_000), EquityAtLeast = One(0, 0, 0, 5_000), Months = One(0, 0, 0, 3, 12),
                Notice = notice, ThroughPayroll = isUk && labour,
                Cash = notice == "qualified" ? One("20%", "20%", "1/3", "25%", "0.6", "100%") : notice == "nonqualified" ? One("0", "10%", "45%", "1/3") : isUk && !labour ? One("100%", "50%", "2/3") : "1",
            });
        }
        if (isUk && Chance(50)) pools.Insert(random.Next(pools.Count + 1), new PlainPool { Code = "interest", InterestRate = One("2%", "3.5%", "1/30") });
        return pools;
    }

    private List<PlainMember> Members()
    {
        var ids = Enumerable.Range(1, 5 * size).ToArray();
        var numbers = Enumerable.Range(1, 20 * size).ToArray();
        random.Shuffle(ids);
        random.Shuffle(numbers);
        var members = new List<PlainMember>();
        for (var i = 0; i < size; i++)
        {
            var lots = Enumerable.Range(0, random.Next(0, 5)).Select(_ => (Qualified: Chance(60), Year: endYear - random.Next(1, 6), Cents: (long)random.Next(0, 60_000)));
            members.Add(new PlainMember(ids[i], numbers[i])
            {
                Status = One("active", "active", "active", "active", "active", "active", "active", "leave", "suspended", "left", "deceased", "none"),
                JoinedOn = Chance(5) ? null : ends.AddDays(-random.Next(0, 1500)),
                Classes = [.. Classes.Where(_ => Chance(40))],
                Consent = Consent(),
                HasTaxId = Chance(85),
                OwnerId = i > 0 && Chance(10) ? ids[random.Next(i)] : null,
                Share = One(0, 5_000, 10_000, 4_999), RolledForward = Chance(20) ? random.Next(1, 1_000) : 0,
                Lots = [.. lots.DistinctBy(lot => (lot.Qualified, lot.Year))],
                ShareCentDays = Chance(30) ? 0 : (BigInteger)random.Next(1, 10_000_00) * random.Next(1, 366),
            });
        }
        return members;
    }

    private List<(DateOnly, DateOnly)> Consent()
    {
        if (Chance(15)) return [];
        var first = Chance(65) ? starts : starts.AddDays(random.Next(1, 364));
        if (Chance(80)) return [(first, ends)];
        var until = first.AddDays(random.Next(0, ends.DayNumber - first.DayNumber));
        return Chance(70) || until.AddDays(2) > ends ? [(first, until)] : [(first, until), (until.AddDays(2), ends)];
    }

    private List<PlainSum> Patronage(List<PlainMember> members)
    {
        var sums = new List<PlainSum>();
        foreach (var who in members.Select(member => member.Id).Append(0))
        {
            var measures = Measures.Where(_ => Chance(60)).ToList();
            foreach (var measure in measures)
                foreach (var category in Categories.Where(_ => Chance(45)))
                    sums.Add(new PlainSum(who, measure, category, One("", "", "", "", "yes", "no"), Chance(4) ? -random.Next(0, 300_000) : Chance(20) ? 100_000 : random.Next(0, 400_000)));
        }
        return sums;
    }

    private List<PlainSum> OutsideConsent(List<PlainMember> members, List<PlainSum> patronage)
    {
        var late = members.Where(member => member.Consent.Count > 0 && member.Consent[0] != (starts, ends)).Select(member => member.Id).ToHashSet();
        return [.. patronage.Where(sum => late.Contains(sum.Member) && Chance(80)).Select(sum => sum with { Quantity = Chance(10) ? sum.Quantity : sum.Quantity * random.Next(-10, 130) / 100 })];
    }

    private List<string> LossSteps()
    {
        if (Chance(30)) return ["member-accounts", "carry-forward"];
        string[] steps = ["reserve", "offset-pools", "member-accounts", "carry-forward"];
        random.Shuffle(steps);
        List<string> some = [.. steps.Where(_ => Chance(70))];
        if (!some.Contains("carry-forward") && Chance(80)) some.Add("carry-forward");
        return some;
    }

    private long Net() => Chance(5) ? 0 : Chance(65) ? random.Next(1, 20_000_000) : -random.Next(1, One(8_000_000, 100_000));
    private bool Chance(int percent) => random.Next(100) < percent;
    private T One<T>(params T[] choices) => choices[random.Next(choices.Length)];
    private T Any<T>(T[] choices) => choices[random.Next(choices.Length)];
}
