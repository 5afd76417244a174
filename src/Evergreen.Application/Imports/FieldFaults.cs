using System.Globalization;

namespace Evergreen.Application.Imports;

/// <summary>Why a field's text is not what its column holds.</summary>
public static class FieldFaults
{
    public static readonly Fault Missing = new("value-missing", "a value", "Fill in this field; it may not be empty.");

    public static readonly Fault DateForm = new("date-form", "a date such as 2026-06-30", "Write the date as year-month-day with four, two and two digits.");
    public static readonly Fault DateImpossible = new("date-impossible", "a day that exists", "Correct the day or the month.");
    public static readonly Fault DateYear = new("date-year", "a year from 1900 to 2199, in four digits", "Correct the year; two-digit years are not read because the century would be a guess.");
    public static readonly Fault DateZone = new("date-zone", "a date, or a time in the store's own time zone", "Name the store's time zone for this source, so that the time becomes the store's local date.");

    public static Fault DateOrder(DateOrder order) => new("date-form",
        order switch
        {
            Imports.DateOrder.MonthFirst => "a date such as 6/30/2026 (month first)",
            Imports.DateOrder.DayFirst => "a date such as 30/6/2026 (day first)",
            _ => "a date such as 2026-06-30 (year first)",
        },
        "All dates of the file must have one order. Correct this one, or choose another order for the file.");

    public static readonly Fault AmountForm = new("amount-form", "an amount such as 1234.50 or -3.00", "Write digits, a decimal point and at most two decimals, and nothing else.");
    public static readonly Fault AmountDecimals = new("amount-decimals", "at most two decimals", "Decide on the whole cent; the amount is not rounded for you.");
    public static readonly Fault AmountSymbol = new("amount-symbol", "an amount without a currency symbol or other letters", "Remove the symbol, or name it for this source if every amount carries it.");
    public static readonly Fault AmountNegative = new("amount-negative", "a leading minus for negative amounts", "Write the minus in front, or say for this source that parentheses or a trailing minus mean negative.");
    public static readonly Fault AmountThousands = new("amount-thousands", "an amount without a thousands sign", "Remove the sign between the thousands, or name it for this source; groups must have three digits.");
    public static readonly Fault AmountScientific = new("amount-scientific", "an amount in plain digits", "A spreadsheet has turned this number into scientific notation and may have lost digits. Take it from the source again.");
    public static readonly Fault AmountRange = new("amount-range", "an amount below one trillion", "Correct the amount; it has too many digits.");

    public static readonly Fault FlagForm = new("flag-form", "true or false", "Write true or false in lower case, or leave the field empty.");
    public static readonly Fault YearForm = new("year-form", "a year in four digits, from 1900 to 2199", "Write the fiscal year of the allocation, for example 2025.");

    public static readonly Fault TextControl = new("text-control", "printable text on one line", "Remove the control character or line break from this field.");
    public static readonly Fault TextDirection = new("text-direction", "text without invisible direction marks", "Remove the invisible character that changes the direction of the text; type the value anew.");
    public static readonly Fault TextUnreadable = new("text-unreadable", "readable text", "A character was lost when the file was made. Export it again as UTF-8, or name its encoding.");
    public static readonly Fault TextMarks = new("text-marks", "letters with at most four accents each", "Type the value anew without the piled-up accents.");
    public static readonly Fault IdScientific = new("id-scientific", "the number as it is, in plain digits", "A spreadsheet has turned this number into scientific notation and has lost digits. Take it from the source again, as text.");

    public static Fault TextLength(int most) => new("text-length", $"at most {most.ToString(CultureInfo.InvariantCulture)} characters", "Shorten the text.");

    public static Fault NotListed(IReadOnlyList<string> words) => new("code-unknown",
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}",
        "Write one of these words exactly so.");

    public static Fault NotTranslated(string column) => new("code-untranslated", $"a code that this source's table for {column} translates",
        $"Say what this code means for {column} when importing, or correct it.");
}
