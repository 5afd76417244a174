using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;

namespace Evergreen.Domain.Statements;

/// <summary>A paragraph of the notice: a short heading and its sentences.</summary>
public sealed record NoticeParagraph(string Heading, string Text);

/// <summary>On what ground a member has agreed to count a qualified notice as income. 26 USC 1388(c)(2).</summary>
public enum ConsentGround { Bylaw, Written, QualifiedCheque }

/// <summary>The sentences that the law, or plain dealing, wants on a notice of allocation. An adviser reads them before first use.</summary>
/// <remarks>No statute asks for English, only that the amounts and the consent are disclosed: a Spanish notice names the law's terms in English in brackets and needs no English text beside it.</remarks>
public static class NoticeWording
{
    private static readonly WordBook Book = new(typeof(NoticeWording).Assembly, "Evergreen.Domain.Statements.Words");

    /// <summary>A qualified written notice of allocation by consent. 26 USC 1388(c), 1385(a); 26 CFR 1.1388-1(b).</summary>
    /// <param name="stated">The stated amount, written with its currency.</param>
    /// <param name="cash">The part of the dividend paid in money, written with its currency.</param>
    public static NoticeParagraph Qualified(Language language, string stated, string cash, ConsentGround ground) => Paragraph(language, "qualified", stated, cash, Book.Of(language)[$"qualified.{ground}"]);

    /// <summary>A nonqualified notice. 26 USC 1388(d), 1385(c).</summary>
    public static NoticeParagraph Nonqualified(Language language, string stated) => Paragraph(language, "nonqualified", stated);

    /// <summary>The dividend in money alone, with nothing retained under a notice.</summary>
    public static NoticeParagraph CashOnly(Language language, string cash) => Paragraph(language, "cash", cash);

    /// <summary>A United Kingdom society's divi on members' own trade with it.</summary>
    public static NoticeParagraph Divi(Language language, string amount) => Paragraph(language, "divi", amount);

    /// <summary>Interest on a United Kingdom society's shares, paid gross.</summary>
    public static NoticeParagraph ShareInterest(Language language, string interest) => Paragraph(language, "share-interest", interest);

    /// <summary>What a United Kingdom society shares for work, paid through payroll.</summary>
    public static NoticeParagraph LabourShare(Language language, string share) => Paragraph(language, "labour", share);

    /// <summary>A loss charged to the member's retained dividends.</summary>
    public static NoticeParagraph Loss(Language language, string loss) => Paragraph(language, "loss", loss);

    /// <summary>Every paragraph that one settlement of a United States co-op calls for.</summary>
    /// <param name="write">How the co-op writes an amount, with its currency.</param>
    public static IReadOnlyList<NoticeParagraph> ForUnitedStates(Language language, DividendSettlement settlement, ConsentGround ground, Func<Money, string> write)
    {
        var paragraphs = new List<NoticeParagraph>();
        if (settlement.Qualified.IsPositive) paragraphs.Add(Qualified(language, write(settlement.Qualified), write(settlement.Cash), ground));
        if (settlement.Nonqualified.IsPositive) paragraphs.Add(Nonqualified(language, write(settlement.Nonqualified)));
        if (paragraphs.Count == 0 && settlement.Cash.IsPositive) paragraphs.Add(CashOnly(language, write(settlement.Cash)));
        return paragraphs;
    }

    private static NoticeParagraph Paragraph(Language language, string key, params object?[] amounts)
    {
        var words = Book.Of(language);
        return new NoticeParagraph(words[key + ".heading"], words[key, amounts]);
    }
}
