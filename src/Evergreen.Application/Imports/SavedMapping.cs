using System.Text.Json.Nodes;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>How the files of one source are read: given once, remembered with the source.</summary>
internal sealed record SavedMapping(Profile Profile, ReadingOptions Options)
{
    /// <summary>What the request says, completed by what was saved with the source.</summary>
    public static Outcome<SavedMapping> Complete(ImportRequest request, ImportSource? source, CanonicalFile file)
    {
        var saved = source?.MappingJson is { } json ? JsonNode.Parse(json) : null;
        var name = request.Profile ?? saved?["profile"]?.GetValue<string>() ?? Profile.CanonicalName;
        if (Profiles.Find(name, file) is not { } profile) return Refusals.ProfileUnknown(name, file);
        return new SavedMapping(profile, !request.OptionsAreWhole && saved?["options"] is { } options ? Complete(request.Options, ReadingOptions.FromJson(options.ToJsonString())) : request.Options);
    }

    /// <summary>Texts such as a pay period's dates belong to one file and are not kept.</summary>
    public string ToJson() => new JsonObject
    {
        ["profile"] = Profile.Name,
        ["options"] = JsonNode.Parse((Options with { Texts = ReadingOptions.Default.Texts }).ToJson()),
    }.ToJsonString();

    private static ReadingOptions Complete(ReadingOptions given, ReadingOptions saved) => given with
    {
        Columns = given.Columns.Count > 0 ? given.Columns : saved.Columns,
        Codes = given.Codes.Count > 0 ? given.Codes : saved.Codes,
        DateOrder = given.DateOrder ?? saved.DateOrder,
        Numbers = given.Numbers ?? saved.Numbers,
        TimeZone = given.TimeZone ?? saved.TimeZone,
        Encoding = given.Encoding == default ? saved.Encoding : given.Encoding,
        Separator = given.Separator ?? saved.Separator,
        Sheet = given.Sheet ?? saved.Sheet,
    };
}
