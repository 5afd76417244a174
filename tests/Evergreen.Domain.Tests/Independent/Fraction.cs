namespace Evergreen.Domain.Tests.Independent;

/// <summary>A fraction of the slow recomputation's own: nothing here is shared with what it checks.</summary>
internal readonly struct Fraction
{
    public Fraction(BigInteger above, BigInteger below)
    {
        if (below.Sign < 0) (above, below) = (-above, -below);
        BigInteger a = BigInteger.Abs(above), b = below;
        while (!b.IsZero) (a, b) = (b, a % b);
        (Above, Below) = a.IsZero ? (above, below) : (above / a, below / a);
    }

    public BigInteger Above { get; }
    public BigInteger Below { get; }
    public int Sign => Above.Sign;

    public static implicit operator Fraction(BigInteger whole) => new(whole, 1);
    public static implicit operator Fraction(long whole) => new(whole, 1);
    public static Fraction operator +(Fraction a, Fraction b) => new(a.Above * b.Below + b.Above * a.Below, a.Below * b.Below);
    public static Fraction operator -(Fraction a, Fraction b) => new(a.Above * b.Below - b.Above * a.Below, a.Below * b.Below);
    public static Fraction operator *(Fraction a, Fraction b) => new(a.Above * b.Above, a.Below * b.Below);
    public static Fraction operator /(Fraction a, Fraction b) => new(a.Above * b.Below, a.Below * b.Above);
    public static int Compare(Fraction a, Fraction b) => BigInteger.Compare(a.Above * b.Below, b.Above * a.Below);
    public static Fraction Smaller(Fraction a, Fraction b) => Compare(a, b) <= 0 ? a : b;
    public static Fraction Larger(Fraction a, Fraction b) => Compare(a, b) >= 0 ? a : b;

    public BigInteger Down()
    {
        var rest = ((Above % Below) + Below) % Below;
        return (Above - rest) / Below;
    }

    public BigInteger Up() => -new Fraction(-Above, Below).Down();
    public BigInteger HalfUp() => Sign < 0 ? -new Fraction(-Above * 2 + Below, Below * 2).Down() : new Fraction(Above * 2 + Below, Below * 2).Down();

    /// <summary>30%, 0.3, 3/10 or 2.</summary>
    public static Fraction Read(string text)
    {
        if (text[^1] == '%') return Read(text[..^1]) / 100;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0) return Read(text[..slash]) / Read(text[(slash + 1)..]);
        var parts = text.Split('.');
        return parts.Length == 1 ? BigInteger.Parse(text) : new Fraction(BigInteger.Parse(parts[0] + parts[1]), BigInteger.Pow(10, parts[1].Length));
    }
}
