using System.Globalization;
using System.Text.Json.Nodes;

namespace Evergreen.Application.Dividends;

/// <summary>Where a policy that was opened, the one that stands there now, and the one that was typed say different things: setting by setting, by the names that the form gives them.</summary>
public static class PolicyDifferences
{
    /// <param name="Setting">Its label, with the pool, fund or class that it belongs to.</param>
    /// <param name="Before">Null where the document leaves it out.</param>
    public sealed record Row(string Setting, string? Before, string? Now, string? Typed);

    /// <param name="before">The document that the form was filled from; null where there was none.</param>
    /// <param name="now">The document that is in force.</param>
    /// <param name="typed">A document that can be read.</param>
    public static IReadOnlyList<Row> Between(string? before, string now, string typed)
    {
        var (was, there, mine) = (Texts(before), Texts(now), Texts(typed));
        return [.. was.Keys.Concat(there.Keys).Concat(mine.Keys).Distinct()
            .Select(place => new Row(Label(place), was.GetValueOrDefault(place), there.GetValueOrDefault(place), mine.GetValueOrDefault(place)))
            .Where(row => row.Before != row.Now || row.Typed != row.Now)];
    }

    private static string Label((string Path, string Of) place)
    {
        var label = PolicyHelp.All.FirstOrDefault(entry => entry.Path == place.Path)?.Label ?? place.Path;
        return place.Of.Length == 0 ? label : $"{label} ({place.Of})";
    }

    private static Dictionary<(string Path, string Of), string> Texts(string? json)
    {
        var texts = new Dictionary<(string, string), string>();
        if (json is null) return texts;
        // As the form would write it: a document may say by itself what another leaves out and means as well.
        Gather(PolicyChanges.Parse(PolicyForm.FromJson(json) is { IsRefused: false } form ? form.Value.ToJson() : json), "", "", texts);
        return texts;
    }

    private static void Gather(JsonNode? node, string path, string of, Dictionary<(string, string), string> texts)
    {
        switch (node)
        {
            // The classes are named by the co-op: there the name is no setting of its own.
            case JsonObject classes when path.EndsWith(".classes", StringComparison.Ordinal):
                foreach (var (name, weight) in classes) Gather(weight, path + "{}", Joined(of, name), texts);
                break;
            case JsonObject place:
                foreach (var (name, value) in place) Gather(value, path.Length == 0 ? name : $"{path}.{name}", of, texts);
                break;
            case JsonArray list when list.Any(item => item is JsonObject):
                for (var i = 0; i < list.Count; i++) Gather(list[i], path + "[]", Joined(of, list[i] is JsonObject item && item["code"] is { } code ? code.ToString() : (i + 1).ToString(CultureInfo.InvariantCulture)), texts);
                break;
            case JsonArray list:
                texts[(path, of)] = string.Join(", ", list.Select(item => item?.ToString()));
                break;
            case not null:
                texts[(path, of)] = node.ToString();
                break;
        }
    }

    private static string Joined(string of, string part) => of.Length == 0 ? part : $"{of}, {part}";
}
