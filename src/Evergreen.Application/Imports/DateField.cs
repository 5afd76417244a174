using System.Globalization;
using System.Text;

namespace Evergreen.Application.Imports;

/// <summary>Reads calendar dates, in the order the source writes them.</summary>
public static class DateField
{
    public static Fault? Read(ReadOnlySpan<byte> text, DateForm form, out DateOnly date)
    {
        date = default;
        var day = text;
        ReadOnlySpan<byte> time = default;
        if (!form.Strict && text.IndexOfAny((byte)' ', (byte)'T') is var gap and > 0)
        {
            day = text[..gap];
            time = text[(gap + 1)..];
        }
        if (!Split(day, out var a, out var b, out var c, out var lengths) || (form.Strict && (day.Length != 10 || day[4] != '-' || day[7] != '-')))
            return form.Strict ? FieldFaults.DateForm : FieldFaults.DateOrder(form.Order);
        var (year, month, dayOfMonth, yearLength) = form.Order switch
        {
            DateOrder.MonthFirst => (c, a, b, lengths.C),
            DateOrder.DayFirst => (c, b, a, lengths.C),
            _ => (a, b, c, lengths.A),
        };
        if (yearLength != 4) return lengths is { A: <= 2, B: <= 2, C: <= 2 } ? FieldFaults.DateYear : FieldFaults.DateOrder(form.Order);
        if (year is < 1900 or > 2199) return FieldFaults.DateYear;
        if (month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month)) return FieldFaults.DateImpossible;
        date = new DateOnly(year, month, dayOfMonth);
        return time.IsEmpty ? null : ToStoreDate(time, form.Zone, ref date);
    }

    /// <summary>The three numbers of a date written with <c>-</c>, <c>/</c> or <c>.</c>, whatever they mean.</summary>
    internal static bool Split(ReadOnlySpan<byte> text, out int a, out int b, out int c, out (int A, int B, int C) lengths)
    {
        a = b = c = 0;
        lengths = default;
        var first = text.IndexOfAny((byte)'-', (byte)'/', (byte)'.');
        if (first is < 1 or > 4) return false;
        var rest = text[(first + 1)..];
        var second = rest.IndexOf(text[first]);
        if (second is < 1 or > 2) return false;
        var last = rest[(second + 1)..];
        lengths = (first, second, last.Length);
        return last.Length is >= 1 and <= 4 && Digits(text[..first], out a) && Digits(rest[..second], out b) && Digits(last, out c);
    }

    /// <summary>A local time keeps its date; a time with an offset becomes the date it was at the store.</summary>
    private static Fault? ToStoreDate(ReadOnlySpan<byte> time, TimeZoneInfo? zone, ref DateOnly date)
    {
        if (time.Length > 40) return FieldFaults.DateForm;
        var text = Encoding.ASCII.GetString(time).Trim();
        string[] local = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "h:mm tt", "h:mm:ss tt"];
        if (TimeOnly.TryParseExact(text, local, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return null;
        string[] withOffset = ["yyyy-MM-dd H:mmK", "yyyy-MM-dd H:mm:ssK", "yyyy-MM-dd H:mm:ss.FFFFFFFK", "yyyy-MM-dd H:mm:ss K"];
        var stamp = date.ToString("yyyy-MM-dd ", CultureInfo.InvariantCulture) + text;
        if (!DateTimeOffset.TryParseExact(stamp, withOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return FieldFaults.DateForm;
        if (zone is null) return FieldFaults.DateZone;
        date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).Date);
        return null;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = value * 10 + (digit - '0');
        }
        return true;
    }
}
