using System.Globalization;
using System.Text.Json.Nodes;

namespace Evergreen.Application.Dividends;

/// <summary>A pool of the policy's form.</summary>
public sealed class PoolForm
{
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string Kind { get; set; } = "patronage";
    public string? Net { get; set; }
    public List<UnitForm> Units { get; set; } = [];
    public List<ClassForm> Classes { get; set; } = [];
    public bool ActiveAtYearEnd { get; set; } = true;
    public string? MinimumHours { get; set; }
    public string? EquityAtLeast { get; set; }
    public string? MonthsOfMembership { get; set; }
    public string? Cash { get; set; }
    public string Notice { get; set; } = "qualified";
    public string PayThrough { get; set; } = "dividend";
    public string? Rate { get; set; }

    /// <summary>Nothing is typed into it, so it is no pool.</summary>
    internal bool IsEmpty => new[] { Code, Name, Net, Cash, Rate }.All(text => PolicyForm.Trimmed(text) is null);

    internal static PoolForm FromJson(JsonObject pool) => new()
    {
        Code = PolicyForm.Text(pool["code"]),
        Name = PolicyForm.Text(pool["name"]),
        Kind = PolicyForm.Text(pool["kind"]) ?? "patronage",
        Net = PolicyForm.Text(pool["net"]),
        Units = [.. PolicyForm.Items(pool["unit"]).Select(UnitForm.FromJson)],
        Classes = [.. (pool["classes"]?.AsObject() ?? []).Select(weight => new ClassForm { Code = weight.Key, Weight = PolicyForm.Text(weight.Value) })],
        ActiveAtYearEnd = PolicyForm.Flag(pool["eligibility"]?["activeAtYearEnd"]) ?? true,
        MinimumHours = PolicyForm.Text(pool["eligibility"]?["minimumHours"]),
        EquityAtLeast = PolicyForm.Text(pool["eligibility"]?["equityAtLeast"]),
        MonthsOfMembership = ((int?)pool["eligibility"]?["monthsOfMembership"])?.ToString(CultureInfo.InvariantCulture),
        Cash = PolicyForm.Text(pool["cash"]),
        Notice = PolicyForm.Text(pool["notice"])!,
        PayThrough = PolicyForm.Text(pool["payThrough"]) ?? "dividend",
        Rate = PolicyForm.Text(pool["rate"]),
    };

    internal JsonObject ToJson()
    {
        var pool = new JsonObject { ["code"] = PolicyForm.Trimmed(Code) ?? "", ["name"] = PolicyForm.Trimmed(Name) ?? "" };
        if (Kind != "patronage") pool["kind"] = Kind;
        PolicyForm.Put(pool, "net", Net);
        var units = Units.Where(unit => PolicyForm.Trimmed(unit.Measure) is not null).ToList();
        if (units.Count > 0) pool["unit"] = new JsonArray([.. units.Select(unit => unit.ToJson())]);
        var classes = Classes.Where(one => PolicyForm.Trimmed(one.Code) is not null).ToList();
        if (classes.Count > 0)
        {
            var weights = new JsonObject();
            foreach (var one in classes) weights[one.Code!.Trim()] = PolicyForm.Trimmed(one.Weight) ?? "";
            pool["classes"] = weights;
        }
        var eligibility = new JsonObject();
        if (!ActiveAtYearEnd) eligibility["activeAtYearEnd"] = false;
        PolicyForm.Put(eligibility, "minimumHours", MinimumHours);
        PolicyForm.Put(eligibility, "equityAtLeast", EquityAtLeast);
        if (PolicyForm.Trimmed(MonthsOfMembership) is { } months)
            eligibility["monthsOfMembership"] = int.TryParse(months, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : JsonValue.Create(months);
        if (eligibility.Count > 0) pool["eligibility"] = eligibility;
        pool["cash"] = PolicyForm.Trimmed(Cash) ?? "";
        pool["notice"] = Notice;
        if (PayThrough != "dividend") pool["payThrough"] = PayThrough;
        PolicyForm.Put(pool, "rate", Rate);
        return pool;
    }
}

/// <summary>A measure of a pool's unit.</summary>
public sealed class UnitForm
{
    /// <summary>Empty for a part that is not there.</summary>
    public string? Measure { get; set; } = "purchases";
    public string? Weight { get; set; }

    /// <summary>Codes, one on each line.</summary>
    public string? Only { get; set; }
    public string? Except { get; set; }

    internal static UnitForm FromJson(JsonObject unit) => new() { Measure = PolicyForm.Text(unit["measure"]), Weight = PolicyForm.Text(unit["weight"]), Only = Lines(unit["only"]), Except = Lines(unit["except"]) };

    internal JsonObject ToJson()
    {
        var unit = new JsonObject { ["measure"] = Measure!.Trim() };
        PolicyForm.Put(unit, "weight", Weight);
        Codes(unit, "only", Only);
        Codes(unit, "except", Except);
        return unit;
    }

    private static string? Lines(JsonNode? codes) => codes is null ? null : string.Join('\n', codes.AsArray().Select(PolicyForm.Text));

    private static void Codes(JsonObject unit, string name, string? lines)
    {
        var codes = (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (codes.Length > 0) unit[name] = new JsonArray([.. codes.Select(code => JsonValue.Create(code))]);
    }
}

/// <summary>The weight of a class in a pool.</summary>
public sealed class ClassForm
{
    public string? Code { get; set; }
    public string? Weight { get; set; }
}
