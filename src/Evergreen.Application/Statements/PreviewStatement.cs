using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Statements;

namespace Evergreen.Application.Statements;

/// <summary>A statement of a made-up member, with the co-op's own name, colour, logo and redemption sentence: to see what members will be given. Kept nowhere.</summary>
public sealed class PreviewStatement(Books books)
{
    /// <returns>The PDF; refused where the logo or colour cannot be drawn.</returns>
    public Outcome<byte[]> Run(string? coOpCode)
    {
        var found = books.Read(db => FindCoOp.Run(db, coOpCode));
        if (found.IsRefused) return found.Refusal!;
        var today = books.Today(found.Value);
        using var batch = new StatementBatch(found.Value.Regime == TaxRegime.SubchapterT ? PaperSize.Letter : PaperSize.A4);
        try
        {
            return batch.Draw(Sample(found.Value, today));
        }
        catch (FormatException unreadable)
        {
            return Refusals.LetterheadUnreadable(unreadable.Message);
        }
    }

    /// <summary>Of 40,000.00 shared over 1,000,000.00 of purchases, 2,512.40 bring 100.496, cut off to 100.49.</summary>
    private static MemberStatement Sample(CoOp coOp, DateOnly today)
    {
        var year = coOp.Year(coOp.YearOf(today).Year - 1);
        var isUk = coOp.Regime == TaxRegime.UkRegisteredSociety;
        var sign = coOp.Currency switch { "USD" => "$", "GBP" => "£", "EUR" => "€", var code => code + "\u00A0" };
        string Write(Money amount) => sign + amount.ToGroupedString();
        static Money Of(string text) => Money.Parse(text);
        var named = year.EndsOn.Year;
        var settlement = isUk
            ? new DividendSettlement { Dividend = Of("100.49"), Cash = Of("50.25"), Payable = Of("50.25"), AddedToShares = Of("50.24"), HowPaid = "Paid by cheque to the address above." }
            : new DividendSettlement { Dividend = Of("100.49"), Cash = Of("30.15"), Payable = Of("30.15"), Qualified = Of("70.34"), HowPaid = "Paid by check to the address above." };
        return new MemberStatement
        {
            DocumentNumber = $"{coOp.Code}-sample",
            IssuedOn = today,
            YearStartsOn = year.StartsOn,
            YearEndsOn = year.EndsOn,
            CoOp = PrepareStatements.Letterhead(coOp),
            Member = new StatementMember("0000", "Sample Member", ["1 Example Street"]),
            Earnings = [new("Net income", Of("60000.00")), new("Kept in the collective reserve", Of("-20000.00")), new("Shared among members", Of("40000.00"), IsTotal: true)],
            Pools = [new("Purchases", Of("40000.00"), "of eligible purchases", "2,512.40", "1,000,000.00", new Ratio(251_240, 100_000_000), "Cut off at the cent; the leftover cents went to larger remainders.", Of("100.49"))],
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
            Redemption = coOp.RedemptionSentence.Length > 0 ? coOp.RedemptionSentence : PrepareStatements.NoRedemptionSentence,
            Notice = isUk ? [NoticeWording.Divi(Write(settlement.Dividend))] : NoticeWording.ForUnitedStates(settlement, ConsentGround.Bylaw, Write),
        };
    }
}
