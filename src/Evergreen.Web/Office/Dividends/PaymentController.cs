using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Dividends;

/// <summary>The cash of a posted run leaves the bank.</summary>
[Area("Office")]
[Route("office/{coop}/dividends/runs/{run}/pay")]
public sealed class PaymentController(Desk desk) : DividendPages(desk)
{
    public sealed class PayForm
    {
        public string Run { get; set; } = "";
        public string? Reference { get; set; }
        public DateOnly? On { get; set; }
    }

    [HttpGet("")]
    [Requires(Permission.PostDividend)]
    public IActionResult Pay(string run) => NotNext(run) ?? View("Pay", new PayForm { Run = run, On = Desk.Today });

    [HttpPost("")]
    [Requires(Permission.PostDividend)]
    public IActionResult Pay(string run, PayForm form)
    {
        form.Run = run;
        if (NotNext(run) is { } notNow) return notNow;
        if (!ModelState.IsValid) return Again("Pay", form);
        var paid = new PayDividend(Desk.Books).Run(new PayDividend.Request(Code, run, Desk.Person, form.Reference ?? "", form.On));
        if (!paid.IsRefused)
        {
            var payment = paid.Value.Payment;
            TempData.Say($"Run {run} is paid: {new Money(payment.PaidCents).ToGroupedString()} {Desk.CoOp.Currency} to {payment.Members} members.");
            return ToRun(run);
        }
        ModelState.AddModelError(paid.Refusal!.Code switch { "payment-reference-missing" => nameof(form.Reference), "period-closed" or "payment-day" => nameof(form.On), _ => "" }, PlainWords(paid.Refusal));
        return Again("Pay", form);
    }

    private IActionResult? NotNext(string run)
    {
        var course = new RunLifecycle(Desk.Books).Run(Code, run);
        if (course.IsRefused) return Cannot(course.Refusal!, run);
        return course.Value.Refuse(RunStage.Paid) is { } refusal ? Cannot(refusal, run) : null;
    }
}
