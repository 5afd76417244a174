using System.Globalization;
using System.Numerics;

namespace Evergreen.Domain.Members;

/// <summary>The order of member numbers: runs of digits compare as numbers, all else by UTF-16 code unit, and equal values (7 and 007) by their text.</summary>
/// <remarks>A total order, so that "the lowest member number" is one member on every machine and database.</remarks>
public sealed class MemberNumber : IComparer<string>
{
    public static readonly MemberNumber Order = new();

    public int Compare(string? x, string? y)
    {
        if (ReferenceEquals(x, y)) return 0;
        if (x is null) return -1;
        if (y is null) return 1;
        int i = 0, j = 0;
        while (i < x.Length && j < y.Length)
        {
            if (char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                var a = DigitRun(x, ref i);
                var b = DigitRun(y, ref j);
                if (a.Length != b.Length) return a.Length.CompareTo(b.Length);
                var digits = a.SequenceCompareTo(b);
                if (digits != 0) return digits;
            }
            else
            {
                if (x[i] != y[j]) return x[i].CompareTo(y[j]);
                i++;
                j++;
            }
        }
        var rest = (x.Length - i).CompareTo(y.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    /// <summary>A number that is free: the greatest one counted on by one, keeping what stands before its digits and their zeros; <c>0001</c> where there is none.</summary>
    public static string Next(IEnumerable<string> numbers)
    {
        var greatest = numbers.Where(number => number.Length > 0 && char.IsAsciiDigit(number[^1])).Max(Order);
        if (greatest is null) return "0001";
        var digits = greatest.Length;
        while (digits > 0 && char.IsAsciiDigit(greatest[digits - 1])) digits--;
        var next = BigInteger.Parse(greatest.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture) + 1;
        return greatest[..digits] + next.ToString(CultureInfo.InvariantCulture).PadLeft(greatest.Length - digits, '0');
    }

    /// <summary>The run of digits at the position, without leading zeros.</summary>
    private static ReadOnlySpan<char> DigitRun(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
