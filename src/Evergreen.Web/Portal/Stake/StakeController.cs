using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Periods;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Stake;

/// <summary>What a member owns now, how it came about, and what comes next.</summary>
[Area("Portal")]
[ForMember(Share.Stake)]
public sealed class StakeController(MemberDesk desk, PortalWords words) : Controller
{
    /// <param name="PayBy">The last day for paying the latest dividend; null where no law names one.</param>
    /// <param name="Open">The year that is going on.</param>
    /// <param name="Waiting">The year that has ended and of which the member has no dividend so far; null where there is none.</param>
    /// <param name="Earlier">What is owed besides the cash of the latest dividend.</param>
    /// <param name="SeesStatements">Whether the account's statements may be opened: someone of the household sees them with the owner's leave.</param>
    public sealed record Page(Seat Seat, MyStake.Result Stake, DateOnly? PayBy, FiscalYear Open, FiscalYear? Waiting, Money Earlier, bool SeesStatements, RedemptionWords Redemption);

    public sealed record AccountPage(Seat Seat, MemberAccount.Content Account);

    [HttpGet("my/{coop}")]
    public IActionResult Show()
    {
        var coOp = desk.Seat.CoOp;
        var stake = new MyStake(desk.Books).Run(new MyStake.Request(coOp, desk.Seat.MemberId)).Value;
        var open = coOp.YearOf(desk.Today);
        var ended = coOp.Year(open.Year - 1);
        // Whoever joined with the new year waits for nothing of the old one.
        var waiting = stake.Years.Count > 0 && stake.Years[0].FiscalYear <= ended.Year && stake.Dividends.All(dividend => dividend.FiscalYear != ended.Year);
        var payBy = stake.Last is { PaidOn: null } last && coOp.Regime == TaxRegime.SubchapterT ? Deadlines.PaymentPeriodEnd(coOp.Year(last.FiscalYear)) : (DateOnly?)null;
        return View("Stake", new Page(desk.Seat, stake, payBy, open, waiting ? ended : null, Earlier(stake), SeesStatements(), RedemptionWords.Of(desk.Books, coOp, words.Language)));
    }

    /// <summary>The member's account, entry by entry.</summary>
    [HttpGet("my/{coop}/account")]
    public IActionResult Account()
    {
        var account = new MemberAccount(desk.Books).Run(desk.Seat.CoOp.Code, desk.Seat.MemberNumber);
        return account.IsRefused ? NotFound() : View("Account", new AccountPage(desk.Seat, account.Value));
    }

    /// <summary>What comes with the pay is not among what is owed.</summary>
    private static Money Earlier(MyStake.Result stake) => stake.Last is { PaidOn: null, Treatment: CashTreatment.Paid or CashTreatment.RolledForward } last ? stake.Owed - last.Payable : stake.Owed;

    private bool SeesStatements() => desk.Seat.Own || new FindSeat(desk.Books).Run(new FindSeat.Request(desk.UserId, desk.Seat.CoOp.Code, Share.Statements)) is { Own: false };

    /// <summary>How the cash of a dividend reaches the member.</summary>
    public static string NextKey(MyStake.YearDividend last, DateOnly? payBy, DateOnly today) => last.Treatment switch
    {
        CashTreatment.Payroll => "next.wages",
        CashTreatment.RolledForward => "next.wait",
        _ => payBy is null ? "next.pay" : payBy < today ? "next.pay.late" : "next.pay.by",
    };
}
