using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;

namespace Evergreen.Application.CoOps;

/// <summary>When retained amounts are paid back, as a member reads it: what the co-op's details say, or what the co-op wrote for the member's language.</summary>
/// <param name="Words">Empty where the co-op says nothing.</param>
/// <param name="Tongue">The language of the words: the co-op's, where it wrote them in no other.</param>
public sealed record RedemptionWords(string Words, string Tongue)
{
    /// <summary>The text of the same name, see <see cref="TextTemplate"/>.</summary>
    public const string Text = "sentence.redemption";

    /// <summary>The language of what the co-op says of itself.</summary>
    public static string TongueOf(CoOp coOp) => Language.TongueOf(coOp.Language) ?? Language.English.Tongue;

    /// <remarks>Asks the database only for members who read another language than the co-op's: this stands on the page that members open first.</remarks>
    public static RedemptionWords Of(Books books, CoOp coOp, Language language) =>
        Of(coOp, language, language.Tongue == TongueOf(coOp) ? null : books.Read(db => CoOpTexts.Last(db, coOp.Id).Where(text => text.Name == Text && text.Language == language.Tongue).Select(text => text.Words).FirstOrDefault()));

    /// <param name="own">The co-op's words in the language; null where there are none.</param>
    internal static RedemptionWords Of(CoOp coOp, Language language, string? own) => own is null || language.Tongue == TongueOf(coOp) ? new(coOp.RedemptionSentence, TongueOf(coOp)) : new(own, language.Tongue);
}
