using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Periods;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Dividends;

/// <summary>The years of the co-op: their figures, their closing, and where their dividend stands.</summary>
[Area("Office")]
[Route("office/{coop}/dividends")]
public sealed class YearsController(Desk desk) : DividendPages(desk)
{
    private const int MostBytes = 1 << 20;

    [HttpGet("")]
    [Requires(Permission.SeeLedger)]
    public IActionResult List() => View("Years", new DividendYears(Desk.Books).Run(Code).Value);

    [HttpGet("years" + HandedOut.Ending)]
    [Requires(Permission.SeeLedger)]
    public IActionResult Download(string format) => this.HandOut(format, $"{Code}-years", "Fiscal years", ["Year", "Ends", "Closed", "Net income", "Policy", "Run", "Stage", "Dividend"],
        new DividendYears(Desk.Books).Run(Code).Value.Years.Select(year => (IReadOnlyList<Cell>)
        [
            (long?)year.Name, (DateOnly?)year.EndsOn, year.Closing is null ? "no" : "yes", year.Closing is { } closing ? new Money(closing.NetIncomeCents) : (Money?)null, year.PolicyVersion is { } version ? $"version {version}" : null,
            year.Run?.Run.Name, year.Run is { } run ? StageInWords(run) : null, year.Run is { IsReversed: false } posted ? new Money(posted.Run.AllocatedCents) : (Money?)null,
        ]));

    [HttpGet("{year:int}")]
    [Requires(Permission.SeeLedger)]
    public IActionResult Show(int year)
    {
        var page = new YearPage(Desk.Books).Run(Code, year);
        if (page.IsRefused) return Cannot(page.Refusal!);
        ViewData["Job"] = LatestJob.Of(Desk.Books, Desk.CoOp.Id, DividendJobs.Calculate, DividendJobs.SubjectOf(year));
        return View("Year", page.Value);
    }

    [HttpGet("{year:int}/close")]
    [Requires(Permission.CloseYear)]
    public IActionResult Close(int year)
    {
        var page = new YearPage(Desk.Books).Run(Code, year);
        if (page.IsRefused) return Cannot(page.Refusal!);
        if (page.Value.Closing is { } closing) return Cannot(Closed(year, closing.By));
        return View("Close", CloseForm.Blank(year));
    }

    [HttpPost("{year:int}/close")]
    [Requires(Permission.CloseYear)]
    public async Task<IActionResult> Close(int year, CloseForm form, IFormFile? file)
    {
        form.Year = year;
        var page = new YearPage(Desk.Books).Run(Code, year);
        if (page.IsRefused) return Cannot(page.Refusal!);
        if (page.Value.Closing is { } closing) return Cannot(Closed(year, closing.By));
        Money? expected = null;
        if (!string.IsNullOrWhiteSpace(form.Expected))
        {
            if (Money.TryParse(form.Expected.Trim(), out var total)) expected = total;
            else ModelState.AddModelError(nameof(form.Expected), "Write the amount with digits and a point, such as 1234.50.");
        }
        byte[] bytes;
        if (file is { Length: > 0 })
        {
            if (file.Length > MostBytes)
            {
                ModelState.AddModelError("file", "The file is larger than 1 MB. Year-end figures are a short list.");
                return Again("Close", form);
            }
            using var copy = new MemoryStream();
            await file.CopyToAsync(copy);
            bytes = copy.ToArray();
        }
        else
        {
            bytes = FiguresFile.Of(form.Typed());
        }
        var read = FiguresFile.Read(file?.FileName ?? "figures.csv", bytes);
        if (read.IsRefused)
        {
            ModelState.Refuse(read.Refusal!, file is null ? "" : "file");
            return Again("Close", form);
        }
        if (file is null) form.Blame(ModelState, read.Value.Problems);
        else foreach (var problem in read.Value.Problems.Take(50)) ModelState.AddModelError("file", problem.ToString());
        if (read.Value.Figures.Count == 0 && read.Value.Problems.Count == 0) ModelState.AddModelError(file is null ? "Lines[0].Line" : "file", "Give the figures: at least one line with its amount.");
        if (!ModelState.IsValid) return Again("Close", form);

        // What was uploaded is shown before it counts, and then sent as it was shown.
        var close = form.Act == "close" && file is null;
        if (file is not null)
        {
            form.Take(read.Value.Figures);
            ModelState.Clear();
        }
        var done = new CloseFiscalYear(Desk.Books).Run(new CloseFiscalYear.Request(Code, year, "figures.csv", Desk.Person, expected, DryRun: !close) { Figures = file is null ? bytes : FiguresFile.Of(form.Typed()) });
        if (done.IsRefused)
        {
            ModelState.Refuse(done.Refusal!, done.Refusal!.Code == "total-differs" ? nameof(form.Expected) : "");
            return Again("Close", form);
        }
        if (close)
        {
            TempData.Say($"The books of {year} are closed with a net income of {new Money(done.Value.Closing.NetIncomeCents).ToGroupedString()}.");
            return ToYear(year);
        }
        form.Checked = new Money(done.Value.Closing.NetIncomeCents);
        form.Remarks = [.. done.Value.Warnings.Select(warning => warning.Split(": evergreen", StringSplitOptions.None)[0].TrimEnd('.') + ".")];
        return View("Close", form);
    }

    [HttpPost("{year:int}/reason")]
    [Requires(Permission.CloseYear)]
    public IActionResult Reason(int year, string line, string? reason)
    {
        var given = new GiveReason(Desk.Books).Run(new GiveReason.Request(Code, year, line, reason ?? "", Desk.Person));
        if (!given.IsRefused)
        {
            TempData.Say("The reason is noted.");
            return ToYear(year);
        }
        var page = new YearPage(Desk.Books).Run(Code, year);
        if (page.IsRefused) return Cannot(page.Refusal!);
        // The page asks for the reason beside each line that has none yet.
        var open = page.Value.Lines.FirstOrDefault(one => one.Line == line && !one.FromPatronage && string.IsNullOrEmpty(one.Reason));
        var field = open is null ? "" : $"reason-{open.No}";
        if (open is not null) ModelState.SetModelValue(field, reason, reason);
        ModelState.Refuse(given.Refusal!, field);
        return Again("Year", page.Value);
    }

    private static Refusal Closed(int year, string by) => new("year-already-closed", $"The books of {year} were closed by {by}. A closed year is not opened again: statements and the ledger rest on it. What came late belongs to the open year, and a wrong dividend is reversed.");
}
