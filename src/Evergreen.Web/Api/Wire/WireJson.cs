using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evergreen.Web.Api.Wire;

/// <summary>The API's JSON: what it does not know it refuses, so that a misspelt member is not lost in silence and nothing is set that an operation does not name.</summary>
public static class WireJson
{
    public static readonly JsonSerializerOptions Options = Strict(new JsonSerializerOptions(JsonSerializerDefaults.Web) { MaxDepth = 8 });

    /// <summary>For the generator of the API's description, which keeps options of its own.</summary>
    public static JsonSerializerOptions Strict(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.PropertyNameCaseInsensitive = false;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }
}
