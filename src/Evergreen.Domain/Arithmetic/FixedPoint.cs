namespace Evergreen.Domain.Arithmetic;

/// <summary>Reads numbers with at most two decimals exactly, as whole hundredths: the one parser behind money and hours.</summary>
public static class FixedPoint
{
    public static bool TryParse(ReadOnlySpan<char> text, out long hundredths)
    {
        Span<byte> ascii = stackalloc byte[24];
        hundredths = 0;
        if (text.Length > ascii.Length) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > 127) return false;
            ascii[i] = (byte)text[i];
        }
        return TryParse(ascii[..text.Length], out hundredths);
    }

    /// <summary>Accepts <c>-?[0-9]+(\.[0-9]{1,2})?</c> and nothing else.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long hundredths)
    {
        hundredths = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative) text = text[1..];
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? default : text[(point + 1)..];
        if (whole.Length is 0 or > 17 || (point >= 0 && decimals.Length is 0 or > 2)) return false;
        // 17 digits and two decimals fit 64 bits without a sign.
        ulong value = 0;
        foreach (var digit in whole)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = value * 10 + (ulong)(digit - '0');
        }
        value *= 100;
        for (var i = 0; i < decimals.Length; i++)
        {
            if (decimals[i] is < (byte)'0' or > (byte)'9') return false;
            value += (ulong)(decimals[i] - '0') * (i == 0 ? 10UL : 1);
        }
        if (value > long.MaxValue) return false;
        hundredths = negative ? -(long)value : (long)value;
        return true;
    }
}
