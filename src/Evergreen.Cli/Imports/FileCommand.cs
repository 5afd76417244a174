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
        var source = Ask.MaybeText("--source", "NAME", "The till or system that the file comes from. How it is read is remembered, and its ids are unique.");
        var profile = Ask.MaybeText("--profile", "NAME", "The form of another system, such as core-pos-members, square-transactions or gusto-hours; 'other' for one that is not known here; an unknown name lists them.");
        var reading = new ReadingAsk(kind);
        var check = new Option<bool>("--check") { Description = "Only check: report everything, each field that would change too, and keep nothing." };
        var takeGoodRows = new Option<bool>("--take-good-rows") { Description = "Import the good rows although others are rejected." };
        var despiteTotals = new Option<bool>("--despite-totals") { Description = "Import although the totals look wrong beside the last import." };
        var expectTotal = Ask.MaybeAmount("--expect-total", "What the amounts (for hours: the hours) must sum to, to the cent.");
        var createClasses = new Option<bool>("--create-classes") { Description = "Create the classes of members that are not there yet." };
        var rejects = Ask.MaybeText("--rejects", "FILE", "Write the rejected rows there, with what is wrong.");
        var problems = Ask.MaybeText("--problems", "FILE", "Write every problem there, one line of JSON each.");
        var command = new Command(kind, description) { file, source, profile };
        foreach (var option in reading.All) command.Add(option);
        foreach (var option in (Option[])[check, takeGoodRows, expectTotal, despiteTotals, rejects, problems]) command.Add(option);
        if (kind == "members") command.Add(createClasses);
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) =>
            {
                var options = reading.Read(parse);
                if (options.IsRefused) return options.Refusal!;
                var request = new ImportRequest(door.CoOp, ImportFile.At(parse.GetRequiredValue(file)), by)
                {
                    Source = parse.GetValue(source), Profile = parse.GetValue(profile), CheckOnly = parse.GetValue(check), TakeGoodRows = parse.GetValue(takeGoodRows), DespiteTotals = parse.GetValue(despiteTotals),
                    ExpectTotal = parse.GetValue(expectTotal), CreateClasses = kind == "members" && parse.GetValue(createClasses), RejectsPath = door.DryRun ? null : parse.GetValue(rejects), ProblemsPath = door.DryRun ? null : parse.GetValue(problems), DryRun = door.DryRun,
                    Options = options.Value,
                };
                return Progress.Bar("Import", report => verbOf(books)(request, report is null ? null : step => report(step.Done, step.Total)));
            }, report => ImportWords.Say(report, parse.GetValue(check)));
        });
        return command;
    }
}
