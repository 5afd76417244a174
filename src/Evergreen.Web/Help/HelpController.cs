using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Help;

/// <summary>The guides, one for each kind of reader.</summary>
[AllowAnonymous]
public sealed class HelpController(PageLanguage language, SiteMode mode, Desk desk, MemberDesk members) : Controller
{
    /// <summary>In the reader's language; which guide is written in another is said beside it.</summary>
    [HttpGet("/help")]
    public IActionResult Contents()
    {
        if (desk.IsSignedIn) members.Greet();
        if (!desk.IsSignedIn || members.Memberships.Count == 0) language.Speak(null, "US");
        var spoken = language.Language.Tongue;
        return View(Guides.All.Where(guide => Guides.In(guide.Subject, spoken) == guide).ToList());
    }

    [HttpGet("/help/{guide}")]
    public IActionResult Show(string guide)
    {
        if (Guides.Find(guide) is not { } found) return NotFound();
        // Only the members' guide is written in another language than English.
        if (found.Tongue != "en") language.Speak(found.Tongue, "US");
        return View(found);
    }

    /// <summary>Keys that do something by themselves can be turned off, for whoever speaks to the machine or presses them unawares; kept in a cookie, like the theme.</summary>
    [HttpPost("/help/keys")]
    public IActionResult TurnKeys(bool off)
    {
        if (off) Response.Cookies.Append(mode.KeysCookie, "off", mode.Chosen(Request, TimeSpan.FromDays(365)));
        else Response.Cookies.Delete(mode.KeysCookie, mode.Chosen(Request, null));
        TempData.Say(off ? "The keys are off in this browser." : "The keys are on.");
        return LocalRedirect("/help/keys");
    }
}
