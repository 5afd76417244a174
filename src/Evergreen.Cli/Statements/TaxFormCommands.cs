using System.CommandLine;
using Evergreen.Application.Statements;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Statements;

/// <summary><c>evergreen tax-forms file YEAR --out DIR</c>, then, once it was sent, <c>filed YEAR --receipt ID</c>; <c>filings YEAR</c>.</summary>
internal static class TaxFormCommands
{
    public static Command Create() => new("tax-forms", "File Form 1099-PATR with the IRS: make the files of the released forms; note that they were sent.") { WriteFiles(), Filed(), Filings() };

    private static Command WriteFiles()
    {
        var year = Ask.CalendarYear();
        var folder = Ask.Text("--out", "DIR", "The folder for the files.");
        var template = Ask.MaybeText("--template", "FILE", "The CSV template for Form 1099-PATR as you downloaded it from the IRIS Taxpayer Portal: its columns are filled, and those that are not known are named.");
        var size = new Option<int?>("--forms-a-file") { HelpName = "N", Description = "How many forms the portal takes in one file; 100 where it is left out." };
        var without = new Option<bool>("--without-numbers") { Description = "File the forms of members of whom no tax number is known, with none in them." };
        var command = new Command("file", "Make the files of a calendar year's released forms for upload to the IRIS Taxpayer Portal. They are for their owner's eyes only: they hold tax numbers in full. Made again they have the same bytes.") { year, folder, template, size, without };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var into = parse.GetRequiredValue(folder);
            byte[]? columns = null;
            if (parse.GetValue(template) is { } path)
            {
                var read = Files.ReadBytes(path);
                if (read.IsRefused) return door.Refuse(read.Refusal!);
                columns = read.Value;
            }
            return door.Write((books, by) => Put(into, door.DryRun, new WriteTaxFiling(books).Run(new(door.CoOp, parse.GetRequiredValue(year), by, columns, parse.GetValue(size), parse.GetValue(without), door.DryRun))), result => TaxFilingWords.Say(into, result));
        });
        return command;
    }

    private static Outcome<WriteTaxFiling.Result> Put(string folder, bool dryRun, Outcome<WriteTaxFiling.Result> made)
    {
        if (made.IsRefused) return made;
        foreach (var file in made.Value.Files)
        {
            Files.Write<int>(Path.Combine(folder, file.Name), dryRun, stream =>
            {
                stream.Write(file.Bytes);
                return file.Forms;
            }, secret: true);
        }
        return made;
    }

    private static Command Filed()
    {
        var year = Ask.CalendarYear();
        var receipts = new Option<string[]>("--receipt") { HelpName = "ID", Required = true, Description = "The receipt id that the portal showed; once for each file, in their order." };
        var filing = new Option<int?>("--filing") { HelpName = "N", Description = "Which filing was sent; the newest where it is left out." };
        var command = new Command("filed", "Note that the files of a year were sent. From then on no other files are made of that year.") { year, receipts, filing };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new MarkTaxFilingSent(books).Run(new(door.CoOp, parse.GetRequiredValue(year), parse.GetRequiredValue(receipts), by, parse.GetValue(filing), door.DryRun)), TaxFilingWords.Say);
        });
        return command;
    }

    private static Command Filings()
    {
        var year = Ask.CalendarYear();
        var command = new Command("filings", "What was filed of a year, and which forms say something else since.") { year };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Read(books => new ListTaxFilings(books).Run(door.CoOp, parse.GetRequiredValue(year)), TaxFilingWords.Say);
        });
        return command;
    }
}
