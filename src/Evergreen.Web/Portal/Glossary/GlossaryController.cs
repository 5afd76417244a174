using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Glossary;

/// <summary>What the words of the portal mean.</summary>
[Area("Portal")]
[ForMember]
public sealed class GlossaryController(PortalWords words) : Controller
{
    [HttpGet("my/{coop}/glossary")]
    public IActionResult Show() => View("Glossary", Glossary.In(words.Language));
}
