using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Stake;

/// <summary>What a member owns now.</summary>
public sealed class StakeController(MemberDesk desk) : Controller
{
    [HttpGet("/my/{coop}"), ForMember(Share.Stake)]
    public IActionResult Show() => View("Stake", desk.Seat);
}
