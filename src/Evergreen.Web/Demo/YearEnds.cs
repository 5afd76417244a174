using System.Globalization;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Periods;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;

namespace Evergreen.Web.Demo;

/// <summary>One sample co-op through its year ends, by the same verbs and from the same files as any other co-op. Done again, it finds everything there.</summary>
internal sealed class YearEnds(Books books, SetClock clock, SampleCoOp sample, string statementsFolder, Action<string>? progress)
{
    private const string Treasurer = "Ana Reyes";
    private const string Chair = "Joy Okafor";

    public Outcome<List<YearEnd>> Run()
    {
        var founded = Found(DateOnly.ParseExact($"2025-{sample.FiscalYearEnd}", "yyyy-MM-dd", CultureInfo.InvariantCulture).Month);
        if (founded.IsRefused) return founded.Refusal!;
        var coOp = founded.Value;
        var done = new List<YearEnd>();
        foreach (var year in sample.Years)
        {
            progress?.Invoke($"{sample.Name}, {year}");
            var run = FindPosted(coOp, year) is { } posted ? posted : Distribute(coOp, year);
            if (run.IsRefused) return run.Refusal!;
            var issued = Tell(coOp, run.Value);
            if (issued.IsRefused) return issued.Refusal!;
            if (sample.PaidOut?.Contains(year) == true && PayOut(coOp, run.Value) is { } unpaid) return unpaid;
            done.Add(new YearEnd(coOp.Code, run.Value, issued.Value.Written + issued.Value.AlreadyThere, Path.GetDirectoryName(issued.Value.ManifestPath!)!));
        }
        return done;
    }

    private Outcome<CoOp> Found(int endMonth)
    {
        clock.Set(new DateOnly(sample.Years[0], endMonth, 1).AddYears(-1), 9);
        var there = books.Read(db => db.CoOps.SingleOrDefault(coOp => coOp.Code == sample.Code));
        if (there is not null) return there;
        var made = new CreateCoOp(books).Run(new(sample.Code, sample.Name, sample.Country, sample.Currency, endMonth, TaxRegime.SubchapterT, Treasurer)
        {
            Address = string.Join('\n', sample.AddressLines), ContactName = sample.Contact.Name, ContactEmail = sample.Contact.Email, ContactPhone = sample.Contact.Phone, BrandColour = sample.BrandColour,
            RedemptionSentence = sample.Redemption, LogoPng = File.ReadAllBytes(sample.File("logo.png")),
        });
        if (made.IsRefused) return made;
        foreach (var (tongue, words) in sample.RedemptionIn ?? new Dictionary<string, string>())
            if (new WordText(books).Run(new(sample.Code, RedemptionWords.Text, tongue, 0, "", words, Treasurer)) is { IsRefused: true } refused) return refused.Refusal!;
        return made;
    }

    private DividendRun? FindPosted(CoOp coOp, int year) => books.Read(db => FindRun.Posted(db, coOp.Id, year));

    /// <summary>From the files of a year to its posted dividend: in the office's weeks after the year end, well within the payment period.</summary>
    private Outcome<DividendRun> Distribute(CoOp coOp, int year)
    {
        var end = coOp.Year(year).EndsOn;
        clock.Set(end.AddDays(35), 9);
        if (TakeIn(coOp, year) is { } notTaken) return notTaken;

        clock.Set(end.AddDays(45), 10);
        var adopted = new AdoptPolicy(books).Run(new(coOp.Code, year, File.ReadAllText(sample.File($"policy-{year}.json")), Treasurer));
        if (adopted.IsRefused) return adopted.Refusal!;
        var closed = new CloseFiscalYear(books).Run(new(coOp.Code, year, sample.File($"surplus-{year}.csv"), Treasurer));
        if (closed.IsRefused) return closed.Refusal!;

        clock.Set(end.AddDays(50), 14);
        var calculated = new CalculateDividend(books).Run(new(coOp.Code, year, Treasurer));
        if (calculated.IsRefused) return calculated.Refusal!;
        var run = calculated.Value.Run;

        var meeting = end.AddDays(76);
        clock.Set(meeting, 19);
        var approved = new ApproveDividend(books).Run(new(coOp.Code, run.Name, Chair, $"{meeting.ToString("yyyy-MM", CultureInfo.InvariantCulture)}/3"));
        if (approved.IsRefused) return approved.Refusal!;

        clock.Set(end.AddDays(92), 9);
        var posted = new PostDividend(books).Run(new(coOp.Code, run.Name, Treasurer, end.AddDays(92)));
        return posted.IsRefused ? posted.Refusal! : posted.Value.Run;
    }

    /// <summary>The register and the capital once, as long as every year is open; then the year's hours or purchases.</summary>
    private Refusal? TakeIn(CoOp coOp, int year)
    {
        if (year == sample.Years[0])
        {
            if (NotTaken(new ImportMembers(books).Run(Request(coOp, "members.csv") with { CreateClasses = true }, null)) is { } members) return members;
            if (NotTaken(new ImportEquity(books).Run(Request(coOp, "equity.csv"), null)) is { } equity) return equity;
        }
        return NotTaken(sample.Patronage == "hours"
            ? new ImportHours(books).Run(Request(coOp, $"hours-{year}.csv") with { Source = "payroll" }, null)
            : new ImportPurchases(books).Run(Request(coOp, $"purchases-{year}.csv") with { Source = "till" }, null));
    }

    private ImportRequest Request(CoOp coOp, string file) => new(coOp.Code, ImportFile.At(sample.File(file)), Treasurer);

    private static Refusal? NotTaken(Outcome<ImportReport> import) => import.IsRefused ? import.Refusal : import.Value.AlreadyImported ? null : import.Value.NotTaken;

    private Outcome<IssueStatements.Result> Tell(CoOp coOp, DividendRun run)
    {
        var day = coOp.Year(run.FiscalYear).EndsOn.AddDays(93);
        clock.Set(day, 9);
        var name = $"{coOp.Code}-{run.FiscalYear}";
        return new IssueStatements(books).Run(new(coOp.Code, run.Name, Treasurer, Path.Combine(statementsFolder, name), Path.Combine(statementsFolder, $"{name}.zip"), PaperKind.Letter, day));
    }

    /// <summary>Two weeks after the statements; not in books that were loaded before samples paid anything, where that day is closed.</summary>
    private Refusal? PayOut(CoOp coOp, DividendRun run)
    {
        var day = coOp.Year(run.FiscalYear).EndsOn.AddDays(107);
        if (books.Read(db => FindRun.Standing(db, run).Payment is not null || db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.StartsOn <= day && day <= closing.EndsOn))) return null;
        clock.Set(day, 9);
        return new PayDividend(books).Run(new(coOp.Code, run.Name, Treasurer, $"Dividend of {run.FiscalYear}", day)).Refusal;
    }
}
