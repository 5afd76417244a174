using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;

namespace Evergreen.Application.Members;

/// <summary>The texts of letters and mails about coming in, in the member's language.</summary>
internal static class EntryWords
{
    private static readonly WordBook Book = new(typeof(EntryWords).Assembly, "Evergreen.Application.Members.Words");

    public static Wording Of(string? language, CoOp coOp) => Book.Of(Language.Of(language ?? coOp.Language, coOp.Country));
}
