using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli;

/// <summary>The arguments and options that several commands ask for, each read strictly.</summary>
internal static class Ask
{
    public static Argument<int> Year() => new("YEAR") { Description = "The fiscal year, named after the calendar year in which it ends.", CustomParser = ReadYear };
    public static Argument<int> CalendarYear() => new("YEAR") { Description = "The calendar year whose payments the forms tell of.", CustomParser = ReadYear };
    public static Option<int?> MaybeYear(string name, string description) => new(name) { HelpName = "YEAR", Description = description, CustomParser = given => ReadYear(given) };
    public static Argument<string> Run() => new("RUN") { Description = "The run, such as 2025-1; 'evergreen dividends show' lists them." };
    public static Argument<string> File(string description) => new("FILE") { Description = description };
    public static Option<string> Text(string name, string help, string description) => new(name) { HelpName = help, Required = true, Description = description };
    public static Option<string?> MaybeText(string name, string help, string description) => new(name) { HelpName = help, Description = description };
    public static Option<DateOnly?> MaybeDate(string name, string description) => new(name) { HelpName = "DATE", Description = description, CustomParser = ReadDate };
    public static Option<Money?> MaybeAmount(string name, string description) => new(name) { HelpName = "AMOUNT", Description = description, CustomParser = ReadAmount };
    public static Option<T> Choice<T>(string name, string description, T otherwise, params (string Text, T Value)[] choices) =>
        new(name) { HelpName = string.Join('|', choices.Select(choice => choice.Text)), Description = description, DefaultValueFactory = _ => otherwise, CustomParser = given => Read(given, name, choices) };

    private static T Read<T>(ArgumentResult given, string name, (string Text, T Value)[] choices)
    {
        var text = given.Tokens[0].Value;
        foreach (var choice in choices) if (choice.Text == text) return choice.Value;
        given.AddError($"{name}: '{text}' is not one of {string.Join(", ", choices.Select(choice => choice.Text))}.");
        return default!;
    }

    private static int ReadYear(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= 1900) return year;
        given.AddError($"'{text}' is not a year such as 2026.");
        return 0;
    }

    private static DateOnly? ReadDate(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        given.AddError($"'{text}' is not a date such as 2026-09-30.");
        return null;
    }

    private static Money? ReadAmount(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (Money.TryParse(text, out var amount)) return amount;
        given.AddError($"'{text}' is not an amount such as 1234.50.");
        return null;
    }
}
