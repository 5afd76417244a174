using Evergreen.Application.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Access;

/// <summary>Confirming the mail address of one's own account. Whoever opens the link signs in first: a stranger to whom it went by a slip of the pen confirms nothing.</summary>
[ForAnyoneSignedIn]
[Route("account/mail")]
public sealed class AddressController(Door door, PortalWords words) : Controller
{
    public sealed class Form
    {
        public string? Code { get; set; }
    }

    /// <summary>The page that the link leads to. It changes nothing yet: programs that look through mail open links too.</summary>
    [HttpGet("")]
    public IActionResult Show(string? code)
    {
        ModelState.Clear();
        return View("Address", new Form { Code = code });
    }

    [HttpPost("")]
    public IActionResult Confirm([FromServices] ConfirmAddress confirm, Form form)
    {
        var confirmed = confirm.Run(new ConfirmAddress.Request(door.UserId!.Value, form.Code ?? "", door.From));
        if (!confirmed.IsRefused)
        {
            TempData.Say(words["address.confirmed", confirmed.Value]);
            return LocalRedirect("/account");
        }
        ModelState.Clear();
        ModelState.Refuse(confirmed.Refusal!);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Address", form);
    }

    [HttpPost("send")]
    public IActionResult Send([FromServices] AddressMail mail)
    {
        var sent = mail.Send(door.UserId!.Value, door.From);
        TempData.Say(sent.IsRefused ? words.Refusal(sent.Refusal!) : words["address.sent", sent.Value], sent.IsRefused);
        return LocalRedirect("/account");
    }
}
