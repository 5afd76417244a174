using System.CommandLine;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Imports;

/// <summary><c>evergreen import members|hours|purchases|equity FILE</c>: one form for the four kinds of file.</summary>
internal static class FileCommand
{
    public static Command Create(string kind, string description, Func<Books, Func<ImportRequest, Action<ImportProgress>?, Outcome<ImportReport>>> verbOf)
    {
        var file = Ask.File("The CSV or XLSX file.");
        var source = Ask.MaybeText("--source", "NAME", "The till or system that the file comes from. Its columns are remembered, and its ids are unique.");
        var profile = Ask.MaybeText("--profile", "NAME", "The form of another system, such as core-pos-members, square-transactions or gusto; an unknown name lists them.");
        var map = new Option<string[]>("--map") { HelpName = "COLUMN=HEADER", Description = "Where a column has another heading in this file; give it once for each." };
        var dateOrder = Ask.Choice<DateOrder?>("--date-order", "Which way dates are written, where the file leaves it open.", null, ("year-first", DateOrder.YearFirst), ("month-first", DateOrder.MonthFirst), ("day-first", DateOrder.DayFirst));
        var sheet = Ask.MaybeText("--sheet", "NAME", "The sheet of a workbook; else the first visible one.");
        var timeZone = Ask.MaybeText("--time-zone", "ZONE", "The store's zone, such as America/Chicago, for time stamps with an offset.");
        var check = new Option<bool>("--check") { Description = "Only check: report everything, keep nothing." };
        var takeGoodRows = new Option<bool>("--take-good-rows") { Description = "Import the good rows although others are rejected." };
        var despiteTotals = new Option<bool>("--despite-totals") { Description = "Import although the totals look wrong beside the last import." };
        var expectTotal = Ask.MaybeAmount("--expect-total", "What the amounts (for hours: the hours) must sum to, to the cent.");
        var createClasses = new Option<bool>("--create-classes") { Description = "Create the classes of members that are not there yet." };
        var rejects = Ask.MaybeText("--rejects", "FILE", "Write the rejected rows there, with what is wrong.");
        var problems = Ask.MaybeText("--problems", "FILE", "Write every problem there, one line of JSON each.");
        var command = new Command(kind, description) { file, source, profile, map, dateOrder, sheet, timeZone, check, takeGoodRows, expectTotal, despiteTotals, rejects, problems };
        Option<string?>[] texts = kind == "hours"
            ? [Ask.MaybeText("--period-start", "DATE", "First day of the pay period, where the file does not say."), Ask.MaybeText("--period-end", "DATE", "Last day of the pay period."), Ask.MaybeText("--paid-on", "DATE", "The day of the pay cheque.")]
            : [];
        foreach (var text in texts) command.Add(text);
        if (kind == "members") command.Add(createClasses);
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) =>
            {
                var columns = Pairs("--map", parse.GetValue(map) ?? []);
                if (columns.IsRefused) return columns.Refusal!;
                var request = new ImportRequest(door.CoOp, ImportFile.At(parse.GetRequiredValue(file)), by)
                {
                    Source = parse.GetValue(source), Profile = parse.GetValue(profile), CheckOnly = parse.GetValue(check), TakeGoodRows = parse.GetValue(takeGoodRows), DespiteTotals = parse.GetValue(despiteTotals),
                    ExpectTotal = parse.GetValue(expectTotal), CreateClasses = kind == "members" && parse.GetValue(createClasses), RejectsPath = parse.GetValue(rejects), ProblemsPath = parse.GetValue(problems), DryRun = door.DryRun,
                    Options = new ReadingOptions
                    {
                        Columns = columns.Value, DateOrder = parse.GetValue(dateOrder), Sheet = parse.GetValue(sheet), TimeZone = parse.GetValue(timeZone),
                        Texts = texts.Where(text => parse.GetValue(text) is not null).ToDictionary(text => text.Name[2..], text => parse.GetValue(text)!, StringComparer.Ordinal),
                    },
                };
                return Progress.Bar("Import", report => verbOf(books)(request, report is null ? null : step => report(step.Done, step.Total)));
            }, report => ImportWords.Say(report, parse.GetValue(check)));
        });
        return command;
    }

    private static Outcome<Dictionary<string, string>> Pairs(string option, IEnumerable<string> texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var split = text.IndexOf('=', StringComparison.Ordinal);
            if (split < 1 || split == text.Length - 1) return Refusals.PairForm(option, text);
            pairs[text[..split]] = text[(split + 1)..];
        }
        return pairs;
    }
}
