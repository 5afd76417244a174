using System.Text.Json;
using CsCheck;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Dividends;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

public sealed class PolicyFormTests
{
    [Test]
    public void EverySettingOfTheSchemaHasItsHelpAndEveryHelpItsSetting()
    {
        using var schema = JsonDocument.Parse(PolicyDocument.Schema);
        Assert.That(PolicyHelp.All.Select(entry => entry.Path).Order(StringComparer.Ordinal), Is.EqualTo(Settings(schema.RootElement, schema.RootElement, "").Order(StringComparer.Ordinal)));
        Assert.That(PolicyHelp.All.Where(entry => entry.Label.Length == 0 || entry.Help.Length == 0).Select(entry => entry.Path), Is.Empty);
    }

    private static IEnumerable<string> Settings(JsonElement schema, JsonElement at, string path)
    {
        if (at.TryGetProperty("$ref", out var reference)) at = schema.GetProperty("$defs").GetProperty(reference.GetString()!.Split('/')[^1]);
        if (at.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                var place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                yield return place;
                foreach (var below in Settings(schema, property.Value, place)) yield return below;
            }
        }
        if (at.TryGetProperty("items", out var items))
            foreach (var below in Settings(schema, items, path + "[]")) yield return below;
        if (at.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object) yield return path + "{}";
    }

    private static string Meaning(string json) => JsonSerializer.Serialize(PolicyDocument.Read(json).Value, WorkingJson.Options);

    private static void GoesBothWays(string json)
    {
        var written = PolicyForm.FromJson(json).Value.ToJson();
        Assert.That(Meaning(written), Is.EqualTo(Meaning(json)));
        Assert.That(PolicyForm.FromJson(written).Value.ToJson(), Is.EqualTo(written));
    }

    [Test]
    public void DocumentedExampleGoesThroughTheFormWithoutLoss() => GoesBothWays(PolicyDocument.Example);

    [Test]
    public void AnyPolicyGoesThroughTheFormWithoutLoss() => Gen.Int[0, int.MaxValue - 1].Sample(seed => GoesBothWays(Draw(new Random(seed))), iter: 300, threads: 1, seed: "0000Evergreen");

    [Test]
    public void RefusalFindsItsField()
    {
        var form = PolicyForm.FromJson(PolicyDocument.Example).Value;
        form.Pools[0].Cash = "10%";
        var refusal = PolicyDocument.Read(form.ToJson()).Value.Fault(Evergreen.Domain.CoOps.TaxRegime.SubchapterT, Evergreen.Domain.Periods.FiscalYear.Named(2026, 12))!;
        Assert.That(PolicyPlaces.FieldOf(form, refusal), Is.EqualTo("Pools[0].Cash"));
        Assert.That(PolicyPlaces.SettingOf(refusal), Is.EqualTo((PolicyKnobs.Of(form.ToJson())[0].Path, PolicyPlaces.Beside(refusal))), "the what-if page's setting");
        Assert.That((PolicyPlaces.Beside(refusal), PolicyPlaces.SettingOf("pools['labour'].classes['worker']: 'x' is not a share.")), Is.EqualTo(("10% is below the 20% that a qualified notice needs in money (26 USC 1388(c)(1)).", ((string, string)?)("pools.labour.classes.worker", "'x' is not a share."))));
        Assert.That((PolicyPlaces.SettingOf("The year is not closed: wait."), PolicyPlaces.Beside("Run 2025-1 is posted.")), Is.EqualTo((((string, string)?)null, "Run 2025-1 is posted.")));
        form.CollectiveReserve = "much";
        Assert.That(PolicyPlaces.FieldOf(form, PolicyDocument.Read(form.ToJson()).Refusal!.Sentence), Is.EqualTo("CollectiveReserve"));
        Assert.That(PolicyPlaces.FieldOf(form, "pools: a policy needs at least one pool."), Is.Empty);
    }

    [Test]
    public void PercentageFieldsTakeBareNumbersAndKeepTheDocumentsWriting()
    {
        var knob = PolicyKnobs.Of(PolicyDocument.Example).Single(knob => knob.Path == "collectiveReserve");
        Assert.That((knob.Kind, knob.Shown, knob.ToSetting("30.0"), knob.ToSetting("31"), knob.ToSetting("1/3")), Is.EqualTo((KnobKind.Percent, "30", "30%", "31%", "1/3")));
    }

    private static string Draw(Random random)
    {
        string One(params string[] choices) => choices[random.Next(choices.Length)];
        string Maybe(string text) => random.Next(2) == 0 ? text : "";
        string Share() => One("0", "20%", "1/3", "0.25", "7.25%", "159927/206511");
        var pools = string.Join(", ", Enumerable.Range(1, random.Next(1, 4)).Select(i => $$"""
            { "code": "pool-{{i}}", "name": "Pool {{i}}", {{Maybe("\"kind\": \"patronage\", ")}}{{Maybe($"\"net\": \"{One("lines", Share())}\", ")}}
              "unit": [ { "measure": "{{One("hours", "wages", "purchases", "volume")}}"{{Maybe(", \"weight\": \"3/4\"")}}{{Maybe(", \"only\": [ \"grocery\", \"bread & butter\" ]")}}{{Maybe(", \"except\": [ \"gift-cards\" ]")}} }{{Maybe(", { \"measure\": \"hours\", \"weight\": \"2\" }")}} ],
              {{Maybe("\"classes\": { \"worker\": \"1\", \"apprentice\": \"3/4\" }, ")}}{{Maybe($"\"eligibility\": {{ \"activeAtYearEnd\": {One("true", "false")}, \"minimumHours\": \"{One("0", "100.00")}\", \"monthsOfMembership\": {One("0", "12")} }}, ")}}
              {{Maybe("\"payThrough\": \"payroll\", ")}}{{Maybe("\"rate\": \"3%\", ")}}"cash": "{{Share()}}", "notice": "{{One("qualified", "nonqualified", "none")}}" }
            """));
        return $$"""
            { {{Maybe("\"title\": \"Policy \\u00e9\", ")}}"netIncomeBasis": "{{One("book", "tax")}}", "memberRatio": "{{One("records", Share())}}", "collectiveReserve": "{{Share()}}",
              {{Maybe("\"otherFunds\": [ { \"code\": \"education\", \"name\": \"Education\", \"share\": \"5%\" } ], ")}}{{Maybe($"\"capitalDividends\": {{ \"amount\": \"{One("0", "12.50")}\"{Maybe(", \"reducePatronageNet\": false")} }}, ")}}
              "pools": [ {{pools}} ]{{Maybe(", \"minimumPayment\": { \"amount\": \"5.00\", \"below\": \"" + One("retain", "donate", "roll-forward", "store-credit", "pool") + "\" }")}}
              {{Maybe(", \"losses\": { \"steps\": [ " + One("", "\"carry-forward\"", "\"reserve\", \"offset-pools\"") + " ]" + Maybe(", \"offset\": { \"electedOn\": \"2026-12-01\", \"noticeOn\": \"2027-03-15\" }") + " }")}}
              {{Maybe(", \"rounding\": \"" + One("largest-remainder", "floor-residue-to-reserve") + "\"")}}{{Maybe(", \"backupWithholding\": \"24%\"")}}{{Maybe(", \"onePersonMayApprove\": " + One("true", "false"))}} }
            """;
    }
}
