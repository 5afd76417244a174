using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;

namespace Evergreen.Application.CoOps;

/// <summary>One text in one language: as it stands, as it is built in, and how it was worded before.</summary>
public sealed class TextPage(Books books)
{
    /// <param name="Version">Of the last change; 0 where there was none.</param>
    /// <param name="IsOwn">Whether the co-op's own words hold.</param>
    /// <param name="Versions">The newest first.</param>
    /// <param name="BuiltInWords">What stands there while the co-op has not worded it.</param>
    public sealed record Result(TextTemplate Template, Language Language, string Subject, string Words, int Version, bool IsOwn, string BuiltInWords, IReadOnlyList<TextVersion> Versions)
    {
        public string BuiltInSubject => Template.BuiltInSubject(Language);
    }

    public Outcome<Result> Run(string? coOpCode, string name, string tongue) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        if (TextTemplate.Find(name) is not { } template || !template.IsWorded(found.Value, tongue)) return Refusals.TextUnknown(name, tongue);
        var language = Language.Of(tongue, found.Value.Country);
        var versions = db.TextVersions.Where(text => text.CoOpId == found.Value.Id && text.Name == name && text.Language == tongue).OrderByDescending(text => text.Version).ToList();
        var last = versions.FirstOrDefault();
        var unworded = template.Unworded(found.Value, language);
        return new Result(template, language, last?.Subject ?? template.BuiltInSubject(language), last?.Words ?? unworded, last?.Version ?? 0, last?.Words is not null, unworded, versions);
    });
}
