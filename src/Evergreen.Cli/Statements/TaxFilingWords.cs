using System.Globalization;
using Evergreen.Application.Statements;
using Evergreen.Cli.Dividends;
using Evergreen.Domain.Tax;

namespace Evergreen.Cli.Statements;

/// <summary>How a filing is told: the same words and the same document in every command.</summary>
internal static class TaxFilingWords
{
    private const string Verify = "Before you upload, hold the columns against the template that the portal gives for Form 1099-PATR, or name it with --template.";

    private static object Document(TaxFilingStanding standing) => new
    {
        standing.Filing.Number, State = State(standing), standing.Filing.Forms, Boxes = Boxes(standing.Filing.Boxes), Payer = standing.Filing.PayerTaxId, standing.Filing.Release,
        Made = new { standing.Filing.By, standing.Filing.At }, Files = standing.Files.Select(file => new { file.No, file.Forms, file.Sha256 }),
        Sent = standing.Sent is { } sent ? new { sent.By, sent.At, Receipts = sent.Receipts.Split(' ') } : null,
    };

    public static Reply Say(string folder, WriteTaxFiling.Result result) => new(
        new
        {
            Year = result.Standing.Filing.CalendarYear, Filing = Document(result.Standing), result.AlreadyThere, DueOn = PatronageReport.FileBy(result.Standing.Filing.CalendarYear),
            Files = result.Files.Select(file => new { Path = Path.Combine(folder, file.Name), file.Forms, file.Sha256 }),
            Totals = result.Totals.Select(total => new { total.What, total.Forms, Boxes = Boxes(total.Boxes) }),
            result.WithoutNumber, WrittenOtherwise = result.Changes, UnknownColumns = result.Unmatched, WithoutColumn = result.LeftOut,
        },
        screen =>
        {
            var year = result.Standing.Filing.CalendarYear;
            screen.Facts(
                ("Filing", $"{result.Standing.Filing.Number} of {year}{(result.AlreadyThere ? $", as it was made before; {State(result.Standing)}" : "")}"),
                ("Due", $"on {RunWords.Day(PatronageReport.FileBy(year))}, through the IRIS Taxpayer Portal"),
                ("No tax number", result.WithoutNumber.Count > 0 ? string.Join(", ", result.WithoutNumber) : null),
                ("Columns left empty", result.Unmatched.Count > 0 ? string.Join(", ", result.Unmatched) : null),
                ("No column for", result.LeftOut.Count > 0 ? string.Join(", ", result.LeftOut) : null));
            var files = new Sheet().Words("File").Figures("Forms").Words("SHA-256");
            foreach (var file in result.Files) files.Row(Path.Combine(folder, file.Name), Count(file.Forms), file.Sha256);
            screen.Table(files);
            var totals = new Sheet().Words("").Figures("Forms", "Box 1", "Box 4", "Box 5");
            foreach (var total in result.Totals) totals.Row(total.What, total.Forms is { } forms ? Count(forms) : "", Screen.Of(total.Boxes.Dividends), Screen.Of(total.Boxes.Withheld), Screen.Of(total.Boxes.Redeemed));
            screen.Table(totals);
            if (result.Changes.Count > 0)
            {
                var changes = new Sheet().Words("Written otherwise", "What", "In the books", "In the file");
                foreach (var change in result.Changes) changes.Row(change.Who, change.Field, change.Kept, change.Written);
                screen.Table(changes);
            }
            screen.Line(Verify);
            screen.Line($"Next, once the portal has taken them: evergreen tax-forms filed {year}{string.Concat(result.Files.Select(_ => " --receipt …"))}");
        });

    public static Reply Say(MarkTaxFilingSent.Result result) => new(
        new { Year = result.Standing.Filing.CalendarYear, Filing = Document(result.Standing), result.AlreadyThere },
        screen => screen.Line($"Filing {result.Standing.Filing.Number} of {result.Standing.Filing.CalendarYear} {(result.AlreadyThere ? "was noted as sent before" : "is noted as sent")}: {Count(result.Standing.Filing.Forms)} forms, receipt {result.Standing.Sent!.Receipts}."));

    public static Reply Say(ListTaxFilings.Result result) => new(
        new
        {
            result.Year, DueOn = PatronageReport.FileBy(result.Year), Filings = result.Filings.Select(Document), result.Waiting,
            Corrections = result.Corrections.Select(one => new { Member = one.Record, one.Name, Filed = Boxes(one.Filed), Now = Boxes(one.Now) }),
        },
        screen =>
        {
            if (result.Filings.Count == 0) screen.Line($"No file of {result.Year} was made yet. Make it of the released forms: evergreen tax-forms file {result.Year} --out DIR");
            else
            {
                var filings = new Sheet().Figures("N").Words("State").Figures("Files", "Forms", "Box 1", "Box 4", "Box 5").Words("Made by", "On", "Receipts");
                foreach (var one in result.Filings)
                    filings.Row(Count(one.Filing.Number), State(one), Count(one.Filing.Files), Count(one.Filing.Forms), Screen.Of(one.Filing.Boxes.Dividends), Screen.Of(one.Filing.Boxes.Withheld), Screen.Of(one.Filing.Boxes.Redeemed), one.Filing.By, RunWords.Day(one.Filing.At), one.Sent?.Receipts);
                screen.Table(filings);
            }
            if (result.Waiting > 0) screen.Line($"{Count(result.Waiting)} forms wait to be released to the members.");
            if (result.Corrections.Count == 0) return;
            var corrections = new Sheet().Words("To be corrected", "Name").Figures("Box 1", "now", "Box 4", "now", "Box 5", "now");
            foreach (var one in result.Corrections)
                corrections.Row(one.Record, one.Name, Screen.Of(one.Filed.Dividends), Screen.Of(one.Now.Dividends), Screen.Of(one.Filed.Withheld), Screen.Of(one.Now.Withheld), Screen.Of(one.Filed.Redeemed), Screen.Of(one.Now.Redeemed));
            screen.Table(corrections);
            screen.Line("Enter these corrections in the portal, form by form: this program does not write them.");
        });

    private static object Boxes(PatronageBoxes boxes) => new { Box1 = boxes.Dividends, Box4 = boxes.Withheld, Box5 = boxes.Redeemed };

    private static string State(TaxFilingStanding standing) => standing.Sent is null ? "made" : "sent";

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
