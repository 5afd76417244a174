using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Statements;

/// <summary>A paragraph of the notice: a short heading and its sentences.</summary>
public sealed record NoticeParagraph(string Heading, string Text);

/// <summary>On what ground a member has agreed to count a qualified notice as income. 26 USC 1388(c)(2).</summary>
public enum ConsentGround { Bylaw, Written, QualifiedCheque }

/// <summary>The sentences that the law, or plain dealing, wants on a notice of allocation. An adviser reads them before first use.</summary>
public static class NoticeWording
{
    /// <summary>A qualified written notice of allocation by consent. 26 USC 1388(c), 1385(a); 26 CFR 1.1388-1(b).</summary>
    /// <param name="stated">The stated amount, written with its currency.</param>
    /// <param name="cash">The part of the dividend paid in money, written with its currency.</param>
    public static NoticeParagraph Qualified(string stated, string cash, ConsentGround ground) => new(
        "Qualified written notice of allocation",
        $"This is a qualified written notice of allocation as defined in section 1388(c) of the Internal Revenue Code. Its stated amount is {stated}, all of which is a patronage dividend. "
        + ground switch
        {
            ConsentGround.Bylaw => "By your membership, under the consent bylaw given to you, you have agreed to take this notice into account at its stated dollar amount in the manner provided in section 1385(a), in the tax year in which you receive it. ",
            ConsentGround.Written => "By the consent you signed, you have agreed to take this notice into account at its stated dollar amount in the manner provided in section 1385(a), in the tax year in which you receive it. ",
            _ => "By endorsing and cashing the enclosed qualified check you agree to take this notice into account at its stated dollar amount in the manner provided in section 1385(a), in the tax year in which you receive it. ",
        }
        + $"Include in income both the cash ({cash}) and the stated amount of this notice, although the notice is not yet paid to you, except so far as the dividend is for personal, living or family items (section 1385(b)). When this notice is later redeemed you will not be taxed on it again.");

    /// <summary>A nonqualified notice. 26 USC 1388(d), 1385(c).</summary>
    public static NoticeParagraph Nonqualified(string stated) => new(
        "Nonqualified written notice of allocation",
        $"This notice allocates {stated} to you, all of which is a patronage dividend. It is not a qualified written notice of allocation: do not include it in income now. What is paid to you when it is redeemed is income of that year (section 1385(c)), and will then be reported to you.");

    /// <summary>The dividend in money alone, with nothing retained under a notice.</summary>
    public static NoticeParagraph CashOnly(string cash) => new(
        "Patronage dividend in cash",
        $"The whole patronage dividend of {cash} is paid in money. Include it in income of the tax year in which you receive it, except so far as it is for personal, living or family items (section 1385(b)).");

    /// <summary>A United Kingdom society's divi on members' own trade with it.</summary>
    public static NoticeParagraph Divi(string amount) => new(
        "Your divi",
        $"The divi of {amount} is shared in proportion to your own trade with the society, under its rules. It is not interest on your shares. A divi on purchases for yourself and your household is not normally income; if you buy for a business, enter it in that business's accounts.");

    /// <summary>Interest on a United Kingdom society's shares, paid gross.</summary>
    public static NoticeParagraph ShareInterest(string interest) => new(
        "Share interest",
        $"Share interest of {interest} was paid without tax taken off. It is savings income: declare it if your savings income goes beyond your allowances. The society reports share interest to HM Revenue & Customs where the law requires it.");

    /// <summary>Every paragraph that one settlement of a United States co-op calls for.</summary>
    /// <param name="write">How the co-op writes an amount, with its currency.</param>
    public static IReadOnlyList<NoticeParagraph> ForUnitedStates(DividendSettlement settlement, ConsentGround ground, Func<Money, string> write)
    {
        var paragraphs = new List<NoticeParagraph>();
        if (settlement.Qualified.IsPositive) paragraphs.Add(Qualified(write(settlement.Qualified), write(settlement.Cash), ground));
        if (settlement.Nonqualified.IsPositive) paragraphs.Add(Nonqualified(write(settlement.Nonqualified)));
        if (paragraphs.Count == 0 && settlement.Cash.IsPositive) paragraphs.Add(CashOnly(write(settlement.Cash)));
        return paragraphs;
    }
}
