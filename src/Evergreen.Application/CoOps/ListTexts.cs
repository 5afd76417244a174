using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;

namespace Evergreen.Application.CoOps;

/// <summary>The letters and mails to members that the co-op may word itself, in each language, and which it has.</summary>
public sealed class ListTexts(Books books)
{
    /// <param name="Own">The co-op's own words; null where the built-in ones hold.</param>
    public sealed record Row(TextTemplate Template, string Language, TextVersion? Own);

    public Outcome<IReadOnlyList<Row>> Run(string? coOpCode) => books.Read<Outcome<IReadOnlyList<Row>>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var last = CoOpTexts.Last(db, found.Value.Id).Where(text => text.Words != null).ToList();
        return TextTemplate.All.SelectMany(template => Language.Tongues.Where(tongue => template.IsWorded(found.Value, tongue)).Select(language => new Row(template, language, last.Find(text => text.Name == template.Name && text.Language == language)))).ToList();
    });
}
