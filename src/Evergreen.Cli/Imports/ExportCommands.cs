using System.CommandLine;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Cli.Dividends;
using Evergreen.Cli.Equity;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Imports;

/// <summary><c>evergreen export RUN FILE</c>, and <c>evergreen export members|hours|purchases|equity|figures …</c>: the files that the imports take, written from the books. Beside them stands <see cref="JournalCommand"/>.</summary>
internal static class ExportCommands
{
    public static Command Create()
    {
        var export = ExportCommand.Create();
        export.Description = "Write a run as a file from which anybody can recompute it; or the books as the files that can be imported again without change; or the ledger as a journal for another program.";
        export.Add(Members());
        export.Add(Source("hours", "One source's hours and wages, held rows with them.", (books, coOp, to, source) => new ExportHours(books).Run(coOp, to, source)));
        export.Add(Source("purchases", "One source's purchases and returns, held rows with them.", (books, coOp, to, source) => new ExportPurchases(books).Run(coOp, to, source)));
        export.Add(Source("equity", "One source's opening balances and contributions of capital.", (books, coOp, to, source) => new ExportEquity(books).Run(coOp, to, source)));
        export.Add(Figures());
        export.Add(JournalCommand.Create());
        return export;
    }

    private static Command Members()
    {
        var file = Ask.File("The CSV file to write.");
        var secrets = Ask.MaybeText("--secrets-because", "TEXT", "Write tax and bank numbers as well; why they are needed goes into the record. Without it they stay empty, and an import leaves them as they are.");
        var command = new Command("members", "The register, in the form in which it is imported.") { file, secrets };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var (path, because) = (parse.GetRequiredValue(file), parse.GetValue(secrets));
            Outcome<ExportedFile> Export(Books books, string by) => Files.Write(path, door.DryRun, to => new ExportMembers(books).Run(door.CoOp, to, by, because, door.DryRun), secret: because is not null);
            return because is null ? door.Read(books => Export(books, ""), written => Say(path, written)) : door.Write(Export, written => Say(path, written));
        });
        return command;
    }

    private static Command Source(string kind, string description, Func<Books, string?, Stream, string?, Outcome<ExportedFile>> verb)
    {
        var file = Ask.File("The CSV file to write.");
        var source = Ask.MaybeText("--source", "NAME", "Which source, where there are several: ids are unique within one.");
        var command = new Command(kind, description) { file, source };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var path = parse.GetRequiredValue(file);
            return door.Read(books => Files.Write(path, door.DryRun, to => verb(books, door.CoOp, to, parse.GetValue(source))), written => Say(path, written));
        });
        return command;
    }

    private static Command Figures()
    {
        var year = Ask.Year();
        var file = Ask.File("The CSV file to write.");
        var command = new Command("figures", "The figures with which a year was closed, with the reasons given since.") { year, file };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var path = parse.GetRequiredValue(file);
            return door.Read(books => Files.Write(path, door.DryRun, to => new ExportFigures(books).Run(door.CoOp, parse.GetValue(year), to)), written => Say(path, written));
        });
        return command;
    }

    private static Reply Say(string path, ExportedFile written) => new(
        new { File = path, written.Rows, written.Source },
        screen => screen.Line($"{ImportWords.Count(written.Rows)} rows in {path}"));
}
