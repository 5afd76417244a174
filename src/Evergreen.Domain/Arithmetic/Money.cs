using System.Globalization;

namespace Evergreen.Domain.Arithmetic;

/// <summary>An amount of money in whole minor units (cents, pence). The currency belongs to the account or the co-op, never to the amount.</summary>
/// <remarks>Range: ±92,233,720,368,547,758.07. All arithmetic is checked: an overflow throws and never wraps.</remarks>
public readonly record struct Money(long Cents) : IComparable<Money>
{
    public static readonly Money Zero;

    public bool IsZero => Cents == 0;
    public bool IsNegative => Cents < 0;
    public bool IsPositive => Cents > 0;

    public static Money operator +(Money a, Money b) => new(checked(a.Cents + b.Cents));
    public static Money operator -(Money a, Money b) => new(checked(a.Cents - b.Cents));
    public static Money operator -(Money a) => new(checked(-a.Cents));
    public static bool operator <(Money a, Money b) => a.Cents < b.Cents;
    public static bool operator >(Money a, Money b) => a.Cents > b.Cents;
    public static bool operator <=(Money a, Money b) => a.Cents <= b.Cents;
    public static bool operator >=(Money a, Money b) => a.Cents >= b.Cents;

    public int CompareTo(Money other) => Cents.CompareTo(other.Cents);
    public Money Abs() => IsNegative ? -this : this;
    public static Money Min(Money a, Money b) => a <= b ? a : b;
    public static Money Max(Money a, Money b) => a >= b ? a : b;

    /// <summary>A plain decimal such as <c>-1234.50</c>: point, two decimals, no separators. The form of every file and of JSON.</summary>
    public override string ToString()
    {
        var whole = Math.Abs((decimal)Cents);
        return $"{(IsNegative ? "-" : "")}{decimal.Truncate(whole / 100).ToString(CultureInfo.InvariantCulture)}.{((long)(whole % 100)).ToString("00", CultureInfo.InvariantCulture)}";
    }

    /// <summary>For people: thousands grouped by commas and a real minus sign, e.g. <c>−1,234.50</c>.</summary>
    public string ToGroupedString()
    {
        var whole = Math.Abs((decimal)Cents);
        return $"{(IsNegative ? "\u2212" : "")}{decimal.Truncate(whole / 100).ToString("N0", CultureInfo.InvariantCulture)}.{((long)(whole % 100)).ToString("00", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Reads the form of <see cref="ToString"/>: optional leading minus, digits, at most two decimals. Nothing is rounded.</summary>
    /// <returns>False when the text is anything else (a third decimal, a separator, a symbol, an exponent) or out of range.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Money amount)
    {
        var read = FixedPoint.TryParse(text, out var hundredths);
        amount = new Money(hundredths);
        return read;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out Money amount)
    {
        var read = FixedPoint.TryParse(utf8, out var hundredths);
        amount = new Money(hundredths);
        return read;
    }

    /// <exception cref="FormatException">The text is not a plain decimal with at most two decimals.</exception>
    public static Money Parse(string text) =>
        TryParse(text, out var amount) ? amount : throw new FormatException($"'{text}' is not an amount such as 1234.50.");
}
