using System.Text.Json.Nodes;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>A policy as a form: every setting as a person types it. It becomes the document and the document becomes it, with the same meaning both ways.</summary>
public sealed class PolicyForm
{
    public string? SchemaAddress { get; set; }
    public string? Title { get; set; }
    public string NetIncomeBasis { get; set; } = "book";
    public string? MemberRatio { get; set; } = "records";
    public string? CollectiveReserve { get; set; }
    public List<FundForm> OtherFunds { get; set; } = [];
    public string? CapitalDividends { get; set; }
    public bool ReducePatronageNet { get; set; } = true;
    public List<PoolForm> Pools { get; set; } = [];
    public string? MinimumPayment { get; set; }
    public string BelowMinimum { get; set; } = "retain";

    /// <summary>One step on each line, in order.</summary>
    public List<string?> LossSteps { get; set; } = ["reserve", "carry-forward"];
    public string? LossOffsetElectedOn { get; set; }
    public string? LossOffsetNoticeOn { get; set; }
    public string Rounding { get; set; } = "largest-remainder";
    public string? BackupWithholding { get; set; }
    public bool OnePersonMayApprove { get; set; }

    /// <summary>A first policy to start from.</summary>
    public static PolicyForm New() => new() { CollectiveReserve = "30%", MinimumPayment = "0.00", Pools = [new PoolForm { Code = "patronage", Name = "Patronage", Net = "100%", Cash = "20%", Units = [new UnitForm()] }] };

    /// <summary>Fills the form from a document; refused where the document cannot be read.</summary>
    public static Outcome<PolicyForm> FromJson(string json)
    {
        if (PolicyDocument.Read(json) is { IsRefused: true } unreadable) return unreadable.Refusal!;
        var d = PolicyChanges.Parse(json);
        return new PolicyForm
        {
            SchemaAddress = Text(d["$schema"]),
            Title = Text(d["title"]),
            NetIncomeBasis = Text(d["netIncomeBasis"])!,
            MemberRatio = Text(d["memberRatio"]),
            CollectiveReserve = Text(d["collectiveReserve"]),
            OtherFunds = [.. Items(d["otherFunds"]).Select(fund => new FundForm { Code = Text(fund["code"]), Name = Text(fund["name"]), Share = Text(fund["share"]) })],
            CapitalDividends = Text(d["capitalDividends"]?["amount"]),
            ReducePatronageNet = Flag(d["capitalDividends"]?["reducePatronageNet"]) ?? true,
            Pools = [.. Items(d["pools"]).Select(PoolForm.FromJson)],
            MinimumPayment = Text(d["minimumPayment"]?["amount"]),
            BelowMinimum = Text(d["minimumPayment"]?["below"]) ?? "retain",
            LossSteps = d["losses"] is { } losses ? [.. losses["steps"]!.AsArray().Select(Text)] : ["reserve", "carry-forward"],
            LossOffsetElectedOn = Text(d["losses"]?["offset"]?["electedOn"]),
            LossOffsetNoticeOn = Text(d["losses"]?["offset"]?["noticeOn"]),
            Rounding = Text(d["rounding"]) ?? "largest-remainder",
            BackupWithholding = Text(d["backupWithholding"]),
            OnePersonMayApprove = Flag(d["onePersonMayApprove"]) ?? false,
        };
    }

    /// <summary>The document that the form says. What is empty is left out; whether it may stand is for <see cref="PolicyDocument.Read"/> to say.</summary>
    public string ToJson()
    {
        var document = new JsonObject();
        Put(document, "$schema", SchemaAddress);
        Put(document, "title", Title);
        document["netIncomeBasis"] = NetIncomeBasis;
        document["memberRatio"] = Trimmed(MemberRatio) ?? "";
        document["collectiveReserve"] = Trimmed(CollectiveReserve) ?? "";
        var funds = OtherFunds.Where(fund => !fund.IsEmpty).ToList();
        if (funds.Count > 0) document["otherFunds"] = new JsonArray([.. funds.Select(fund => new JsonObject { ["code"] = Trimmed(fund.Code) ?? "", ["name"] = Trimmed(fund.Name) ?? "", ["share"] = Trimmed(fund.Share) ?? "" })]);
        if (Trimmed(CapitalDividends) is { } capital)
        {
            document["capitalDividends"] = new JsonObject { ["amount"] = capital };
            if (!ReducePatronageNet) document["capitalDividends"]!["reducePatronageNet"] = false;
        }
        document["pools"] = new JsonArray([.. Pools.Where(pool => !pool.IsEmpty).Select(pool => pool.ToJson())]);
        if (Trimmed(MinimumPayment) is { } minimum) document["minimumPayment"] = new JsonObject { ["amount"] = minimum, ["below"] = BelowMinimum };
        var steps = LossSteps.Select(Trimmed).OfType<string>().ToList();
        var (elected, notice) = (Trimmed(LossOffsetElectedOn), Trimmed(LossOffsetNoticeOn));
        if (elected is not null || notice is not null || steps is not ["reserve", "carry-forward"])
        {
            document["losses"] = new JsonObject { ["steps"] = new JsonArray([.. steps.Select(step => JsonValue.Create(step))]) };
            if (elected is not null || notice is not null) document["losses"]!["offset"] = new JsonObject { ["electedOn"] = elected ?? "", ["noticeOn"] = notice ?? "" };
        }
        if (Rounding != "largest-remainder") document["rounding"] = Rounding;
        Put(document, "backupWithholding", BackupWithholding);
        if (OnePersonMayApprove) document["onePersonMayApprove"] = true;
        return document.ToJsonString(PolicyChanges.Written);
    }

    internal static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    internal static string? Text(JsonNode? node) => (string?)node;
    internal static bool? Flag(JsonNode? node) => (bool?)node;
    internal static IEnumerable<JsonObject> Items(JsonNode? list) => list?.AsArray().Select(item => item!.AsObject()) ?? [];

    internal static void Put(JsonObject place, string name, string? text)
    {
        if (Trimmed(text) is { } given) place[name] = given;
    }
}

/// <summary>A fund of the form.</summary>
public sealed class FundForm
{
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? Share { get; set; }
    internal bool IsEmpty => PolicyForm.Trimmed(Code) is null && PolicyForm.Trimmed(Name) is null && PolicyForm.Trimmed(Share) is null;
}
