using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Me;

/// <summary>Whether a member's papers come by post or are read online. The notice that was agreed to is kept with the choice, word for word.</summary>
[Route("my/{coop}/me/delivery")]
public sealed class DeliveryController(MemberDesk desk, PortalWords words) : Controller
{
    public const int Paragraphs = 7;

    public sealed class AgreeForm
    {
        public bool Agree { get; set; }
    }

    private string Code => desk.Seat.CoOp.Code;
    private string Number => desk.Seat.MemberNumber;

    [HttpGet(""), ForMember]
    public IActionResult Show() => Shown(new AgreeForm());

    [HttpPost("agree"), ForMember]
    public IActionResult Agree(AgreeForm form)
    {
        if (!form.Agree) ModelState.AddModelError(nameof(form.Agree), words["delivery.agree.needed"]);
        if (!ModelState.IsValid) return Again(form);
        var done = Choose(DeliveryWay.Electronic, (words["notice.version"], string.Join("\n", Notice())));
        if (done is { } refusal)
        {
            ModelState.Refuse(refusal);
            return Again(form);
        }
        TempData.Say(words["delivery.agreed"]);
        return LocalRedirect($"{desk.Home}/me/delivery");
    }

    /// <summary>One press, as the consent was.</summary>
    [HttpPost("withdraw"), ForMember]
    public IActionResult Withdraw()
    {
        Choose(DeliveryWay.Paper, null);
        TempData.Say(words["delivery.withdrawn"]);
        return LocalRedirect($"{desk.Home}/me/delivery");
    }

    private Domain.Arithmetic.Refusal? Choose(DeliveryWay way, (string, string)? notice) => new RecordDeliveryChoice(desk.Books).Run(new(Code, Number, way, desk.Today, $"member {Number}") { Notice = notice }).Refusal;

    /// <summary>What the law asks to be said before anyone agrees.</summary>
    /// <remarks>26 CFR 31.6051-1(j)(3) gives the list for wage statements, on which practice for other payee statements is modelled.</remarks>
    private List<string> Notice()
    {
        var coOp = desk.Seat.CoOp;
        var contact = string.Join(", ", new[] { coOp.ContactEmail, coOp.ContactPhone, coOp.Address.Replace("\n", ", ", StringComparison.Ordinal) }.Where(part => part.Length > 0));
        return [.. Enumerable.Range(1, Paragraphs).Select(i => i == 3 ? words["notice.3", contact.Length > 0 ? contact : coOp.Name] : words[$"notice.{i}"])];
    }

    private ViewResult Shown(AgreeForm form)
    {
        ViewData["Mine"] = new MyDetails(desk.Books).Run(Code, Number).Value;
        ViewData["Notice"] = Notice();
        return View("Delivery", form);
    }

    private ViewResult Again(AgreeForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Shown(form);
    }
}
