using System.Globalization;

namespace Evergreen.Application.Imports;

/// <summary>Turns the numbers that a workbook stores into the text a person typed.</summary>
internal static class SpreadsheetNumber
{
    /// <summary>The shortest decimal that is the stored binary number: <c>7.0000000000000007E-2</c> is 0.07, while the sum of 0.1 and 0.2 stays 0.30000000000000004 and is refused by the check of amounts.</summary>
    /// <remarks>The only place where a binary floating-point number is read: that is what the file format holds. It never becomes an amount except through the exact parser.</remarks>
    public static string Plain(string stored)
    {
        if (stored.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0) return stored;
        return double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : stored;
    }

    /// <summary>The day a serial number stands for, with its time where it has one; the number itself where it is no day.</summary>
    /// <remarks>Day 60 of the 1900 system is the 29 February 1900 that never was; the days before it are one further on.</remarks>
    public static string Date(string stored, bool from1904)
    {
        if (!decimal.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial) || serial is < 1 or >= 2_958_466) return Plain(stored);
        var day = (int)decimal.Truncate(serial);
        var seconds = (int)decimal.Round((serial - day) * 86_400, 0, MidpointRounding.AwayFromZero);
        if (!from1904 && day == 60) return "1900-02-29";
        var start = from1904 ? new DateTime(1904, 1, 1) : day < 60 ? new DateTime(1899, 12, 31) : new DateTime(1899, 12, 30);
        if (from1904 && day > 2_957_003) return Plain(stored);
        var moment = start.AddDays(day).AddSeconds(seconds);
        return moment.ToString(seconds == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
