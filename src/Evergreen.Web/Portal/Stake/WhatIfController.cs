using System.Globalization;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Stake;

/// <summary>What if I had worked or bought more: the last year's dividend again, with the member's own figures changed.</summary>
[Area("Portal")]
[ForMember(Share.Stake)]
[Route("my/{coop}/what-if")]
public sealed class WhatIfController(MemberDesk desk, GatheredYears gathered) : Controller
{
    /// <summary>Of hours a week, and of purchases a year in whole units of the currency: more is not tried here.</summary>
    public const int MostHours = 40, MostPurchases = 10_000;

    /// <summary>What is tried where nothing was typed.</summary>
    private const string UsualHours = "10", UsualPurchases = "100";

    /// <param name="Hours">As typed; hours a week.</param>
    /// <param name="Purchases">As typed; for the year.</param>
    /// <param name="HoursWrong">Whether it cannot be tried.</param>
    public sealed record Page(Seat Seat, Shown Shown, string Hours, string Purchases, bool HoursWrong, bool PurchasesWrong);

    /// <param name="Tried">Null where there is no year to try, or what was typed cannot be tried.</param>
    /// <param name="None">Whether no dividend is in the ledger yet.</param>
    public sealed record Shown(string Currency, TryMyYear.Result? Tried, bool None);

    [HttpGet("")]
    public IActionResult Show(string? hours, string? purchases)
    {
        var page = Make(hours, purchases);
        if (page.HoursWrong || page.PurchasesWrong) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("WhatIf", page);
    }

    /// <summary>The figures alone, for the page that redraws them while a slider moves.</summary>
    [HttpGet("figures")]
    public IActionResult Figures(string? hours, string? purchases)
    {
        var page = Make(hours, purchases);
        return page.HoursWrong || page.PurchasesWrong ? UnprocessableEntity() : PartialView("_Tried", page.Shown);
    }

    private Page Make(string? hours, string? purchases)
    {
        var first = hours is null && purchases is null;
        var (hoursText, purchasesText) = (hours?.Trim() ?? (first ? UsualHours : "0"), purchases?.Trim() ?? (first ? UsualPurchases : "0"));
        var (hoursWrong, purchasesWrong) = (!Read(hoursText, MostHours, out var perWeek), !Read(purchasesText, MostPurchases, out var more));
        var shown = new Shown(desk.Seat.CoOp.Currency, null, None: false);
        if (!hoursWrong && !purchasesWrong)
        {
            var tried = new TryMyYear(desk.Books, gathered).Run(new TryMyYear.Request(desk.Seat.CoOp, desk.Seat.MemberId, null, new Hours(perWeek * TryMyYear.Weeks), new Money(more)));
            shown = shown with { Tried = tried.IsRefused ? null : tried.Value, None = tried.IsRefused };
        }
        return new Page(desk.Seat, shown, hoursText, purchasesText, hoursWrong, purchasesWrong);
    }

    /// <summary>Hundredths from zero to the most; nothing typed is zero. A comma stands for a point.</summary>
    private static bool Read(string text, int most, out long hundredths)
    {
        hundredths = 0;
        if (text.Length == 0) return true;
        if (!Money.TryParse(text.Replace(',', '.'), out var amount) || amount.IsNegative || amount.Cents > most * 100L) return false;
        hundredths = amount.Cents;
        return true;
    }

    public static string Most(int most) => most.ToString("N0", CultureInfo.InvariantCulture);
}
