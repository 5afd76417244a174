using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Evergreen.Web.Tests.Api;

/// <summary>Whether a value has the form of a schema, as far as our description uses JSON Schema. What a schema does not name is a fault: answers say no more than is described.</summary>
internal static class ApiSchema
{
    public static IReadOnlyList<string> Faults(JsonObject document, JsonNode schema, JsonNode? value) => [.. Faults(document, schema, value, "#")];

    public static JsonObject Resolve(JsonObject document, JsonNode schema)
    {
        var found = schema.AsObject();
        while (found["$ref"] is { } reference)
        {
            JsonNode at = document;
            foreach (var part in reference.GetValue<string>().TrimStart('#', '/').Split('/')) at = at[part]!;
            found = at.AsObject();
        }
        return found;
    }

    public static IReadOnlySet<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray some => some.Select(one => one!.GetValue<string>()).ToHashSet(StringComparer.Ordinal),
        { } one => new HashSet<string>(StringComparer.Ordinal) { one.GetValue<string>() },
        null => new HashSet<string>(StringComparer.Ordinal),
    };

    private static IEnumerable<string> Faults(JsonObject document, JsonNode given, JsonNode? value, string at)
    {
        if (given["oneOf"] is JsonArray some)
        {
            if (!some.Any(one => !Faults(document, one!, value, at).Any())) yield return $"{at}: fits none of its forms";
            yield break;
        }
        var schema = Resolve(document, given);
        var types = Types(schema);
        var kind = value?.GetValueKind() switch { null or JsonValueKind.Null => "null", JsonValueKind.Object => "object", JsonValueKind.Array => "array", JsonValueKind.String => "string", JsonValueKind.Number => "integer", _ => "boolean" };
        if (types.Count > 0 && !types.Contains(kind) && !(kind == "integer" && types.Contains("number")))
        {
            yield return $"{at}: {kind} in place of {string.Join('|', types)}";
            yield break;
        }
        if (value is JsonObject fields)
        {
            var properties = schema["properties"]?.AsObject() ?? [];
            foreach (var missing in (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Where(name => !fields.ContainsKey(name))) yield return $"{at}/{missing} is missing";
            foreach (var (name, inner) in fields)
            {
                if (properties[name] is not { } expected) yield return $"{at}/{name} is not described";
                else
                    foreach (var fault in Faults(document, expected, inner, $"{at}/{name}")) yield return fault;
            }
        }
        else if (value is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
                foreach (var fault in Faults(document, schema["items"]!, items[i], $"{at}/{i}")) yield return fault;
        }
        else if (kind == "string" && schema["pattern"] is { } pattern && !Regex.IsMatch(value!.GetValue<string>(), pattern.GetValue<string>())) yield return $"{at}: \"{value}\" is not {pattern}";
    }
}
