namespace Evergreen.Domain.Tests.Independent;

/// <summary>A row of the slow result. Amounts are cents.</summary>
internal sealed record SlowRow(int Pool, int Member)
{
    public BigInteger Dividend { get; set; }
    public BigInteger Cash { get; set; }
    public BigInteger Qualified { get; set; }
    public BigInteger Nonqualified { get; set; }
    public BigInteger Capital { get; set; }
    public BigInteger Withheld { get; set; }
    public string Treatment { get; set; } = "paid";
    public Fraction Units { get; set; }
    public Fraction UnitsOutside { get; set; }
}

/// <summary>The whole year worked out again, slowly and from the rules: fractions throughout, everything sorted, nothing shared with the calculation it checks.</summary>
internal sealed class SlowDividend
{
    private readonly PlainYear year;
    private readonly List<PlainMember> members;
    private readonly List<(PlainPool Pool, int No)> patronagePools;
    private readonly Dictionary<int, Dictionary<int, Fraction>> unitsOf = [];
    private readonly Dictionary<int, Dictionary<int, Fraction>> outsideOf = [];
    private readonly Dictionary<int, BigInteger> divisible = [];
    private readonly Dictionary<int, BigInteger> loss = [];
    private readonly Dictionary<int, Dictionary<int, BigInteger>> borneByMembers = [];

    public string? Refusal { get; private set; }
    public BigInteger ToReserve { get; private set; }
    public BigInteger Recovered { get; private set; }
    public BigInteger Carried { get; private set; }
    public Dictionary<string, BigInteger> Funds { get; } = [];
    public List<SlowRow> Rows { get; } = [];

    public SlowDividend(PlainYear year)
    {
        this.year = year;
        members = [.. year.Members.OrderBy(member => member.Number)];
        patronagePools = [.. year.Pools.Select((pool, i) => (pool, i + 1)).Where(pair => pair.pool.InterestRate is null)];
        Refusal = Work();
    }

    private string? Work()
    {
        var fromPatronage = Total(year.Figures.Where(line => line.FromPatronage).Select(line => (BigInteger)line.Cents));
        var other = Total(year.Figures.Where(line => !line.FromPatronage).Select(line => (BigInteger)line.Cents));

        // The pools' nets, their members' parts, and who has units.
        var nets = new Dictionary<int, BigInteger>();
        if (patronagePools.All(pair => pair.Pool.NetShare is not null))
        {
            var parts = Divide(fromPatronage, [.. patronagePools.Select(pair => Fraction.Read(pair.Pool.NetShare!))]);
            for (var i = 0; i < parts.Count; i++) nets[patronagePools[i].No] = parts[i];
        }
        else
        {
            foreach (var (pool, no) in patronagePools)
                nets[no] = Total(year.Figures.Where(line => line.FromPatronage && (line.Pool ?? patronagePools[0].Pool.Code) == pool.Code).Select(line => (BigInteger)line.Cents));
        }
        ToReserve = other;
        foreach (var (pool, no) in patronagePools)
        {
            Fraction ofMembers = 0, ofAll = 0;
            var counted = Count(pool, year.Patronage);
            foreach (var (member, units) in counted)
            {
                ofAll += units;
                if (member != 0) ofMembers += units;
            }
            if (year.MemberRatio == "records" && !nets[no].IsZero && ofAll.Sign <= 0) return "pool-without-units";
            Fraction ratio = year.MemberRatio != "records" ? Fraction.Read(year.MemberRatio) : ofAll.Sign <= 0 && nets[no].IsZero ? 1 : Fraction.Larger(0, Fraction.Smaller(1, ofMembers / ofAll));
            var memberNet = (ratio * nets[no]).HalfUp();
            ToReserve += nets[no] - memberNet;
            divisible[no] = BigInteger.Max(0, memberNet);
            loss[no] = BigInteger.Max(0, -memberNet);
            WeighMembers(pool, no, counted);
        }

        PlaceLosses();
        if (loss.Values.Any(left => left.Sign > 0)) return "loss-not-placed";

        // What capital takes before patrons share, then what earlier losses take.
        BigInteger interest = 0;
        for (var i = 0; i < year.Pools.Count; i++)
            if (year.Pools[i].InterestRate is { } rate) interest += ShareInterest(i + 1, Fraction.Read(rate));
        var charges = interest;
        if (year.CapitalReducesPatronage) charges += year.CapitalDividends;
        else ToReserve -= year.CapitalDividends;
        if (charges > Total(divisible.Values)) return "capital-above-earnings";
        TakeFromEarnings(charges);
        Recovered = BigInteger.Min(year.LossesCarried, Total(divisible.Values));
        TakeFromEarnings(Recovered);

        // Reserve, funds and members; then members by their units.
        foreach (var (pool, no) in patronagePools)
        {
            Fraction rest = 1;
            List<Fraction> shares = [Fraction.Read(year.Reserve), .. year.Funds.Select(fund => Fraction.Read(fund.Share))];
            foreach (var share in shares) rest -= share;
            var parts = Divide(divisible[no], [.. shares, rest]);
            ToReserve += parts[0];
            for (var i = 0; i < year.Funds.Count; i++) Funds[year.Funds[i].Code] = Funds.GetValueOrDefault(year.Funds[i].Code) + parts[i + 1];
            if (!AllocateToMembers(no, parts[^1])) return "pool-without-members";
        }
        if (year.CapitalDividends > 0 && !year.CapitalReducesPatronage && year.ReserveBalance + ToReserve < 0) return "capital-above-reserve";
        Rows.Sort((a, b) => a.Pool != b.Pool ? a.Pool.CompareTo(b.Pool) : PlaceOf(a.Member).CompareTo(PlaceOf(b.Member)));
        GiveForms();
        return null;
    }

    private int PlaceOf(int member) => members.FindIndex(one => one.Id == member);

    private int OwnerOf(int member)
    {
        while (members.First(one => one.Id == member).OwnerId is { } owner) member = owner;
        return member;
    }

    /// <summary>Units before class weights, by owner; zero stands for non-members.</summary>
    private Dictionary<int, Fraction> Count(PlainPool pool, List<PlainSum> sums)
    {
        var counted = new Dictionary<int, Fraction>();
        foreach (var sum in sums)
        {
            foreach (var (measure, weight, only, except) in pool.Unit)
            {
                if (measure != sum.Measure) continue;
                var named = sum.Category is { } category ? (only.Length == 0 || only.Contains(category)) && !except.Contains(category) : only.Length == 0;
                if (sum.Says == "no" || (sum.Says != "yes" && !named)) continue;
                var whose = sum.Member == 0 ? 0 : OwnerOf(sum.Member);
                counted[whose] = counted.GetValueOrDefault(whose, 0) + Fraction.Read(weight) * sum.Quantity;
            }
        }
        return counted;
    }

    private void WeighMembers(PlainPool pool, int no, Dictionary<int, Fraction> counted)
    {
        unitsOf[no] = [];
        outsideOf[no] = [];
        var outside = Count(pool, year.OutsideConsent);
        var yearEnd = new DateOnly(year.EndYear, year.EndMonth, DateTime.DaysInMonth(year.EndYear, year.EndMonth));
        foreach (var member in members)
        {
            var units = counted.GetValueOrDefault(member.Id, 0);
            if (units.Sign <= 0 || member.OwnerId is not null) continue;
            if (pool.ActiveAtYearEnd && member.Status is not ("active" or "leave")) continue;
            var hours = Total(year.Patronage.Where(sum => sum.Measure == "hours" && sum.Member != 0 && OwnerOf(sum.Member) == member.Id).Select(sum => (BigInteger)sum.Quantity));
            if (pool.MinimumHours > 0 && hours < pool.MinimumHours) continue;
            if (member.Share < pool.EquityAtLeast) continue;
            if (pool.Months > 0 && (member.JoinedOn is not { } joined || joined.AddMonths(pool.Months) > yearEnd.AddDays(1))) continue;
            Fraction weight = 1;
            if (pool.Classes.Count > 0)
            {
                weight = 0;
                foreach (var code in member.Classes.Where(pool.Classes.ContainsKey)) weight = Fraction.Larger(weight, Fraction.Read(pool.Classes[code]));
            }
            if (weight.Sign == 0) continue;
            unitsOf[no][member.Id] = units * weight;
            outsideOf[no][member.Id] = member.Consent.Count == 0 ? units * weight : Fraction.Smaller(units, Fraction.Larger(0, outside.GetValueOrDefault(member.Id, 0))) * weight;
        }
    }

    private void PlaceLosses()
    {
        var bearable = BigInteger.Max(0, year.ReserveBalance + ToReserve);
        foreach (var step in year.LossSteps)
        {
            var losing = patronagePools.Select(pair => pair.No).Where(no => loss[no].Sign > 0).ToList();
            if (losing.Count == 0) return;
            var all = Total(losing.Select(no => loss[no]));
            switch (step)
            {
                case "reserve":
                    var borne = BigInteger.Min(all, bearable);
                    Share(borne, losing, loss);
                    ToReserve -= borne;
                    bearable -= borne;
                    break;
                case "offset-pools":
                    var winning = patronagePools.Select(pair => pair.No).Where(no => divisible[no].Sign > 0).ToList();
                    var offset = BigInteger.Min(all, Total(winning.Select(no => divisible[no])));
                    if (offset.IsZero) break;
                    Share(offset, losing, loss);
                    Share(offset, winning, divisible);
                    break;
                case "member-accounts":
                    foreach (var no in losing) ChargeMembers(no);
                    break;
                case "carry-forward":
                    Carried += all;
                    foreach (var no in losing) loss[no] = 0;
                    break;
            }
        }
    }

    /// <summary>Takes an amount from the pools' balances in proportion to them.</summary>
    private static void Share(BigInteger amount, List<int> pools, Dictionary<int, BigInteger> balances)
    {
        var parts = Divide(amount, [.. pools.Select(no => (Fraction)balances[no])]);
        for (var i = 0; i < pools.Count; i++) balances[pools[i]] -= parts[i];
    }

    private void TakeFromEarnings(BigInteger amount)
    {
        if (amount.Sign > 0) Share(amount, [.. patronagePools.Select(pair => pair.No).Where(no => divisible[no].Sign > 0)], divisible);
    }

    private void ChargeMembers(int no)
    {
        var caps = new Dictionary<int, BigInteger>();
        foreach (var member in members.Where(member => unitsOf[no].ContainsKey(member.Id)))
            caps[member.Id] = Total(member.Lots.Select(lot => (BigInteger)lot.Cents)) - Total(borneByMembers.Values.Select(borne => borne.GetValueOrDefault(member.Id)));
        var left = BigInteger.Min(loss[no], Total(caps.Values));
        if (left.IsZero) return;
        loss[no] -= left;

        // Whoever would bear the cap or more bears the cap; again, until the rest can bear the rest.
        var result = borneByMembers[no] = [];
        var open = caps.Keys.ToList();
        while (open.Count > 0)
        {
            Fraction sum = 0;
            foreach (var id in open) sum += unitsOf[no][id];
            var full = open.Where(id => Fraction.Compare(unitsOf[no][id] * left / sum, caps[id]) >= 0).ToList();
            if (full.Count == 0)
            {
                var parts = Divide(left, [.. open.Select(id => unitsOf[no][id])]);
                for (var i = 0; i < open.Count; i++) result[open[i]] = parts[i];
                break;
            }
            foreach (var id in full)
            {
                result[id] = caps[id];
                left -= caps[id];
                open.Remove(id);
            }
        }
    }

    private BigInteger ShareInterest(int no, Fraction rate)
    {
        var end = new DateOnly(year.EndYear, year.EndMonth, DateTime.DaysInMonth(year.EndYear, year.EndMonth));
        var days = end.AddDays(1).DayNumber - end.AddDays(1).AddYears(-1).DayNumber;
        var holders = members.Where(member => member.ShareCentDays.Sign > 0).ToList();
        var interest = (rate * Total(holders.Select(member => member.ShareCentDays)) / days).HalfUp();
        var parts = Divide(interest, [.. holders.Select(member => (Fraction)member.ShareCentDays)]);
        for (var i = 0; i < holders.Count; i++) Rows.Add(new SlowRow(no, holders[i].Id) { Dividend = parts[i], Units = holders[i].ShareCentDays });
        return interest;
    }

    private bool AllocateToMembers(int no, BigInteger amount)
    {
        var ids = members.Select(member => member.Id).Where(unitsOf[no].ContainsKey).ToList();
        if (ids.Count == 0) return amount.IsZero;
        List<BigInteger> parts;
        if (borneByMembers.TryGetValue(no, out var borne)) parts = [.. ids.Select(id => -borne[id])];
        else
        {
            parts = Divide(amount, [.. ids.Select(id => unitsOf[no][id])], year.Rounding);
            ToReserve += amount - Total(parts);
        }
        for (var i = 0; i < ids.Count; i++) Rows.Add(new SlowRow(no, ids[i]) { Dividend = parts[i], Units = unitsOf[no][ids[i]], UnitsOutside = outsideOf[no][ids[i]] });
        return true;
    }

    private void GiveForms()
    {
        foreach (var row in Rows)
        {
            var pool = year.Pools[row.Pool - 1];
            var cash = pool.InterestRate is null ? Fraction.Read(pool.Cash) : 1;
            if (row.Dividend.Sign < 0) TakeOldest(row);
            else if (pool.Notice == "qualified")
            {
                var parts = row.UnitsOutside.Sign == 0 ? [row.Dividend, 0] : Divide(row.Dividend, [row.Units - row.UnitsOutside, row.UnitsOutside]);
                BigInteger covered = (cash * parts[0]).Up(), rest = (cash * parts[1]).HalfUp();
                (row.Cash, row.Qualified, row.Nonqualified) = (covered + rest, parts[0] - covered, parts[1] - rest);
            }
            else
            {
                row.Cash = (cash * row.Dividend).HalfUp();
                if (pool.Notice == "nonqualified") row.Nonqualified = row.Dividend - row.Cash;
                else row.Capital = row.Dividend - row.Cash;
            }
            if (row.Dividend.Sign >= 0 && pool.ThroughPayroll) row.Treatment = "payroll";
        }
        foreach (var group in Rows.Where(row => row.Treatment == "paid" && row.Cash.Sign > 0).GroupBy(row => row.Member).ToList())
        {
            var member = members.First(one => one.Id == group.Key);
            var cash = Total(group.Select(row => row.Cash)) + (year.Below == "roll-forward" ? member.RolledForward : 0);
            if (cash < year.Minimum)
            {
                foreach (var row in group) TreatSmall(row);
                continue;
            }
            if (year.Withholding is null || year.IsUk || member.HasTaxId) continue;
            var rows = group.ToList();
            var held = Divide((Fraction.Read(year.Withholding) * Total(rows.Select(row => row.Cash))).HalfUp(), [.. rows.Select(row => (Fraction)row.Cash)]);
            for (var i = 0; i < rows.Count; i++) rows[i].Withheld = held[i];
        }
    }

    private void TreatSmall(SlowRow row)
    {
        row.Treatment = year.Below;
        if (year.Below == "donate") return;
        (row.Nonqualified, row.Qualified) = (row.Nonqualified + row.Qualified, 0);
        if (year.Below != "retain") return;
        if (year.IsUk) row.Capital += row.Cash;
        else row.Nonqualified += row.Cash;
        row.Cash = 0;
    }

    /// <summary>Goes through the member's notices cent heap by cent heap, past those that earlier pools have taken.</summary>
    private void TakeOldest(SlowRow row)
    {
        var gone = -Total(Rows.Where(earlier => earlier.Member == row.Member && earlier.Pool < row.Pool && earlier.Dividend.Sign < 0).Select(earlier => earlier.Dividend));
        var need = -row.Dividend;
        foreach (var (qualified, _, cents) in members.First(one => one.Id == row.Member).Lots.OrderBy(lot => lot.Year).ThenBy(lot => lot.Qualified ? 0 : 1))
        {
            var passed = BigInteger.Min(gone, cents);
            gone -= passed;
            var part = BigInteger.Min(need, cents - passed);
            need -= part;
            if (qualified) row.Qualified -= part;
            else row.Nonqualified -= part;
        }
    }

    /// <summary>Shares of an amount by weight: floors of the absolute value, the leftover to the largest remainders, sorted in full.</summary>
    private static List<BigInteger> Divide(BigInteger amount, List<Fraction> weights, string rounding = "largest-remainder")
    {
        Fraction total = 0;
        foreach (var weight in weights) total += weight;
        if (total.Sign == 0) return [.. weights.Select(_ => BigInteger.Zero)];
        var exact = weights.Select(weight => weight * BigInteger.Abs(amount) / total).ToList();
        var parts = rounding == "half-up-residue-to-reserve" ? exact.Select(share => share.HalfUp()).ToList() : exact.Select(share => share.Down()).ToList();
        if (rounding == "largest-remainder")
        {
            var left = (int)(BigInteger.Abs(amount) - Total(parts));
            var order = Enumerable.Range(0, parts.Count).ToList();
            order.Sort((a, b) => Fraction.Compare(exact[b] - parts[b], exact[a] - parts[a]) is var bySize && bySize != 0 ? bySize : a.CompareTo(b));
            foreach (var winner in order.Take(left)) parts[winner]++;
        }
        return amount.Sign < 0 ? [.. parts.Select(part => -part)] : parts;
    }

    private static BigInteger Total(IEnumerable<BigInteger> numbers)
    {
        BigInteger sum = 0;
        foreach (var number in numbers) sum += number;
        return sum;
    }
}
