using System.Text.Json;

namespace Evergreen.Web.Api.Reference;

/// <summary>The API's description as the reference shows it.</summary>
public sealed record ApiReference(string Description, IReadOnlyList<ApiReference.Group> Groups)
{
    public sealed record Group(string Name, IReadOnlyList<Operation> Operations);

    /// <param name="Id">Names it within the page.</param>
    public sealed record Operation(string Id, string Method, string Path, string Summary, string Remarks, string Scope, IReadOnlyList<Field> Parameters, IReadOnlyList<Field> Body, IReadOnlyList<Sample> Samples, IReadOnlyList<Answer> Answers);

    /// <param name="Name">With the fields of an inner object below it, such as <c>lines[].amount</c>.</param>
    public sealed record Field(string Name, string Kind, bool Required, string Text);

    public sealed record Sample(string Name, string Text);

    /// <param name="Codes">The problems it may be; empty where all is well.</param>
    public sealed record Answer(string Status, string Text, IReadOnlyList<string> Codes, IReadOnlyList<Field> Fields);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ApiReference Read(ReadOnlyMemory<byte> document)
    {
        using var json = JsonDocument.Parse(document);
        var root = json.RootElement;
        var operations = root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Where(item => item.Value.ValueKind == JsonValueKind.Object && item.Value.TryGetProperty("responses", out _))
            .Select(item => (Tag: item.Value.GetProperty("tags")[0].GetString()!, Operation: Of(root, path.Name, item.Name.ToUpperInvariant(), item.Value)))).ToList();
        return new ApiReference(Text(root.GetProperty("info"), "description"), [.. operations.GroupBy(operation => operation.Tag, StringComparer.Ordinal).OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new Group(tag.Key, [.. tag.Select(operation => operation.Operation)]))]);
    }

    private static Operation Of(JsonElement root, string path, string method, JsonElement operation)
    {
        var content = operation.TryGetProperty("requestBody", out var request) ? request.GetProperty("content").GetProperty("application/json") : default;
        return new Operation(Text(operation, "operationId"), method, path, Text(operation, "summary"), Text(operation, "description"), Text(operation, DescribeOperation.Scope),
            operation.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray().Select(parameter => new Field(Text(parameter, "name"), $"{Text(parameter, "in")}, {Kind(root, parameter.GetProperty("schema"))}", IsTrue(parameter, "required"), Text(parameter, "description")))] : [],
            content.ValueKind == JsonValueKind.Object ? [.. Fields(root, content.GetProperty("schema"), "")] : [],
            content.ValueKind == JsonValueKind.Object && content.TryGetProperty("examples", out var examples) ? [.. examples.EnumerateObject().Select(example => new Sample(example.Name, JsonSerializer.Serialize(example.Value.GetProperty("value"), Indented)))] : [],
            [.. operation.GetProperty("responses").EnumerateObject().Select(response => Of(root, response))]);
    }

    private static Answer Of(JsonElement root, JsonProperty response) => new(response.Name, Text(response.Value, "description"),
        response.Value.TryGetProperty(DescribeOperation.Codes, out var codes) ? [.. codes.EnumerateArray().Select(code => code.GetString()!)] : [],
        response.Value.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json) ? [.. Fields(root, json.GetProperty("schema"), "")] : []);

    private static IEnumerable<Field> Fields(JsonElement root, JsonElement schema, string prefix)
    {
        schema = Resolve(root, schema);
        if (schema.TryGetProperty("items", out var items))
        {
            foreach (var field in Fields(root, items, prefix)) yield return field;
            yield break;
        }
        if (!schema.TryGetProperty("properties", out var properties)) yield break;
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var property in properties.EnumerateObject())
        {
            var inner = Resolve(root, property.Value);
            yield return new Field(prefix + property.Name, Kind(root, property.Value), required.Contains(property.Name), Text(property.Value, "description") is { Length: > 0 } own ? own : Text(inner, "description"));
            foreach (var field in Fields(root, inner, $"{prefix}{property.Name}{(inner.TryGetProperty("items", out _) ? "[]" : "")}.")) yield return field;
        }
    }

    private static JsonElement Resolve(JsonElement root, JsonElement schema)
    {
        if (schema.TryGetProperty("oneOf", out var some)) schema = some.EnumerateArray().First(one => !(one.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "null"));
        if (!schema.TryGetProperty("$ref", out var reference)) return schema;
        var found = root;
        foreach (var part in reference.GetString()!.TrimStart('#', '/').Split('/')) found = found.GetProperty(part);
        return found;
    }

    private static string Kind(JsonElement root, JsonElement schema)
    {
        schema = Resolve(root, schema);
        var kind = schema.TryGetProperty("type", out var type) ? type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()).First(one => one != "null")! : type.GetString()! : "object";
        if (kind == "array") return "list of " + Kind(root, schema.GetProperty("items"));
        if (schema.TryGetProperty("format", out var format)) return format.GetString() is "int32" or "int64" ? "whole number" : format.GetString()!;
        return schema.TryGetProperty("pattern", out var pattern) && pattern.GetString()!.StartsWith("^-?[0-9]+(", StringComparison.Ordinal) ? "number as text" : kind switch { "string" => "text", "boolean" => "true or false", "integer" => "whole number", _ => kind };
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;
}
