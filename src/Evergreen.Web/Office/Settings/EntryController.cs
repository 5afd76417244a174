using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Web.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Settings;

/// <summary>How members may sign in.</summary>
[Route("office/{coop}/settings/sign-in")]
[Requires(Permission.EditSafeguards), SignsInHere]
public sealed class EntryController(Desk desk) : Controller
{
    public sealed class EntryForm
    {
        public bool ByMail { get; set; }

        /// <summary>As it stood when the form was opened.</summary>
        public bool Seen { get; set; }
    }

    [HttpGet("")]
    public IActionResult Show() => View("Entry", new EntryForm { ByMail = desk.CoOp.SignInByMail, Seen = desk.CoOp.SignInByMail });

    [HttpPost("")]
    public IActionResult Save(EntryForm form)
    {
        var set = new SetSignInByMail(desk.Books).Run(new(desk.CoOp.Code, form.ByMail, desk.Person, form.Seen));
        if (set.IsRefused)
        {
            ModelState.Refuse(set.Refusal!, nameof(form.ByMail));
            form.Seen = desk.CoOp.SignInByMail;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("Entry", form);
        }
        TempData.Say(set.Value ? "Members may sign in by a link in a mail." : "Members sign in with a password or a passkey.");
        return LocalRedirect($"/office/{desk.CoOp.Code}/settings");
    }
}
