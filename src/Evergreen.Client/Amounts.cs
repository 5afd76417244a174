using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evergreen.Client;

/// <summary>Amounts and hours go over the wire as texts with at most two decimals: a number of JSON would be read as a fraction of two by many a program.</summary>
internal sealed class TwoDecimals : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        decimal.Parse(reader.GetString()!, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
    {
        if (decimal.Round(value, 2) != value) throw new JsonException($"{value.ToString(CultureInfo.InvariantCulture)} has more than two decimals.");
        writer.WriteStringValue(value.ToString("0.00", CultureInfo.InvariantCulture));
    }
}
