using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli;

/// <summary>The form of every JSON document: amounts, hours and ratios as text, codes in lower case with hyphens.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new AsText<Money>(), new AsText<Hours>(), new AsText<Ratio>(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static string Write(object document, bool dryRun)
    {
        var json = JsonSerializer.SerializeToNode(document, Options)!.AsObject();
        if (dryRun) json.Insert(0, "dryRun", JsonValue.Create(true));
        return json.ToJsonString(Options);
    }

    private sealed class AsText<T> : JsonConverter<T> where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Answers are only written.");
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
