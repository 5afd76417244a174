using System.Globalization;
using Evergreen.Application;
using Evergreen.Application.Members;
using Evergreen.Documents.Drawing;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Me;

/// <summary>Everything that is kept about a member, who looked at it, and the way to have it erased.</summary>
[Route("my/{coop}/me/data")]
public sealed class DataController(MemberDesk desk, PortalWords words) : Controller
{
    public sealed class EraseForm
    {
        public string? Words { get; set; }
    }

    private string Code => desk.Seat.CoOp.Code;
    private string Number => desk.Seat.MemberNumber;

    [HttpGet(""), ForMember]
    public IActionResult Show() => Shown(new EraseForm());

    /// <summary>For another program.</summary>
    [HttpGet("record.json"), ForMember]
    public IActionResult Json() => Handed(RecordOfPerson.Json, "application/json", "json");

    /// <summary>To read.</summary>
    [HttpGet("record.pdf"), ForMember]
    public IActionResult Pdf() => Handed(record => new RecordSheet(words, desk.Seat.CoOp).Of(record).Draw(desk.Seat.CoOp.Country is "US" or "CA" ? PaperSize.Letter : PaperSize.A4), "application/pdf", "pdf");

    /// <summary>Made anew each time; nothing of it stays on the way.</summary>
    private FileContentResult Handed(Func<RecordOfPerson.Content, byte[]> written, string mediaType, string ending)
    {
        var record = new RecordOfPerson(desk.Books).Run(Code, Number, $"member {Number}").Value;
        Response.Headers.CacheControl = "no-store";
        return File(written(record), mediaType, string.Create(CultureInfo.InvariantCulture, $"{Code}-my-data-{record.AsOf:yyyy-MM-dd}.{ending}"));
    }

    [HttpPost("erase"), ForMember]
    public IActionResult Erase(EraseForm form)
    {
        var asked = new AskForErasure(desk.Books).Run(new(Code, Number, form.Words, $"member {Number}"));
        if (asked.IsRefused)
        {
            ModelState.Refuse(asked.Refusal!, nameof(form.Words));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Shown(form);
        }
        TempData.Say(words["data.erase.asked", asked.Value.Number]);
        return LocalRedirect($"{desk.Home}/me/data");
    }

    private ViewResult Shown(EraseForm form)
    {
        ViewData["Looks"] = new WhoLooked(desk.Books).Run(Code, Number).Value;
        ViewData["Requests"] = new MyRequests(desk.Books).Run(Code, Number, RequestKind.Erasure).Value;
        return View("Data", form);
    }
}
