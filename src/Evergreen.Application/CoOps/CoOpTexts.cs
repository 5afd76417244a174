using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;

namespace Evergreen.Application.CoOps;

/// <summary>The texts of a co-op as they stand now: in its own words where it has chosen them, else in the built-in ones.</summary>
public sealed class CoOpTexts
{
    private readonly CoOp coOp;
    private readonly List<TextVersion> own;

    private CoOpTexts(CoOp coOp, List<TextVersion> own) => (this.coOp, this.own) = (coOp, own);

    /// <summary>A text with its placeholders filled: plain, to be encoded by whoever writes HTML of it.</summary>
    public sealed record Written(Language Language, string Subject, IReadOnlyList<string> Paragraphs);

    public static CoOpTexts Of(EvergreenDb db, CoOp coOp) => new(coOp, [.. Last(db, coOp.Id).Where(text => text.Words != null)]);

    /// <summary>The last version of each text that was ever changed, in each language.</summary>
    internal static IQueryable<TextVersion> Last(EvergreenDb db, int coOpId) => db.TextVersions.Where(text => text.CoOpId == coOpId
        && !db.TextVersions.Any(later => later.CoOpId == coOpId && later.Name == text.Name && later.Language == text.Language && later.Version > text.Version));

    /// <param name="language">The member's; the co-op's where it is null.</param>
    public Written Write(string name, string? language, params (string Placeholder, object Value)[] values) => Write(name, Language.Of(language ?? coOp.Language, coOp.Country), values);

    /// <param name="values">Days are written in the language.</param>
    public Written Write(string name, Language language, params (string Placeholder, object Value)[] values)
    {
        var template = TextTemplate.Find(name)!;
        var chosen = own.Find(text => text.Name == name && text.Language == language.Tongue);
        return Fill(coOp, language, chosen?.Subject ?? template.BuiltInSubject(language), chosen?.Words ?? template.BuiltInWords(language), [("redemption", Redemption(language).Words), .. values]);
    }

    /// <summary>When retained amounts are paid back, in the language.</summary>
    public RedemptionWords Redemption(Language language) => RedemptionWords.Of(coOp, language, own.Find(text => text.Name == RedemptionWords.Text && text.Language == language.Tongue)?.Words);

    public static Written Fill(CoOp coOp, Language language, string subject, string words, params (string Placeholder, object Value)[] values)
    {
        var filled = values.ToDictionary(value => value.Placeholder, value => value.Value is DateOnly day ? language.Day(day) : Convert.ToString(value.Value, CultureInfo.InvariantCulture) ?? "", StringComparer.Ordinal);
        filled["co-op"] = coOp.Name;
        filled["contact"] = coOp.ContactEmail.Length > 0 ? coOp.ContactEmail : coOp.Name;
        if (!filled.TryGetValue("redemption", out var said)) said = coOp.RedemptionSentence;
        filled["redemption"] = said.Length > 0 ? said : TextTemplate.NoRedemption(language);
        return new Written(language, TextTemplate.Fill(subject, filled), [.. words.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => TextTemplate.Fill(line, filled))]);
    }
}
