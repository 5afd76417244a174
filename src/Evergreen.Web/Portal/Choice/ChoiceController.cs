using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Choice;

/// <summary>The way in for members: to the one co-op they belong to, or to a choice of several.</summary>
[ForAnyoneSignedIn]
public sealed class ChoiceController(MemberDesk desk) : Controller
{
    [HttpGet("/my")]
    public IActionResult Choose() => desk.Memberships.Count == 1 ? LocalRedirect($"/my/{desk.Memberships[0].Code}") : View("Choose", desk.Memberships);
}
