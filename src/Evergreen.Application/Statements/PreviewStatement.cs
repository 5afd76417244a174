using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Statements;

namespace Evergreen.Application.Statements;

/// <summary>A statement of a made-up member, with the co-op's own name, colour, logo and redemption sentence: to see what members will be given. Kept nowhere.</summary>
public sealed class PreviewStatement(Books books)
{
    /// <param name="memberLanguage">In which the made-up member reads; English where it is null.</param>
    /// <returns>The PDF; refused where the logo or colour cannot be drawn.</returns>
    public Outcome<byte[]> Run(string? coOpCode, string? memberLanguage = null)
    {
        var found = books.Read(db => FindCoOp.Run(db, coOpCode));
        if (found.IsRefused) return found.Refusal!;
        var today = books.Today(found.Value);
        using var batch = new StatementBatch(found.Value.Regime == TaxRegime.SubchapterT ? PaperSize.Letter : PaperSize.A4);
        try
        {
            var language = PrepareStatements.LanguageOf(found.Value, memberLanguage);
            return batch.Draw(Sample(found.Value, today, language, RedemptionWords.Of(books, found.Value, language).Words));
        }
        catch (FormatException unreadable)
        {
            return Refusals.LetterheadUnreadable(unreadable.Message);
        }
    }

    /// <summary>Of 40,000.00 shared over 1,000,000.00 of purchases, 2,512.40 bring 100.496, cut off to 100.49.</summary>
    private static MemberStatement Sample(CoOp coOp, DateOnly today, Language language, string redemption)
    {
        var year = coOp.Year(coOp.YearOf(today).Year - 1);
        var isUk = coOp.Regime == TaxRegime.UkRegisteredSociety;
        var words = StatementSentences.Book.Of(language);
        string Write(Money amount) => language.Amount(amount, coOp.Currency);
        static Money Of(string text) => Money.Parse(text);
        var named = year.EndsOn.Year;
        var settlement = isUk
            ? new DividendSettlement { Dividend = Of("100.49"), Cash = Of("50.25"), Payable = Of("50.25"), AddedToShares = Of("50.24"), HowPaid = words["paid.check"] }
            : new DividendSettlement { Dividend = Of("100.49"), Cash = Of("30.15"), Payable = Of("30.15"), Qualified = Of("70.34"), HowPaid = words["paid.check"] };
        return new MemberStatement
        {
            DocumentNumber = $"{coOp.Code}-sample",
            IssuedOn = today,
            YearStartsOn = year.StartsOn,
            YearEndsOn = year.EndsOn,
            CoOp = PrepareStatements.Letterhead(coOp),
            Language = language,
            Member = new StatementMember("0000", words["sample.member"], [words["sample.street"]]),
            Earnings = [new(words["sample.net"], Of("60000.00")), new(words["sample.reserve"], Of("-20000.00")), new(words["shared"], Of("40000.00"), IsTotal: true)],
            Pools = [new(words["sample.pool"], Of("40000.00"), words["unit.purchases"], language.Figure("2,512.40"), language.Figure("1,000,000.00"), new Ratio(251_240, 100_000_000), words["sample.rounding"], Of("100.49"))],
            Settlement = settlement,
            Account = isUk
                ? [new(StakeKind.PreferredShare, null, Of("265.20"), Of("50.24"), Money.Zero, Money.Zero, Of("315.44"))]
                : [
                    new(StakeKind.MembershipShare, null, Of("200.00"), Money.Zero, Money.Zero, Money.Zero, Of("200.00")),
                    new(StakeKind.QualifiedNotice, named - 1, Of("65.20"), Money.Zero, Money.Zero, Money.Zero, Of("65.20")),
                    new(StakeKind.QualifiedNotice, named, Money.Zero, Of("70.34"), Money.Zero, Money.Zero, Of("70.34")),
                ],
            StakeOverTheYears = isUk
                ? [new(named - 1, Of("265.20"), Money.Zero), new(named, Of("315.44"), Money.Zero)]
                : [new(named - 1, Of("200.00"), Of("65.20")), new(named, Of("200.00"), Of("135.54"))],
            Redemption = redemption.Length > 0 ? redemption : words["no-redemption"],
            Notice = isUk ? [NoticeWording.Divi(language, Write(settlement.Dividend))] : NoticeWording.ForUnitedStates(language, settlement, ConsentGround.Bylaw, Write),
        };
    }
}
