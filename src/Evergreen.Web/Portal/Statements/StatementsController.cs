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
    /// <param name="TaxForms">None yet; each will stand here with its year and its file.</param>
    public sealed record Page(Seat Seat, IReadOnlyList<MyStatements.Row> Statements, IReadOnlyList<TaxForm> TaxForms)
    {
        public string NoTaxForms => Seat.CoOp.Regime == TaxRegime.UkRegisteredSociety ? "tax.none.gb" : "tax.none.us";
    }

    /// <summary>A form for the tax office of which the member gets a copy.</summary>
    public sealed record TaxForm(int CalendarYear, string Name, DateOnly IssuedOn, string Address);

    [HttpGet("")]
    public IActionResult List() => View("Statements", new Page(desk.Seat, new MyStatements(desk.Books).Run(desk.Seat.CoOp, desk.Seat.MemberId), []));

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
