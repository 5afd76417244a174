using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Me;

/// <summary>A member asks to leave, or to be paid back a part of the shares, and sees beforehand what happens then.</summary>
[Route("my/{coop}/me/leave")]
public sealed class LeaveController(MemberDesk desk, PortalWords words) : Controller
{
    public sealed class LeaveForm
    {
        public DateOnly? On { get; set; }
        public string? Words { get; set; }
        public string? Amount { get; set; }
        public string? AmountWords { get; set; }
    }

    /// <param name="Shares">What can be asked back.</param>
    /// <param name="Redemption">When retained amounts are paid back, in the member's language; empty where the co-op does not say.</param>
    public sealed record Place(MemberAccount.Content Account, Money Shares, IReadOnlyList<MyRequests.Row> Requests, MemberStatus? Status, string Redemption)
    {
        public bool Waits(RequestKind kind) => Requests.Any(row => row.Request.Kind == kind && row.Closing is null);
    }

    private string Code => desk.Seat.CoOp.Code;
    private string Number => desk.Seat.MemberNumber;

    [HttpGet(""), ForMember]
    public IActionResult Show() => Shown(new LeaveForm());

    [HttpPost(""), ForMember]
    public IActionResult Leave(LeaveForm form)
    {
        if (form.On is null && ModelState.IsValid) ModelState.AddModelError(nameof(form.On), words["give-day"]);
        if (!ModelState.IsValid) return Again(form);
        return Asked(form, new AskToLeave(desk.Books).Run(new(Code, Number, form.On!.Value, form.Words, $"member {Number}")), refusal => refusal.Code == "words-too-long" ? nameof(form.Words) : nameof(form.On));
    }

    [HttpPost("shares"), ForMember]
    public IActionResult Withdraw(LeaveForm form)
    {
        if (!ModelState.IsValid) return Again(form);
        var amount = Money.TryParse(form.Amount?.Trim() ?? "", out var read) ? read : (Money?)null;
        return Asked(form, new AskToWithdrawShares(desk.Books).Run(new(Code, Number, amount, form.AmountWords, $"member {Number}")), refusal => refusal.Code == "words-too-long" ? nameof(form.AmountWords) : nameof(form.Amount));
    }

    [HttpPost("{number:int}/take-back"), ForMember]
    public IActionResult TakeBack(int number)
    {
        if (new MyRequests(desk.Books).One(Code, Number, number) is not { IsRefused: false } row || row.Value.Request.IsReport) return NotFound();
        var done = new TakeBackRequest(desk.Books).Run(new(Code, Number, number, $"member {Number}"));
        TempData.Say(done.IsRefused ? words.Refusal(done.Refusal!) : words["taken-back"], done.IsRefused);
        return LocalRedirect($"{desk.Home}/me/{(row.Value.Request.Kind == RequestKind.Erasure ? "data" : "leave")}");
    }

    private IActionResult Asked(LeaveForm form, Outcome<MemberRequest> asked, Func<Refusal, string> field)
    {
        if (asked.IsRefused)
        {
            ModelState.Refuse(asked.Refusal!, field(asked.Refusal!));
            return Again(form);
        }
        TempData.Say(words["leave.asked", asked.Value.Number]);
        return LocalRedirect($"{desk.Home}/me/leave");
    }

    private ViewResult Shown(LeaveForm form)
    {
        var account = new MemberAccount(desk.Books).Run(Code, Number).Value;
        var shares = account.CapitalLots.Where(lot => lot.AccountCode == AccountCodes.MembershipShares).Aggregate(Money.Zero, (sum, lot) => sum + lot.Balance);
        ViewData["Place"] = new Place(account, shares, new MyRequests(desk.Books).Run(Code, Number, RequestKind.Leave, RequestKind.WithdrawShares).Value, new MyDetails(desk.Books).Run(Code, Number).Value.Status, RedemptionWords.Of(desk.Books, desk.Seat.CoOp, words.Language).Words);
        return View("Leave", form);
    }

    private ViewResult Again(LeaveForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Shown(form);
    }
}
