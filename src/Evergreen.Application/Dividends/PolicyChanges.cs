using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>A policy with some of its settings changed: each named by its path, such as <c>pools.labour.cash</c>, with its new text.</summary>
public static class PolicyChanges
{
    internal static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The document word for word where nothing is changed; refused where it has no such setting to change.</returns>
    public static Outcome<string> Apply(string json, IReadOnlyDictionary<string, string> changes)
    {
        if (PolicyDocument.Read(json) is { IsRefused: true } unreadable) return unreadable.Refusal!;
        var knobs = PolicyKnobs.Of(json).ToDictionary(knob => knob.Path, StringComparer.Ordinal);
        var wanted = new Dictionary<PolicyKnob, string>();
        foreach (var (path, text) in changes)
        {
            if (!knobs.TryGetValue(path, out var knob)) return Refusals.SettingUnknown(path);
            var value = knob.ToSetting(text.Trim());
            if (value != knob.Setting) wanted[knob] = value;
        }
        if (wanted.Count == 0) return json;
        var document = Parse(json);
        foreach (var (knob, value) in wanted) Set(document, knob.Path, value);
        return document.ToJsonString(Written);
    }

    internal static JsonObject Parse(string json) => JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();

    private static void Set(JsonObject document, string path, string value)
    {
        var steps = path.Split('.');
        JsonObject place = document;
        for (var i = 0; i < steps.Length - 1; i++)
        {
            var node = place[steps[i]];
            if (node is JsonArray array) place = Item(array, steps[++i]);
            else place = (node ??= place[steps[i]] = Made(steps[i])).AsObject();
        }
        place[steps[^1]] = value;
    }

    /// <summary>An object of the list: by its code, or by its place where it has none.</summary>
    private static JsonObject Item(JsonArray array, string step) =>
        array.OfType<JsonObject>().FirstOrDefault(item => (string?)item["code"] == step) ?? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]!.AsObject();

    private static JsonObject Made(string step) => step == "minimumPayment" ? new JsonObject { ["amount"] = "0.00", ["below"] = "retain" } : [];
}
