using System.Text.Json;
using System.Text.Json.Serialization;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>The working of a run as JSON: amounts as decimal text, ratios as fractions.</summary>
public static class WorkingJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new MoneyText(), new RatioText() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write(Working working) => JsonSerializer.Serialize(working, Options);
    public static Working Read(string json) => JsonSerializer.Deserialize<Working>(json, Options) ?? throw new InvalidOperationException("A run without its working.");

    private sealed class MoneyText : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Money.Parse(reader.GetString()!);
        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class RatioText : JsonConverter<Ratio>
    {
        public override Ratio Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Ratio.Parse(reader.GetString()!);
        public override void Write(Utf8JsonWriter writer, Ratio value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
