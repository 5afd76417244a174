using System.CommandLine;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Imports;

/// <summary>The options that say how the file of another system is written: what a person chooses on the page of columns, as arguments.</summary>
internal sealed class ReadingAsk
{
    private const string Numbers = " The form of numbers is given whole: point, no sign between thousands, no symbol and a leading minus where nothing is said.";

    private readonly Option<string[]> map = new("--map") { HelpName = "COLUMN=HEADER", Description = "Where a column has another heading in this file; give it once for each. Nothing after the sign: the column gets no value." };
    private readonly Option<string[]> code = new("--code") { HelpName = "COLUMN:THEIRS=OURS", Description = "What a code of theirs is with us, such as account:992=membership_share; give it once for each. A code that is not named is then an error." };
    private readonly Option<DateOrder?> dateOrder = Ask.Choice<DateOrder?>("--date-order", "Which way dates are written, where the file leaves it open.", null, ("year-first", DateOrder.YearFirst), ("month-first", DateOrder.MonthFirst), ("day-first", DateOrder.DayFirst));
    private readonly Option<char?> decimals = Ask.Choice<char?>("--decimal", "The decimal sign of another system's file." + Numbers, null, ("point", '.'), ("comma", ','));
    private readonly Option<char?> thousands = Ask.Choice<char?>("--thousands", "The sign between thousands.", null, ("comma", ','), ("point", '.'));
    private readonly Option<string?> symbol = Ask.MaybeText("--symbol", "SYMBOL", "The currency symbol beside amounts, such as $.");
    private readonly Option<Below?> negatives = Ask.Choice<Below?>("--negatives", "How amounts below zero are written, beside a leading minus.", null, ("parentheses", Below.Parentheses), ("trailing-minus", Below.TrailingMinus));
    private readonly Option<bool> reversed = new("--reversed") { Description = "Their sign is the opposite of ours." };
    private readonly Option<char?> separator = Ask.Choice<char?>("--separator", "What stands between fields; else found in the header.", null, ("comma", ','), ("semicolon", ';'), ("tab", '\t'), ("pipe", '|'));
    private readonly Option<FileEncoding?> encoding = Ask.Choice<FileEncoding?>("--encoding", "How letters are written; else found in the file.", null,
        ("utf-8", FileEncoding.Utf8), ("windows-1252", FileEncoding.Windows1252), ("utf-16le", FileEncoding.Utf16LittleEndian), ("utf-16be", FileEncoding.Utf16BigEndian));
    private readonly Option<string?> sheet = Ask.MaybeText("--sheet", "NAME", "The sheet of a workbook; else the first visible one.");
    private readonly Option<string?> timeZone = Ask.MaybeText("--time-zone", "ZONE", "The store's zone, such as America/Chicago, for time stamps with an offset.");
    private readonly Option<string?>[] texts;

    private enum Below { Parentheses, TrailingMinus }

    public ReadingAsk(string kind) => texts = kind == "hours"
        ? [Ask.MaybeText("--period-start", "DATE", "First day of the pay period, where the file does not say."), Ask.MaybeText("--period-end", "DATE", "Last day of the pay period."), Ask.MaybeText("--paid-on", "DATE", "The day of the pay cheque.")]
        : [];

    public IEnumerable<Option> All => [map, code, dateOrder, decimals, thousands, symbol, negatives, reversed, separator, encoding, sheet, timeZone, .. texts];

    public Outcome<ReadingOptions> Read(ParseResult parse)
    {
        var columns = Columns(parse.GetValue(map) ?? []);
        if (columns.IsRefused) return columns.Refusal!;
        var codes = Codes(parse.GetValue(code) ?? []);
        if (codes.IsRefused) return codes.Refusal!;
        return new ReadingOptions
        {
            Columns = columns.Value, Codes = codes.Value, DateOrder = parse.GetValue(dateOrder), Numbers = Form(parse), Separator = parse.GetValue(separator), Encoding = parse.GetValue(encoding) ?? FileEncoding.Auto,
            Sheet = parse.GetValue(sheet), TimeZone = parse.GetValue(timeZone),
            Texts = texts.Where(text => parse.GetValue(text) is not null).ToDictionary(text => text.Name[2..], text => parse.GetValue(text)!, StringComparer.Ordinal),
        };
    }

    /// <summary>Null where nothing was said: what the source or its profile says holds.</summary>
    private NumberForm? Form(ParseResult parse)
    {
        var form = new NumberForm(parse.GetValue(decimals) ?? '.', parse.GetValue(thousands), parse.GetValue(symbol), parse.GetValue(negatives) == Below.Parentheses, parse.GetValue(negatives) == Below.TrailingMinus, parse.GetValue(reversed));
        return form == NumberForm.Canonical && parse.GetValue(decimals) is null ? null : form;
    }

    private static Outcome<Dictionary<string, string>> Columns(IEnumerable<string> texts)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var split = text.IndexOf('=', StringComparison.Ordinal);
            if (split < 1) return Refusals.PairForm("--map", text, "amount=\"Net Sales\"");
            columns[text[..split]] = text[(split + 1)..];
        }
        return columns;
    }

    // A column of ours has no colon and a code of ours no sign of equality: theirs may have both.
    private static Outcome<Dictionary<string, IReadOnlyDictionary<string, string>>> Codes(IEnumerable<string> texts)
    {
        var tables = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var (colon, sign) = (text.IndexOf(':', StringComparison.Ordinal), text.LastIndexOf('='));
            if (colon < 1 || sign < colon + 2 || sign == text.Length - 1) return Refusals.PairForm("--code", text, "account:992=membership_share");
            if (!tables.TryGetValue(text[..colon], out var table)) tables[text[..colon]] = table = new Dictionary<string, string>(StringComparer.Ordinal);
            table[text[(colon + 1)..sign]] = text[(sign + 1)..];
        }
        return tables.ToDictionary(table => table.Key, IReadOnlyDictionary<string, string> (table) => table.Value, StringComparer.Ordinal);
    }
}
