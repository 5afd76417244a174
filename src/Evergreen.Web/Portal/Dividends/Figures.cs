using System.Numerics;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Patronage;

namespace Evergreen.Web.Portal.Dividends;

/// <summary>Exact figures as the member's language writes them: units, fractions, shares with more decimals than money has.</summary>
internal sealed class Figures
{
    private readonly Language language;
    private readonly string currency;
    private readonly char thousands, point;

    public Figures(Language language, string currency)
    {
        (this.language, this.currency) = (language, currency);
        // As the language writes 1,234.56 of anything.
        var sample = language.Hours(new Hours(1234_56));
        (thousands, point) = (sample[1], sample[5]);
    }

    public string Amount(Money amount) => language.Amount(amount, currency);

    /// <summary>An amount that is taken away.</summary>
    public string Less(Money amount) => language.Amount(-amount, currency);

    /// <summary>A share before rounding, with all its digits or cut off and marked.</summary>
    public string Unrounded(Money amount, BigInteger units, BigInteger total) => Money(UnitsText.Unrounded(amount, units, total));

    public string Units(BigInteger units, BigInteger scale) => Grouped(UnitsText.Of(units, scale));

    public string Quantity(Measure measure, long quantity) => measure is Measure.Purchases or Measure.Wages ? Amount(new Money(quantity)) : language.Hours(new Hours(quantity));

    public string Whole(BigInteger number) => Grouped(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public string Fraction(Ratio ratio) => $"{Whole(ratio.Numerator)} / {Whole(ratio.Denominator)}";

    /// <summary>Cut off after so many decimals, and marked where more follow.</summary>
    public string Percent(Ratio ratio, int decimals)
    {
        var text = ratio.ToPercent(decimals);
        var cut = !(ratio.Numerator * BigInteger.Pow(10, decimals + 2) % ratio.Denominator).IsZero;
        return (cut ? text.Insert(text.Length - 1, "…") : text).Replace('.', point);
    }

    /// <summary>A remainder in cents, between nothing and one: 0.512345….</summary>
    public string PartOfCent(BigInteger remainder, BigInteger total)
    {
        const int decimals = 8;
        var scaled = BigInteger.DivRem(remainder * BigInteger.Pow(10, decimals), total, out var rest);
        return $"0{point}{scaled.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(decimals, '0')}{(rest.IsZero ? "" : "…")}";
    }

    private string Money(string plain)
    {
        var negative = plain.StartsWith('-');
        var figure = Grouped(negative ? plain[1..] : plain);
        var zero = Grouped("0.00");
        return (negative ? "\u2212" : "") + language.Amount(Domain.Arithmetic.Money.Zero, currency).Replace(zero, figure, StringComparison.Ordinal);
    }

    /// <summary>A plain decimal, or a fraction, with its thousands grouped.</summary>
    private string Grouped(string plain)
    {
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) return $"{Grouped(plain[..slash])} / {Grouped(plain[(slash + 1)..])}";
        var negative = plain.StartsWith('-');
        var bare = negative ? plain[1..] : plain;
        var end = bare.IndexOf('.', StringComparison.Ordinal);
        var whole = end < 0 ? bare : bare[..end];
        var grouped = new System.Text.StringBuilder(negative ? "\u2212" : "");
        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && (whole.Length - i) % 3 == 0) grouped.Append(thousands);
            grouped.Append(whole[i]);
        }
        return grouped.Append(end < 0 ? "" : point + bare[(end + 1)..]).ToString();
    }
}
