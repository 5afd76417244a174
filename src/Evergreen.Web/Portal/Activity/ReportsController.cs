using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Portal.Activity;

/// <summary>What a member reports as missing or wrong, and the office's answers.</summary>
[Route("my/{coop}/activity/reports")]
public sealed class ReportsController(MemberDesk desk, PortalWords words) : Controller
{
    public sealed class ReportForm
    {
        public PatronageKind? Kind { get; set; }

        /// <summary>The row that is wrong, by its source and its reference there; looked up among the member's own.</summary>
        public int? Source { get; set; }
        public string? Reference { get; set; }
        public DateOnly? On { get; set; }
        public string? Amount { get; set; }
        public string? Hours { get; set; }
        public string? Receipt { get; set; }
        public string? Words { get; set; }
        public IFormFile? Photo { get; set; }

        [BindNever, ValidateNever]
        public MemberActivity.Row? Row { get; set; }
    }

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["report-day"] = "On", ["report-amount"] = "Amount", ["report-hours"] = "Hours", ["report-words"] = "Words", ["words-too-long"] = "Words", ["document-too-large"] = "Photo", ["document-form"] = "Photo",
    };

    private string Code => desk.Seat.CoOp.Code;
    private string Number => desk.Seat.MemberNumber;

    [HttpGet(""), ForMember]
    public IActionResult List() => View("Reports", new MyRequests(desk.Books).Run(Code, Number, RequestKind.Missing, RequestKind.Wrong).Value);

    [HttpGet("{number:int}"), ForMember]
    public IActionResult Show(int number) => new MyRequests(desk.Books).One(Code, Number, number) is { IsRefused: false } row && row.Value.Request.IsReport ? View("Report", row.Value) : NotFound();

    /// <summary>The member's own picture or PDF, to be kept; never shown by the browser in our name.</summary>
    [HttpGet("{number:int}/file"), ForMember]
    public IActionResult Handed(int number) =>
        new ReadOwnDocument(desk.Books).Run(new(Code, Number, number)) is { IsRefused: false } file ? this.Hand(file.Value.Bytes, file.Value.MediaType, file.Value.FileName) : NotFound();

    [HttpPost("{number:int}/take-back"), ForMember]
    public IActionResult TakeBack(int number)
    {
        if (new MyRequests(desk.Books).One(Code, Number, number) is not { IsRefused: false } row || !row.Value.Request.IsReport) return NotFound();
        var done = new TakeBackRequest(desk.Books).Run(new(Code, Number, number, $"member {Number}"));
        TempData.Say(done.IsRefused ? words.Refusal(done.Refusal!) : words["taken-back"], done.IsRefused);
        return LocalRedirect($"{desk.Home}/activity/reports/{number}");
    }

    [HttpGet("new"), ForMember]
    public IActionResult New(PatronageKind? kind, int? source, string? reference)
    {
        var form = new ReportForm { Kind = kind, Source = source, Reference = reference };
        return Found(form) ? View("NewReport", form) : NotFound();
    }

    [HttpPost("new"), ForMember]
    public IActionResult Send(ReportForm form)
    {
        if (!Found(form)) return NotFound();
        if (form.Kind is not (PatronageKind.Purchases or PatronageKind.Hours)) ModelState.AddModelError(nameof(form.Kind), words["form.choose"]);
        var amount = Money.TryParse(form.Amount?.Trim() ?? "", out var read) ? read : (Money?)null;
        var hours = Domain.Arithmetic.Hours.TryParse(form.Hours?.Trim() ?? "", out var worked) ? worked : (Hours?)null;
        if (!string.IsNullOrWhiteSpace(form.Amount) && amount is null) ModelState.Refuse(Application.Patronage.Refusals.ReportAmount(), nameof(form.Amount));
        if (!string.IsNullOrWhiteSpace(form.Hours) && hours is null) ModelState.Refuse(Application.Patronage.Refusals.ReportHours(), nameof(form.Hours));
        if (!ModelState.IsValid) return Again(form);
        var done = new ReportPatronage(desk.Books).Run(new(Code, Number, form.Kind!.Value, form.Row is { } row ? (row.SourceId, row.SourceRef) : null, form.On, amount, hours, form.Receipt, form.Words, Photo(form), $"member {Number}"));
        if (done.IsRefused)
        {
            ModelState.Refuse(done.Refusal!, Fields.GetValueOrDefault(done.Refusal!.Code, ""));
            return Again(form);
        }
        TempData.Say(words["sent", done.Value.Number]);
        return LocalRedirect($"{desk.Home}/activity/reports/{done.Value.Number}");
    }

    /// <summary>Looks the wrong row up among the member's own.</summary>
    /// <returns>False where a row is named that is none of them.</returns>
    private bool Found(ReportForm form)
    {
        if (form.Source is null && form.Reference is null) return true;
        if (form.Kind is not { } kind || form.Source is not { } source || form.Reference is not { } reference || new MemberActivity(desk.Books).One(Code, Number, kind, source, reference) is not { IsRefused: false } row) return false;
        form.Row = row.Value.Row;
        return true;
    }

    private static (string, byte[])? Photo(ReportForm form)
    {
        if (form.Photo is not { Length: > 0 } file) return null;
        // One byte more than may be kept is enough to be told that it is too much.
        var bytes = new byte[Math.Min(file.Length, MemberDocument.Largest + 1)];
        using var stream = file.OpenReadStream();
        stream.ReadExactly(bytes);
        return (file.FileName, bytes);
    }

    private ViewResult Again(ReportForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("NewReport", form);
    }
}
