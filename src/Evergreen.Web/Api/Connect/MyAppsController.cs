using Evergreen.Application.Access.Apps;
using Evergreen.Web.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Connect;

/// <summary>The apps that one lets in, each with its end.</summary>
[ForAnyoneSignedIn]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class MyAppsController(Desk desk, Door door, MemberDesk members, PageLanguage language, PortalWords words) : Controller
{
    [HttpGet("/account/apps")]
    public IActionResult Show([FromServices] ListConsents list)
    {
        Speak();
        return View("MyApps", list.Run(desk.UserId!.Value));
    }

    [HttpPost("/account/apps/{id:int}/revoke")]
    public IActionResult Revoke([FromServices] RevokeConsent revoke, int id)
    {
        Speak();
        var revoked = revoke.Run(new RevokeConsent.Request(id, desk.UserId!.Value, desk.Person, door.From));
        if (revoked.IsRefused) return NotFound();
        TempData.Say(words["apps.revoked"]);
        return LocalRedirect("/account/apps");
    }

    private void Speak()
    {
        if (members.Memberships.Count > 0) language.Speak(members.Memberships[0].Language, members.Memberships[0].Country);
    }
}
