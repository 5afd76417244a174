using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Patronage;

namespace Evergreen.Domain.Dividends;

/// <summary>The JSON form of a <see cref="DividendPolicy"/>. The schema is <see cref="Schema"/>; a documented example is <see cref="Example"/>.</summary>
public static partial class PolicyDocument
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = false,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>JSON Schema (draft 2020-12) of the document.</summary>
    public static string Schema => Resource("policy.schema.json");

    /// <summary>A policy with every setting, commented in plain words. Comments are allowed in the document and skipped.</summary>
    public static string Example => Resource("policy.example.jsonc");

    /// <summary>Lower-case hexadecimal SHA-256 of the document's UTF-8 bytes.</summary>
    public static string Sha256(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));

    /// <summary>Reads the document strictly: unknown settings, wrong types and out-of-range values are refused with the place and the remedy.</summary>
    public static Outcome<DividendPolicy> Read(string json)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(json, Strict) ?? throw new JsonException("The document is empty.");
            using var tree = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            RefuseNulls(tree.RootElement, "$");
            return ToPolicy(document);
        }
        catch (JsonException fault)
        {
            var line = fault.LineNumber is { } number ? $" (line {number + 1}, column {fault.BytePositionInLine + 1})" : "";
            return new Refusal("policy-unreadable", $"{fault.Path ?? "$"}{line}: {InPlainWords(fault.Message)} Compare with 'evergreen dividends policy --example'.");
        }
        catch (FormatException fault)
        {
            return new Refusal("policy-unreadable", $"{fault.Message} Compare with 'evergreen dividends policy --example'.");
        }
    }

    private static DividendPolicy ToPolicy(Document d) => new()
    {
        NetIncomeBasis = Choice("netIncomeBasis", d.NetIncomeBasis, ("book", NetIncomeBasis.Book), ("tax", NetIncomeBasis.Tax)),
        FixedMemberRatio = d.MemberRatio == "records" ? null : Share("memberRatio", d.MemberRatio),
        CollectiveReserve = Share("collectiveReserve", d.CollectiveReserve),
        OtherFunds = [.. (d.OtherFunds ?? []).Select(fund => new FundShare(Code("otherFunds.code", fund.Code), fund.Name, Share("otherFunds.share", fund.Share)))],
        CapitalDividends = Amount("capitalDividends.amount", d.CapitalDividends?.Amount),
        CapitalDividendsReducePatronageNet = d.CapitalDividends?.ReducePatronageNet ?? true,
        Pools = [.. d.Pools.Select(ToPool)],
        MinimumPayment = Amount("minimumPayment.amount", d.MinimumPayment?.Amount),
        BelowMinimum = d.MinimumPayment is null ? BelowMinimum.Retain : Choice("minimumPayment.below", d.MinimumPayment.Below,
            ("retain", BelowMinimum.Retain), ("donate", BelowMinimum.Donate), ("roll-forward", BelowMinimum.RollForward), ("store-credit", BelowMinimum.StoreCredit), ("pool", BelowMinimum.Pool)),
        LossSteps = d.Losses is null ? [LossStep.Reserve, LossStep.CarryForward] : [.. d.Losses.Steps.Select(step => Choice("losses.steps", step,
            ("reserve", LossStep.Reserve), ("offset-pools", LossStep.OffsetPools), ("member-accounts", LossStep.MemberAccounts), ("carry-forward", LossStep.CarryForward)))],
        LossOffset = d.Losses?.Offset is { } offset ? new LossOffsetElection(Date("losses.offset.electedOn", offset.ElectedOn), Date("losses.offset.noticeOn", offset.NoticeOn)) : null,
        Rounding = Choice("rounding", d.Rounding ?? "largest-remainder", ("largest-remainder", RoundingPolicy.LargestRemainder),
            ("half-up-residue-to-reserve", RoundingPolicy.RoundHalfUpResidualToReserve), ("floor-residue-to-reserve", RoundingPolicy.FloorResidualToReserve)),
        BackupWithholding = d.BackupWithholding is null ? null : Share("backupWithholding", d.BackupWithholding),
        OnePersonMayApprove = d.OnePersonMayApprove ?? false,
    };

    private static PoolPolicy ToPool(PoolDocument p)
    {
        var at = $"pools['{p.Code}'].";
        return new PoolPolicy
        {
            Code = Code("pools.code", p.Code),
            Name = p.Name,
            Kind = Choice(at + "kind", p.Kind ?? "patronage", ("patronage", PoolKind.Patronage), ("share-interest", PoolKind.ShareInterest)),
            NetShare = p.Net is null or "lines" ? null : Share(at + "net", p.Net),
            Unit = [.. (p.Unit ?? []).Select(part => new UnitPart(
                Choice(at + "unit.measure", part.Measure, ("purchases", Measure.Purchases), ("hours", Measure.Hours), ("wages", Measure.Wages), ("volume", Measure.Volume)),
                Share(at + "unit.weight", part.Weight ?? "1")) { Only = part.Only ?? [], Except = part.Except ?? [] })],
            ClassWeights = (p.Classes ?? []).ToDictionary(entry => entry.Key, entry => Share($"{at}classes['{entry.Key}']", entry.Value), StringComparer.Ordinal),
            Eligibility = new Eligibility
            {
                ActiveAtYearEnd = p.Eligibility?.ActiveAtYearEnd ?? true,
                MinimumHours = new Hours(Amount(at + "eligibility.minimumHours", p.Eligibility?.MinimumHours).Cents),
                EquityAtLeast = Amount(at + "eligibility.equityAtLeast", p.Eligibility?.EquityAtLeast),
                MonthsOfMembership = Months(at + "eligibility.monthsOfMembership", p.Eligibility?.MonthsOfMembership),
            },
            Cash = Share(at + "cash", p.Cash),
            Notice = Choice(at + "notice", p.Notice, ("qualified", NoticeKind.Qualified), ("nonqualified", NoticeKind.Nonqualified), ("none", NoticeKind.None)),
            ThroughPayroll = Choice(at + "payThrough", p.PayThrough ?? "dividend", ("dividend", false), ("payroll", true)),
            Rate = p.Rate is null ? null : Share(at + "rate", p.Rate),
        };
    }

    private static T Choice<T>(string place, string text, params ReadOnlySpan<(string Text, T Value)> choices)
    {
        foreach (var choice in choices) if (choice.Text == text) return choice.Value;
        var names = new List<string>();
        foreach (var choice in choices) names.Add(choice.Text);
        throw new FormatException($"{place}: '{text}' is not one of {string.Join(", ", names)}.");
    }

    private static Ratio Share(string place, string text) =>
        ShareForm().IsMatch(text) && Ratio.TryParse(text, out var ratio) ? ratio : throw new FormatException($"{place}: '{text}' is not a share; write 30%, 0.3 or 3/10.");

    private static Money Amount(string place, string? text) =>
        text is null ? Money.Zero
        : AmountForm().IsMatch(text) && Money.TryParse(text, out var amount) ? amount
        : throw new FormatException($"{place}: '{text}' is not an amount of zero or more; write 5.00.");

    private static DateOnly Date(string place, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : throw new FormatException($"{place}: '{text}' is not a date; write 2026-09-15.");

    private static string Code(string place, string text) =>
        text.Length is > 0 and <= 40 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? text
        : throw new FormatException($"{place}: '{text}' is not a code; use up to 40 lower-case letters, digits and hyphens.");

    /// <summary>Whole months up to a century.</summary>
    private static int Months(string place, int? months) =>
        months is null ? 0 : months is >= 0 and <= 1200 ? months.Value : throw new FormatException($"{place}: {months} is not a number of months from 0 to 1200.");

    private static void RefuseNulls(JsonElement element, string place)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                throw new FormatException($"{place}: null says nothing; leave the setting out.");
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject()) RefuseNulls(property.Value, $"{place}.{property.Name}");
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index()) RefuseNulls(item, $"{place}[{index}]");
                break;
        }
    }

    /// <summary>The parser's own sentences speak of .NET types; a board reads of settings.</summary>
    private static string InPlainWords(string message)
    {
        if (UnknownSetting().Match(message) is { Success: true } unknown) return $"the setting '{unknown.Groups[1].Value}' is not known; check its spelling or take it out.";
        if (MissingSettings().Match(message) is { Success: true } missing) return $"settings are missing: {missing.Groups[1].Value}. Add them.";
        if (DuplicateSetting().Match(message) is { Success: true } twice) return $"the setting '{twice.Groups[1].Value}' stands there twice; keep one.";
        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)) return "the value is of the wrong kind; shares, amounts and dates are texts in quotes.";
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    [GeneratedRegex(@"\A[0-9]+([.][0-9]+)?(%|/(?=[0-9.]*[1-9])[0-9]+([.][0-9]+)?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ShareForm();

    [GeneratedRegex(@"\A[0-9]{1,16}([.][0-9]{1,2})?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex AmountForm();

    [GeneratedRegex("^The JSON property '(.+?)' could not be mapped")]
    private static partial Regex UnknownSetting();

    [GeneratedRegex("missing required properties including: (.+?)[.]( |$)")]
    private static partial Regex MissingSettings();

    [GeneratedRegex("^Duplicate property '(.+?)'")]
    private static partial Regex DuplicateSetting();

    private static string Resource(string name)
    {
        using var stream = typeof(PolicyDocument).Assembly.GetManifestResourceStream($"Evergreen.Domain.Dividends.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private sealed record Document(string NetIncomeBasis, string MemberRatio, string CollectiveReserve, PoolDocument[] Pools)
    {
        [JsonPropertyName("$schema")] public string? SchemaAddress { get; init; }
        public string? Title { get; init; }
        public FundDocument[]? OtherFunds { get; init; }
        public CapitalDocument? CapitalDividends { get; init; }
        public MinimumDocument? MinimumPayment { get; init; }
        public LossDocument? Losses { get; init; }
        public string? Rounding { get; init; }
        public string? BackupWithholding { get; init; }
        public bool? OnePersonMayApprove { get; init; }
    }

    private sealed record FundDocument(string Code, string Name, string Share);
    private sealed record CapitalDocument(string Amount) { public bool? ReducePatronageNet { get; init; } }
    private sealed record MinimumDocument(string Amount, string Below);
    private sealed record LossDocument(string[] Steps) { public OffsetDocument? Offset { get; init; } }
    private sealed record OffsetDocument(string ElectedOn, string NoticeOn);
    private sealed record UnitDocument(string Measure) { public string? Weight { get; init; } public string[]? Only { get; init; } public string[]? Except { get; init; } }

    private sealed record EligibilityDocument
    {
        public bool? ActiveAtYearEnd { get; init; }
        public string? MinimumHours { get; init; }
        public string? EquityAtLeast { get; init; }
        public int? MonthsOfMembership { get; init; }
    }

    private sealed record PoolDocument(string Code, string Name, string Cash, string Notice)
    {
        public string? Kind { get; init; }
        public string? Net { get; init; }
        public UnitDocument[]? Unit { get; init; }
        public Dictionary<string, string>? Classes { get; init; }
        public EligibilityDocument? Eligibility { get; init; }
        public string? PayThrough { get; init; }
        public string? Rate { get; init; }
    }
}
