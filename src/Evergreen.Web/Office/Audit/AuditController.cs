using System.Globalization;
using System.Text;
using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Audit;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Office.Audit;

/// <summary>What is asked of the timeline; it stands in the address, so that a view can be kept and shared.</summary>
public sealed class AuditFilter
{
    public string? By { get; set; }
    public string? Verb { get; set; }
    public string? Subject { get; set; }
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }
    public string? Sort { get; set; }

    [BindNever, ValidateNever]
    public AuditTimeline.Result? Page { get; set; }

    public AuditTimeline.Request Request(int coOpId, bool wholeHouse, string? before) => new(coOpId) { WholeHouse = wholeHouse, By = By, Verb = Verb, Subject = Subject, From = From, To = To, Before = before, Sort = Sort };
}

/// <summary>Who did what, when and why.</summary>
[Area("Office")]
[Route("office/{coop}/audit")]
public sealed class AuditController(Desk desk) : Controller
{
    /// <summary>Records of accounts and sessions belong to no co-op; whoever looks after people sees them here.</summary>
    private bool WholeHouse => desk.Holds(Permission.ManageUsers);

    [Requires(Permission.SeeAudit)]
    [HttpGet("")]
    public IActionResult Timeline([FromQuery] AuditFilter filter, string? before)
    {
        if (ModelState.IsValid)
        {
            var page = new AuditTimeline(desk.Books).Run(filter.Request(desk.CoOp.Id, WholeHouse, before));
            if (page.IsRefused) ModelState.Refuse(page.Refusal!, nameof(filter.From));
            else filter.Page = page.Value;
        }
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Timeline", filter);
    }

    /// <summary>Everything that the filter asks for, as CSV or as a workbook.</summary>
    [Requires(Permission.SeeAudit)]
    [HttpGet("export")]
    public IActionResult Export([FromQuery] AuditFilter filter, string? format)
    {
        if (!ModelState.IsValid || format is not (null or "csv" or "xlsx")) return BadRequest();
        var file = new MemoryStream();
        Outcome<long> exported;
        if (format == "xlsx")
        {
            using var workbook = new XlsxWriter(file, "Audit");
            exported = Write(workbook, filter);
        }
        else
        {
            using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            exported = Write(new CsvWriter(text), filter);
        }
        if (exported.IsRefused) return BadRequest();
        file.Position = 0;
        return File(file, format == "xlsx" ? HandedOut.Xlsx : HandedOut.Csv, $"{desk.CoOp.Code}-audit.{format ?? "csv"}");
    }

    /// <summary>The columns of the file, each with that of the page which it belongs to; the moment always stays.</summary>
    private static readonly (string Title, string? Column, Func<AuditRecord, string?> Value)[] Columns =
    [
        ("at_utc", null, record => record.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)), ("by", "who", record => record.By), ("verb", "what", record => record.Verb),
        ("subject", "subject", record => record.Subject), ("detail", "detail", record => record.Detail), ("from", "who", record => record.From),
    ];

    private Outcome<long> Write(RowWriter file, AuditFilter filter)
    {
        var choice = ColumnChoice.Of(Request);
        var columns = Columns.Where(column => column.Column is null || choice.Shows(column.Column)).ToList();
        file.Header(columns.Select(column => column.Title));
        return new AuditTimeline(desk.Books).Export(filter.Request(desk.CoOp.Id, WholeHouse, null), record =>
        {
            foreach (var column in columns) file.Text(column.Value(record));
            file.EndRow();
        });
    }
}
