using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Portal.Household;

/// <summary>What a household's primary owner lets the others see.</summary>
[ForMember]
[Route("my/{coop}/me/household")]
public sealed class HouseholdController(MemberDesk desk, PortalWords words) : Controller
{
    public sealed class ShareForm
    {
        public bool Stake { get; set; }
        public bool Statements { get; set; }
        public bool Records { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyCollection<Share> Allowed => [.. new[] { (Stake, Share.Stake), (Statements, Share.Statements), (Records, Share.Records) }.Where(pair => pair.Item1).Select(pair => pair.Item2)];
    }

    [HttpGet("")]
    public IActionResult Show() => View("Household", new HouseholdView(desk.Books).Run(desk.Seat.MemberId));

    /// <param name="adult">Number of a member of one's own household; whoever is not in it is not found.</param>
    [HttpPost("{adult}")]
    public IActionResult Allow(string adult, ShareForm form)
    {
        if (!ModelState.IsValid) return NotFound();
        var shared = new ShareWithHousehold(desk.Books).Run(new(desk.Seat.MemberId, adult, form.Allowed, desk.Person));
        if (shared.IsRefused) return NotFound();
        TempData.Say(shared.Value.Changes == 0 ? words["unchanged"] : words["saved", shared.Value.Name]);
        return LocalRedirect($"{desk.Home}/me/household");
    }
}
