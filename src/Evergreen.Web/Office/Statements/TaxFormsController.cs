using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Tax;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Statements;

/// <summary>Form 1099-PATR of a calendar year: every member's boxes, held against the ledger, and the release to the members.</summary>
[Area("Office")]
[Route("office/{coop}/statements/tax-forms")]
public sealed class TaxFormsController(Desk desk, SiteAddress site) : Controller
{
    private const int PageSize = 100;

    /// <param name="Rows">A page of the forms.</param>
    /// <param name="Next">Number of the last member shown, where there are more.</param>
    public sealed record Page(WorkOutTaxForms.Result Result, IReadOnlyList<WorkOutTaxForms.Form> Rows, string? Next, bool IsOver)
    {
        /// <summary>The co-op's number, asked for with the release.</summary>
        public string? PayerTaxId { get; init; }

        public IReadOnlyList<WorkOutTaxForms.Form> WithoutNumber => [.. Result.Forms.Where(form => form.LacksTaxId)];
        public int Waiting => Result.Forms.Count(form => form.Differs);
    }

    public sealed class ReleaseForm
    {
        public string? PayerTaxId { get; set; }
    }

    public sealed class ExemptionForm
    {
        public string? Member { get; set; }
        public bool IsExempt { get; set; }
    }

    /// <summary>The year whose forms come next.</summary>
    [Requires(Permission.SeeLedger)]
    [HttpGet("")]
    public IActionResult Latest(string? after) => Show(desk.Today.Year - 1, after);

    [Requires(Permission.SeeLedger)]
    [HttpGet("{year:int}")]
    public IActionResult Year(int year, string? after) => Show(year, after);

    [Requires(Permission.SeeLedger)]
    [HttpGet("{year:int}/forms" + HandedOut.Ending)]
    public IActionResult List(int year, string format)
    {
        var found = Find(year);
        return found is null ? NotFound() : this.HandOut(format, $"{desk.CoOp.Code}-1099-patr-{year}", $"1099-PATR {year}",
            ["Member", "Name", "Kind", "Tax number", "Box 1", "Box 4", "Box 5", "Standing", "Released box 1", "Released box 4", "Released box 5"],
            found.Forms.Select(form => (IReadOnlyList<Cell>)[form.Number, form.Name, $"{form.Kind}", TaxpayerNumber.Truncated(form.TaxIdType, form.TaxIdLastFour), Some(form.Boxes.Dividends), Some(form.Boxes.Withheld), Some(form.Boxes.Redeemed), Say(form.Standing), form.Released?.Dividends, form.Released?.Withheld, form.Released?.Redeemed]));

        static Money? Some(Money amount) => amount;
    }

    /// <summary>The released forms of those who take paper.</summary>
    [Requires(Permission.IssueStatements)]
    [HttpGet("{year:int}/paper.pdf")]
    public IActionResult Paper(int year)
    {
        var printed = new PrintTaxForms(desk.Books).Run(new(desk.CoOp.Code, year, desk.Person));
        if (printed.IsRefused) return NotFound();
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        Response.Headers.CacheControl = "no-store";
        return File(printed.Value.Pdf, "application/pdf", $"{desk.CoOp.Code}-1099-patr-{year}-paper.pdf");
    }

    [Requires(Permission.IssueStatements)]
    [HttpPost("{year:int}/release")]
    public IActionResult Release(int year, ReleaseForm form)
    {
        if (Find(year) is null) return NotFound();
        if (!ModelState.IsValid) return Show(year, null, form.PayerTaxId, StatusCodes.Status422UnprocessableEntity);
        var released = new ReleaseTaxForms(desk.Books).Run(new(desk.CoOp.Code, year, form.PayerTaxId, desk.Person, $"{site.Now}/my/{desk.CoOp.Code}/statements"));
        if (!released.IsRefused)
        {
            var (_, forms, corrected, told) = released.Value;
            TempData.Say($"{(forms == 1 ? "1 form" : $"{forms} forms")} of {year} can be opened by the members now{(corrected > 0 ? $", {corrected} of them corrected" : "")}. {(told == 1 ? "1 member is" : $"{told} members are")} told by mail.");
            return LocalRedirect($"/office/{desk.CoOp.Code}/statements/tax-forms/{year}");
        }
        ModelState.Refuse(released.Refusal!, released.Refusal!.Code == "payer-tax-id-form" ? nameof(form.PayerTaxId) : "");
        return Show(year, null, form.PayerTaxId, StatusCodes.Status422UnprocessableEntity);
    }

    [Requires(Permission.IssueStatements)]
    [HttpPost("{year:int}/exempt")]
    public IActionResult Exempt(int year, ExemptionForm form)
    {
        if (Find(year) is null) return NotFound();
        if (!ModelState.IsValid) return Show(year, null, null, StatusCodes.Status422UnprocessableEntity);
        var recorded = new RecordExemption(desk.Books).Run(new(desk.CoOp.Code, form.Member ?? "", form.IsExempt, desk.Person));
        if (!recorded.IsRefused)
        {
            TempData.Say(recorded.Value ? $"Member {form.Member} is given no form." : $"Member {form.Member} is given a form again.");
            return LocalRedirect($"/office/{desk.CoOp.Code}/statements/tax-forms/{year}");
        }
        ModelState.Refuse(recorded.Refusal!);
        return Show(year, null, null, StatusCodes.Status422UnprocessableEntity);
    }

    public static string Say(FormStanding standing) => standing switch { FormStanding.Form => "Form", FormStanding.BelowThreshold => "Below the least amount", _ => "Exempt" };

    private IActionResult Show(int year, string? after, string? typed = null, int status = StatusCodes.Status200OK)
    {
        if (Find(year) is not { } result) return NotFound();
        var rest = after is null ? result.Forms : [.. result.Forms.Where(form => Domain.Members.MemberNumber.Order.Compare(form.Number, after) > 0)];
        List<WorkOutTaxForms.Form> rows = [.. rest.Take(PageSize)];
        Response.StatusCode = status;
        return View("TaxForms", new Page(result, rows, rest.Count > PageSize ? rows[^1].Number : null, year < desk.Today.Year) { PayerTaxId = typed ?? result.LastRelease?.PayerTaxId });
    }

    /// <summary>Null for a co-op that has no such forms, and for a year that has not begun or is before there were any.</summary>
    private WorkOutTaxForms.Result? Find(int year)
    {
        if (year < PatronageReport.FirstYear || year > desk.Today.Year) return null;
        var found = new WorkOutTaxForms(desk.Books).Run(new(desk.CoOp.Code, year));
        return found.IsRefused ? null : found.Value;
    }
}
