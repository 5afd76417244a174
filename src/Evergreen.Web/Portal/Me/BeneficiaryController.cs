using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Me;

/// <summary>Whom a member names for what is owed at death; in the United Kingdom, nominations.</summary>
[Route("my/{coop}/me/beneficiary")]
public sealed class BeneficiaryController(MemberDesk desk, PortalWords words) : Controller
{
    public sealed class NameForm
    {
        public string? Name { get; set; }
        public Kinship? Kinship { get; set; }
        public string? Whereabouts { get; set; }
        public int? Percent { get; set; }
        public bool OfTheCoOp { get; set; }
    }

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["beneficiary-name-missing"] = "Name", ["words-too-long"] = "Name", ["beneficiary-part"] = "Percent", ["beneficiary-parts"] = "Percent", ["nominee-of-the-society"] = "Kinship",
    };

    private string Code => desk.Seat.CoOp.Code;
    private string Number => desk.Seat.MemberNumber;
    private string Here => $"{desk.Home}/me/beneficiary";

    [HttpGet(""), ForMember]
    public IActionResult Show() => Shown(new NameForm());

    [HttpPost(""), ForMember]
    public IActionResult Name(NameForm form)
    {
        if (!ModelState.IsValid) return Again(form);
        var kinship = form.Kinship is { } kin && Enum.IsDefined(kin) ? kin : Kinship.Other;
        var named = new NameBeneficiary(desk.Books).Run(new(Code, Number, form.Name, kinship, form.Whereabouts, form.Percent ?? 0, form.OfTheCoOp, $"member {Number}"));
        if (named.IsRefused)
        {
            ModelState.Refuse(named.Refusal!, Fields.GetValueOrDefault(named.Refusal!.Code, ""));
            return Again(form);
        }
        TempData.Say(words["beneficiary.added", named.Value.Name]);
        return LocalRedirect(Here);
    }

    [HttpPost("{id:int}/withdraw"), ForMember]
    public IActionResult Withdraw(int id)
    {
        var withdrawn = new WithdrawBeneficiary(desk.Books).Run(new(Code, Number, id, $"member {Number}"));
        if (withdrawn.IsRefused) return NotFound();
        TempData.Say(words["beneficiary.withdrawn", withdrawn.Value.Name]);
        return LocalRedirect(Here);
    }

    private ViewResult Shown(NameForm form)
    {
        ViewData["Mine"] = new MyDetails(desk.Books).Run(Code, Number).Value;
        return View("Beneficiary", form);
    }

    private ViewResult Again(NameForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Shown(form);
    }
}
