using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Dividends;

/// <summary>The members of a run with their amounts, the working of each, and the worksheet to download.</summary>
[Area("Office")]
[Route("office/{coop}/dividends/runs/{run}")]
[Requires(Permission.SeeLedger)]
public sealed class AllocationsController(Desk desk) : DividendPages(desk)
{
    public sealed record List(RunMembers.Result Found, string? Find, RunMembers.Filter Show, int? Pool);

    [HttpGet("members")]
    public IActionResult Members(string run, string? find, RunMembers.Filter show = RunMembers.Filter.All, string? sort = null, string? after = null, int? pool = null)
    {
        var found = new RunMembers(Desk.Books).Run(new RunMembers.Request(Code, run, find, show, sort, after, Pool: pool));
        return found.IsRefused ? Cannot(found.Refusal!, run) : View("Members", new List(found.Value, find, show, pool));
    }

    [HttpGet("members" + HandedOut.Ending)]
    public IActionResult MembersFile(string run, string? find, string format, RunMembers.Filter show = RunMembers.Filter.All, string? sort = null, int? pool = null)
    {
        var found = new RunMembers(Desk.Books).All(new RunMembers.Request(Code, run, find, show, sort, Pool: pool));
        return found.IsRefused ? Cannot(found.Refusal!, run) : this.HandOut(format, $"{Code}-{run}-members", $"Run {run}", ["Member", "Name", "Dividend", "In cash", "Retained", "Withheld", "Remarks"],
            found.Value.Select(row => (IReadOnlyList<Cell>)[row.Number, row.Name, (Money?)row.Dividend, (Money?)row.Cash, (Money?)row.Retained, (Money?)row.Withheld, Remarks(row)]), [null, null, "dividend", "cash", "retained", "withheld", "remarks"]);
    }

    /// <summary>What is to be said of a row besides its amounts.</summary>
    public static string Remarks(RunMembers.Row row) => string.Join(", ", new[] { row.BelowMinimum ? "below the minimum" : null, row.ExtraCent ? "a leftover cent" : null }.OfType<string>());

    [HttpGet("members/{number}")]
    public IActionResult Allocation(string run, string number)
    {
        var page = new AllocationPage(Desk.Books).Run(Code, run, number);
        return page.IsRefused ? Cannot(page.Refusal!, run) : View("Allocation", page.Value);
    }

    [HttpGet("worksheet.csv")]
    public IActionResult Csv(string run, DividendWorksheet.Layout layout = DividendWorksheet.Layout.Allocations) =>
        Download(run, layout, "text/csv; charset=utf-8", "csv", (worksheet, file) => worksheet.Export(Code, run, layout, file));

    [HttpGet("worksheet.xlsx")]
    public IActionResult Workbook(string run, DividendWorksheet.Layout layout = DividendWorksheet.Layout.Allocations) =>
        Download(run, layout, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", (worksheet, file) => worksheet.ExportWorkbook(Code, run, layout, file));

    /// <summary>By way of a file that goes when it is sent: nothing of it is held in memory.</summary>
    private IActionResult Download(string run, DividendWorksheet.Layout layout, string type, string ending, Func<DividendWorksheet, Stream, Outcome<long>> write)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        var written = write(new DividendWorksheet(Desk.Books), file);
        if (written.IsRefused)
        {
            file.Dispose();
            return Cannot(written.Refusal!, run);
        }
        file.Position = 0;
        return File(file, type, $"{Code}-{run}-{layout.ToString().ToLowerInvariant()}.{ending}");
    }
}
