using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>Reads amounts and hours exactly, as whole hundredths, in the form the source writes them.</summary>
public static class NumberField
{
    /// <summary>One trillion units: beyond any figure of a co-op, and far enough from the ends of <c>long</c>.</summary>
    private const long Most = 1_000_000_000_000_00;
    private const int LongestNumber = 40;

    public static Fault? Read(ReadOnlySpan<byte> text, NumberForm form, out long hundredths)
    {
        if (!FixedPoint.TryParse(text, out hundredths) || (form.Decimal != '.' && text.Contains((byte)'.')))
        {
            if (ReferenceEquals(form, NumberForm.Canonical)) return Why(text, form);
            Span<byte> plain = stackalloc byte[LongestNumber];
            if (Plain(text, form, plain, out var length) is { } fault) return fault;
            if (!FixedPoint.TryParse(plain[..length], out hundredths)) return Why(plain[..length], NumberForm.Canonical);
        }
        if (hundredths is > Most or < -Most) return FieldFaults.AmountRange;
        if (form.Reversed) hundredths = -hundredths;
        return null;
    }

    /// <summary>Rewrites <c>-$1,234.50</c> as <c>-1234.50</c>, by the named signs only.</summary>
    private static Fault? Plain(ReadOnlySpan<byte> text, NumberForm form, Span<byte> plain, out int length)
    {
        length = 0;
        var number = text;
        var negative = false;
        if (form.Parentheses && number is [(byte)'(', .., (byte)')'])
        {
            negative = true;
            number = number[1..^1];
        }
        Span<byte> symbol = stackalloc byte[16];
        symbol = symbol[..(form.Symbol is { Length: > 0 and <= 5 } given ? System.Text.Encoding.UTF8.GetBytes(given, symbol) : 0)];
        var symbolSeen = RemoveFront(ref number, symbol);
        var signed = !negative && number is [(byte)'-', ..];
        if (signed) number = number[1..];
        symbolSeen = symbolSeen || RemoveFront(ref number, symbol);
        if (form.TrailingMinus && !signed && !negative && number is [.., (byte)'-'])
        {
            signed = true;
            number = number[..^1];
        }
        if (!symbolSeen && !symbol.IsEmpty && number.EndsWith(symbol)) number = Blanks.Trim(number[..^symbol.Length]);
        if (number.Length is 0 or >= LongestNumber || number[0] == '-') return Why(text, form);

        var point = number.IndexOf((byte)form.Decimal);
        var whole = point < 0 ? number : number[..point];
        if (form.Decimal != '.' && number.Contains((byte)'.') && form.Thousands != '.') return Why(text, form);
        if (negative || signed) plain[length++] = (byte)'-';
        if (form.Thousands is { } sign && whole.Contains((byte)sign))
        {
            if (!WellGrouped(whole, (byte)sign)) return FieldFaults.AmountThousands;
            foreach (var digit in whole)
                if (digit != sign) plain[length++] = digit;
        }
        else
        {
            whole.CopyTo(plain[length..]);
            length += whole.Length;
        }
        if (point < 0) return null;
        plain[length++] = (byte)'.';
        number[(point + 1)..].CopyTo(plain[length..]);
        length += number.Length - point - 1;
        return null;
    }

    private static bool RemoveFront(ref ReadOnlySpan<byte> number, scoped ReadOnlySpan<byte> symbol)
    {
        if (symbol.IsEmpty || !number.StartsWith(symbol)) return false;
        number = Blanks.Trim(number[symbol.Length..]);
        return true;
    }

    private static bool WellGrouped(ReadOnlySpan<byte> whole, byte sign)
    {
        var first = whole.IndexOf(sign);
        if (first is < 1 or > 3) return false;
        for (var i = first; i < whole.Length; i += 4)
            if (whole[i] != sign || i + 3 >= whole.Length || whole.Slice(i + 1, 3).Contains(sign)) return false;
        return (whole.Length - first) % 4 == 0;
    }

    /// <summary>The most telling reason why the text is no number of this form.</summary>
    private static Fault Why(ReadOnlySpan<byte> text, NumberForm form)
    {
        if (TextField.IsScientific(text)) return FieldFaults.AmountScientific;
        if (text is [(byte)'(', _, .., (byte)')'] or [>= (byte)'0' and <= (byte)'9', .., (byte)'-']) return FieldFaults.AmountNegative;
        if (text.IndexOfAnyExcept("0123456789.,-+()' "u8) >= 0) return FieldFaults.AmountSymbol;
        var digits = text is [(byte)'-', ..] ? text[1..] : text;
        var point = digits.IndexOf((byte)form.Decimal);
        if (point > 0 && digits.Count((byte)form.Decimal) == 1 && digits.Length - point - 1 > 2 && IsDigits(digits[..point]) && IsDigits(digits[(point + 1)..])) return FieldFaults.AmountDecimals;
        if (digits.Length > 17 && IsDigits(point < 0 ? digits : digits[..point])) return FieldFaults.AmountRange;
        if (digits.IndexOfAny((byte)',', (byte)'\'', (byte)' ') > 0) return FieldFaults.AmountThousands;
        return FieldFaults.AmountForm;
    }

    private static bool IsDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
