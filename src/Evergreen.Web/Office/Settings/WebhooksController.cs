using Evergreen.Application.Access;
using Evergreen.Application.Webhooks;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Settings;

/// <summary>The programs that the co-op tells of what happens, and what was sent to them.</summary>
[Area("Office")]
[Route("office/{coop}/settings/webhooks")]
[Requires(Permission.ManageUsers)]
public sealed class WebhooksController(Desk desk, SealingKeys keys, OutsideAddress outside) : Controller
{
    public sealed class RegisterForm
    {
        public string? Url { get; set; }
        public bool All { get; set; }
        public List<string> Events { get; set; } = [];
    }

    /// <param name="Secret">Shown this once.</param>
    /// <param name="BothUntil">Until when the secret before is good as well; null where there was none.</param>
    public sealed record SecretShown(int Number, string Secret, DateTime? BothUntil);

    private WebhookPage Page => new(desk.Books);

    [HttpGet("")]
    public IActionResult List() => View("Webhooks", Page.List(desk.CoOp.Id));

    [HttpGet("new")]
    public IActionResult New() => View("WebhookNew", new RegisterForm());

    [HttpPost("new")]
    public IActionResult Register(RegisterForm form)
    {
        var made = new RegisterWebhook(desk.Books, keys, outside).Run(new(desk.CoOp.Id, form.Url, form.All ? ["*"] : form.Events, desk.Person));
        if (!made.IsRefused) return View("WebhookSecret", new SecretShown(made.Value.Number, made.Value.Secret, null));
        ModelState.Refuse(made.Refusal!, made.Refusal!.Code.StartsWith("webhook-url", StringComparison.Ordinal) ? nameof(form.Url) : made.Refusal.Code == "webhook-events" ? nameof(form.Events) : "");
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("WebhookNew", form);
    }

    [HttpGet("{number:int}")]
    public IActionResult Show(int number, long? before) => Shown(number, before);

    [HttpPost("{number:int}/secret")]
    public IActionResult Renew(int number)
    {
        var made = new RenewWebhookSecret(desk.Books, keys).Run(new(desk.CoOp.Id, number, desk.Person));
        return made.IsRefused ? Refused(number, made.Refusal!) : View("WebhookSecret", new SecretShown(number, made.Value.Secret, made.Value.BothUntil));
    }

    [HttpPost("{number:int}/test")]
    public IActionResult Try(int number) => Done(number, new TestWebhook(desk.Books).Run(new(desk.CoOp.Id, number, desk.Person)), "A test event is on its way. Load this page again in a moment.");

    [HttpPost("{number:int}/on")]
    public IActionResult On(int number) => Switch(number, WebhookSwitch.On, "The webhook is switched on.");

    [HttpPost("{number:int}/off")]
    public IActionResult Off(int number) => Switch(number, WebhookSwitch.Off, "The webhook is switched off.");

    [HttpPost("{number:int}/withdraw")]
    public IActionResult Withdraw(int number)
    {
        var done = new SwitchWebhook(desk.Books).Run(new(desk.CoOp.Id, number, WebhookSwitch.Withdraw, desk.Person));
        if (done.IsRefused) return Refused(number, done.Refusal!);
        TempData.Say($"Webhook {number} is withdrawn.");
        return LocalRedirect($"/office/{desk.CoOp.Code}/settings/webhooks");
    }

    [HttpPost("{number:int}/deliveries/{delivery:long}/again")]
    public IActionResult Again(int number, long delivery) => Done(number, new ResendDelivery(desk.Books).Run(new(desk.CoOp.Id, number, delivery, desk.Person)), "It is sent again. Load this page again in a moment.");

    private IActionResult Switch(int number, WebhookSwitch to, string said) => Done(number, new SwitchWebhook(desk.Books).Run(new(desk.CoOp.Id, number, to, desk.Person)), said);

    private IActionResult Done(int number, Outcome<bool> outcome, string said)
    {
        if (outcome.IsRefused) return Refused(number, outcome.Refusal!);
        TempData.Say(said);
        return LocalRedirect($"/office/{desk.CoOp.Code}/settings/webhooks/{number}");
    }

    private IActionResult Refused(int number, Refusal refusal)
    {
        ModelState.Refuse(refusal);
        return Shown(number, null);
    }

    private IActionResult Shown(int number, long? before)
    {
        var page = Page.Run(new(desk.CoOp.Id, number, before));
        if (page.IsRefused) return NotFound();
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Webhook", page.Value);
    }
}
