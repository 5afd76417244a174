using System.Text.Json.Nodes;

namespace Evergreen.Web.Tests.Api;

/// <summary>What of a new description would break a program that keeps to the old one.</summary>
internal static class ApiChanges
{
    public static IReadOnlyList<string> Breaking(JsonObject before, JsonObject after) => [.. Operations(before).SelectMany(operation => Of(before, after, operation.Name, operation.Item))];

    private static IEnumerable<(string Name, JsonObject Item)> Operations(JsonObject document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(item => ($"{item.Key} {path.Key}", item.Value!.AsObject())));

    private static IEnumerable<string> Of(JsonObject before, JsonObject after, string name, JsonObject operation)
    {
        if (Operations(after).FirstOrDefault(other => other.Name == name).Item is not { } now)
        {
            yield return $"{name} is gone";
            yield break;
        }
        if (now["x-scope"]?.ToString() != operation["x-scope"]?.ToString()) yield return $"{name} asks for another scope";
        var parameters = operation["parameters"]?.AsArray() ?? [];
        foreach (var parameter in parameters.Where(parameter => now["parameters"]?.AsArray().Any(other => Same(other!, parameter!)) != true)) yield return $"{name}: the parameter {parameter!["name"]} is gone";
        foreach (var parameter in (now["parameters"]?.AsArray() ?? []).Where(parameter => IsRequired(parameter!) && !parameters.Any(other => Same(other!, parameter!) && IsRequired(other!)))) yield return $"{name}: the parameter {parameter!["name"]} must now be sent";
        if (Body(operation) is { } body)
        {
            if (Body(now) is not { } nowBody) yield return $"{name} takes no body any more";
            else
                foreach (var change in Sent(before, after, body, nowBody, $"{name}: body")) yield return change;
        }
        else if (Body(now) is not null) yield return $"{name} must now have a body";
        foreach (var (status, response) in operation["responses"]!.AsObject().Where(response => response.Key[0] == '2'))
        {
            if (now["responses"]![status] is not { } nowResponse) yield return $"{name} does not answer {status} any more";
            else if (response!["content"]?["application/json"]?["schema"] is { } schema)
            {
                if (nowResponse["content"]?["application/json"]?["schema"] is not { } nowSchema) yield return $"{name}: {status} has no JSON any more";
                else
                    foreach (var change in Received(before, after, schema, nowSchema, $"{name}: {status}")) yield return change;
            }
        }
        foreach (var (status, response) in operation["responses"]!.AsObject().Where(response => response.Value!["x-codes"] is not null))
            foreach (var code in response!["x-codes"]!.AsArray().Where(code => now["responses"]![status]?["x-codes"]?.AsArray().Any(other => other!.ToString() == code!.ToString()) != true)) yield return $"{name}: the problem {code} is gone";
    }

    /// <summary>What a program sends must still be taken.</summary>
    private static IEnumerable<string> Sent(JsonObject before, JsonObject after, JsonNode old, JsonNode now, string at)
    {
        var (a, b) = (Resolve(before, old), Resolve(after, now));
        foreach (var lost in ApiSchema.Types(a).Except(ApiSchema.Types(b), StringComparer.Ordinal)) yield return $"{at} may not be {lost} any more";
        if ((b["pattern"]?.ToString() ?? "") is { Length: > 0 } pattern && pattern != a["pattern"]?.ToString()) yield return $"{at} must now be {pattern}";
        foreach (var name in Required(b).Except(Required(a), StringComparer.Ordinal)) yield return $"{at}/{name} must now be sent";
        foreach (var (name, property) in a["properties"]?.AsObject() ?? [])
        {
            if (b["properties"]?[name] is not { } other) yield return $"{at}/{name} is not taken any more";
            else
                foreach (var change in Sent(before, after, property!, other, $"{at}/{name}")) yield return change;
        }
        if (a["items"] is { } items && b["items"] is { } nowItems)
            foreach (var change in Sent(before, after, items, nowItems, at + "/items")) yield return change;
    }

    /// <summary>What a program reads must still be there, and of the same kind.</summary>
    private static IEnumerable<string> Received(JsonObject before, JsonObject after, JsonNode old, JsonNode now, string at)
    {
        var (a, b) = (Resolve(before, old), Resolve(after, now));
        foreach (var fresh in ApiSchema.Types(b).Except(ApiSchema.Types(a), StringComparer.Ordinal)) yield return $"{at} may now be {fresh}";
        if (a["format"]?.ToString() != b["format"]?.ToString()) yield return $"{at} has another form";
        foreach (var name in Required(a).Except(Required(b), StringComparer.Ordinal)) yield return $"{at}/{name} may now be missing";
        foreach (var (name, property) in a["properties"]?.AsObject() ?? [])
        {
            if (b["properties"]?[name] is not { } other) yield return $"{at}/{name} is gone";
            else
                foreach (var change in Received(before, after, property!, other, $"{at}/{name}")) yield return change;
        }
        if (a["items"] is { } items && b["items"] is { } nowItems)
            foreach (var change in Received(before, after, items, nowItems, at + "/items")) yield return change;
    }

    private static JsonObject Resolve(JsonObject document, JsonNode schema) =>
        ApiSchema.Resolve(document, schema["oneOf"] is JsonArray some ? some.First(one => one!["type"]?.ToString() != "null")! : schema);

    private static IReadOnlyList<string> Required(JsonObject schema) => [.. (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>())];
    private static JsonNode? Body(JsonObject operation) => operation["requestBody"]?["content"]?["application/json"]?["schema"];
    private static bool Same(JsonNode a, JsonNode b) => a["name"]!.ToString() == b["name"]!.ToString() && a["in"]!.ToString() == b["in"]!.ToString();
    private static bool IsRequired(JsonNode parameter) => parameter["required"]?.GetValue<bool>() == true;
}
