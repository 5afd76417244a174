using Evergreen.Application.Statements;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Statements;

/// <summary>A member's statements and tax forms, as files.</summary>
[Area("Portal")]
[ForMember(Share.Statements)]
[Route("my/{coop}/statements")]
public sealed class StatementsController(MemberDesk desk) : Controller
{
    /// <param name="TaxForms">Those that the co-op has released.</param>
    /// <param name="Interest">Of the tax years that are over; a society's members alone have any.</param>
    public sealed record Page(Seat Seat, IReadOnlyList<MyStatements.Row> Statements, IReadOnlyList<MyTaxForms.Row> TaxForms, IReadOnlyList<MyShareInterest.Row> Interest)
    {
        public string NoTaxForms => Seat.CoOp.Regime == TaxRegime.UkRegisteredSociety ? "tax.none.gb" : "tax.none.us";
    }

    [HttpGet("")]
    public IActionResult List() => View("Statements", new Page(desk.Seat, new MyStatements(desk.Books).Run(desk.Seat.CoOp, desk.Seat.MemberId), new MyTaxForms(desk.Books).Run(desk.Seat.CoOp, desk.Seat.MemberId),
        new MyShareInterest(desk.Books).Run(desk.Seat.CoOp, desk.Seat.MemberId)));

    [HttpGet("tax-forms/{year:int}.pdf")]
    public IActionResult OpenTaxForm(int year, string? record)
    {
        var form = new OpenMyTaxForm(desk.Books).Run(new OpenMyTaxForm.Request(desk.Seat.CoOp, desk.Seat.MemberId, year, desk.Person, record));
        return form.IsRefused ? NotFound() : this.Hand(form.Value.Pdf, "application/pdf", form.Value.FileName);
    }

    [HttpGet("interest/{year:int}.pdf")]
    public IActionResult OpenInterest(int year, string? record)
    {
        var certificate = new OpenMyInterestCertificate(desk.Books).Run(new OpenMyInterestCertificate.Request(desk.Seat.CoOp, desk.Seat.MemberId, year, desk.Person, record));
        return certificate.IsRefused ? NotFound() : this.Hand(certificate.Value.Pdf, "application/pdf", certificate.Value.FileName);
    }

    [HttpGet("{run}.pdf")]
    public IActionResult Open(string run, string? record)
    {
        var copy = new OpenMyStatement(desk.Books).Run(new OpenMyStatement.Request(desk.Seat.CoOp, desk.Seat.MemberId, run, desk.Person, record));
        return copy.IsRefused ? NotFound() : this.Hand(copy.Value.Pdf, "application/pdf", copy.Value.FileName);
    }

    [HttpGet("all.zip")]
    public IActionResult All()
    {
        var zip = new ZipMyStatements(desk.Books).Run(new ZipMyStatements.Request(desk.Seat.CoOp, desk.Seat.MemberId, desk.Person));
        return zip.IsRefused ? NotFound() : this.Hand(zip.Value, "application/zip", $"{desk.Seat.CoOp.Code}-statements.zip");
    }
}
