using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Access;

/// <summary>How files are handed out to this browser: like the theme it suits the machine more than the person, whose spreadsheet at home may be another.</summary>
[ForAnyoneSignedIn]
public sealed class FilesController(SiteMode mode, PortalWords words) : Controller
{
    [HttpPost("/account/files")]
    public IActionResult Choose(string? separator)
    {
        if (separator == "semicolon") Response.Cookies.Append(mode.SeparatorCookie, separator, mode.Chosen(Request, TimeSpan.FromDays(365)));
        else Response.Cookies.Delete(mode.SeparatorCookie, mode.Chosen(Request, null));
        TempData.Say(words[separator == "semicolon" ? "files.now.semicolon" : "files.now.comma"]);
        return LocalRedirect("/account");
    }
}
