using System.Globalization;
using System.Numerics;

namespace Evergreen.Domain.Arithmetic;

/// <summary>An exact fraction in lowest terms with a positive denominator. Never rounded; rounding happens once, when it meets money.</summary>
public readonly struct Ratio : IEquatable<Ratio>, IComparable<Ratio>
{
    private readonly BigInteger denominator;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Ratio(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException("A ratio needs a denominator other than zero.");
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        this.denominator = denominator / divisor;
    }

    public static readonly Ratio Zero = new(0, 1);
    public static readonly Ratio One = new(1, 1);

    public BigInteger Numerator { get; }
    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;
    public int Sign => Numerator.Sign;

    public static Ratio operator +(Ratio a, Ratio b) => new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);
    public static Ratio operator -(Ratio a, Ratio b) => new(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);
    public static Ratio operator *(Ratio a, Ratio b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);
    public static Ratio operator /(Ratio a, Ratio b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);
    public static bool operator ==(Ratio a, Ratio b) => a.Equals(b);
    public static bool operator !=(Ratio a, Ratio b) => !a.Equals(b);
    public static bool operator <(Ratio a, Ratio b) => a.CompareTo(b) < 0;
    public static bool operator >(Ratio a, Ratio b) => a.CompareTo(b) > 0;
    public static bool operator <=(Ratio a, Ratio b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Ratio a, Ratio b) => a.CompareTo(b) >= 0;

    /// <summary>This share of the amount, rounded towards minus infinity to the cent.</summary>
    public Money DivideDown(Money amount) => new((long)Floor(amount.Cents * Numerator, Denominator));

    /// <summary>This share of the amount, rounded towards plus infinity to the cent. The rounding of the 20 % test.</summary>
    public Money DivideUp(Money amount) => new((long)-Floor(-(amount.Cents * Numerator), Denominator));

    /// <summary>This share of the amount, to the nearest cent, halves away from zero.</summary>
    public Money DivideHalfUp(Money amount)
    {
        var product = amount.Cents * Numerator;
        var rounded = (2 * BigInteger.Abs(product) + Denominator) / (2 * Denominator);
        return new((long)(product.Sign * rounded));
    }

    /// <summary>The nearest fraction with so many decimals, halves away from zero; for comparing with figures that were printed rounded.</summary>
    public Ratio RoundHalfUp(int decimals)
    {
        var scale = BigInteger.Pow(10, decimals);
        var nearest = (2 * BigInteger.Abs(Numerator) * scale + Denominator) / (2 * Denominator);
        return new(Sign * nearest, scale);
    }

    /// <summary>Reads <c>30%</c>, <c>77.44236%</c>, <c>0.3</c>, <c>3/10</c> or <c>2</c>, exactly.</summary>
    public static bool TryParse(string? text, out Ratio ratio)
    {
        ratio = Zero;
        if (string.IsNullOrWhiteSpace(text)) return false;
        text = text.Trim();
        if (text.EndsWith('%'))
        {
            if (!TryParseDecimal(text[..^1].Trim(), out var percent)) return false;
            ratio = percent / new Ratio(100, 1);
            return true;
        }
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return TryParseDecimal(text, out ratio);
        if (!TryParseDecimal(text[..slash].Trim(), out var above) || !TryParseDecimal(text[(slash + 1)..].Trim(), out var below) || below.Sign == 0) return false;
        ratio = above / below;
        return true;
    }

    /// <exception cref="FormatException">The text is none of the forms of <see cref="TryParse"/>.</exception>
    public static Ratio Parse(string text) =>
        TryParse(text, out var ratio) ? ratio : throw new FormatException($"'{text}' is not a share such as 30%, 0.3 or 3/10.");

    /// <summary>As a fraction, <c>3/10</c>.</summary>
    public override string ToString() => $"{Numerator.ToString(CultureInfo.InvariantCulture)}/{Denominator.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>As a percentage cut off (not rounded) after the given number of decimals; for showing only.</summary>
    public string ToPercent(int decimals)
    {
        var scale = BigInteger.Pow(10, decimals);
        var scaled = BigInteger.Abs(Numerator) * 100 * scale / Denominator;
        var whole = (scaled / scale).ToString(CultureInfo.InvariantCulture);
        var fraction = (scaled % scale).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0').TrimEnd('0');
        return $"{(Sign < 0 ? "\u2212" : "")}{whole}{(fraction.Length > 0 ? "." + fraction : "")}%";
    }

    public bool Equals(Ratio other) => Numerator == other.Numerator && Denominator == other.Denominator;
    public override bool Equals(object? obj) => obj is Ratio other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);
    public int CompareTo(Ratio other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    private static BigInteger Floor(BigInteger above, BigInteger below)
    {
        var quotient = BigInteger.DivRem(above, below, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    private static bool TryParseDecimal(string text, out Ratio ratio)
    {
        ratio = Zero;
        var negative = text.StartsWith('-');
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : digits.Length - point - 1;
        var bare = point < 0 ? digits : digits.Remove(point, 1);
        if (bare.Length is 0 or > 400 || point == 0 || (point > 0 && decimals == 0) || !bare.All(char.IsAsciiDigit)) return false;
        var value = BigInteger.Parse(bare, NumberStyles.None, CultureInfo.InvariantCulture);
        ratio = new Ratio(negative ? -value : value, BigInteger.Pow(10, decimals));
        return true;
    }
}
