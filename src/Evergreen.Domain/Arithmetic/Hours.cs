namespace Evergreen.Domain.Arithmetic;

/// <summary>Time worked, in whole hundredths of an hour. Checked arithmetic; negative values are corrections.</summary>
public readonly record struct Hours(long Hundredths) : IComparable<Hours>
{
    public static readonly Hours Zero;

    public static Hours operator +(Hours a, Hours b) => new(checked(a.Hundredths + b.Hundredths));
    public static Hours operator -(Hours a, Hours b) => new(checked(a.Hundredths - b.Hundredths));
    public int CompareTo(Hours other) => Hundredths.CompareTo(other.Hundredths);
    public override string ToString() => new Money(Hundredths).ToString();

    /// <returns>False when the text is not a plain decimal with at most two decimals.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Hours hours)
    {
        var read = FixedPoint.TryParse(text, out var hundredths);
        hours = new Hours(hundredths);
        return read;
    }
}
