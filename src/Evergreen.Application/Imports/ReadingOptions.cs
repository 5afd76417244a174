using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evergreen.Application.Imports;

/// <summary>What the operator says about the files of one source: saved with the source and used again.</summary>
public sealed record ReadingOptions
{
    public static readonly ReadingOptions Default = new();

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Header in the file by canonical column, where it is not the profile's own.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Texts that the profile asks for because the file does not hold them, e.g. <c>paid-on</c>.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>By canonical column: our code for each of the source's codes. A column with a table refuses codes that the table does not name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Codes { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    public DateOrder? DateOrder { get; init; }

    /// <summary>For foreign files only: the contract's files have one form of numbers.</summary>
    public NumberForm? Numbers { get; init; }

    /// <summary>IANA name of the store's zone, for sources that write time stamps with an offset.</summary>
    public string? TimeZone { get; init; }

    public FileEncoding Encoding { get; init; }
    public char? Separator { get; init; }

    /// <summary>The sheet of a workbook; null takes the first visible one.</summary>
    public string? Sheet { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is not what <see cref="ToJson"/> writes.</exception>
    public static ReadingOptions FromJson(string json) =>
        JsonSerializer.Deserialize<ReadingOptions>(json, Json) ?? throw new JsonException("The reading options are empty.");
}
