using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Webhooks;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Webhooks;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
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
    public IActionResult List(string? sort) => View("Webhooks", Page.List(desk.CoOp.Id, sort));

    [HttpGet("/office/{coop}/settings/webhooks" + HandedOut.Ending)]
    public IActionResult Download(string? sort, string format) => this.HandOut(format, $"{desk.CoOp.Code}-webhooks", "Webhooks", ["Number", "Address", "Events", "Registered", "By", "Switched off", "Waiting"],
        Page.List(desk.CoOp.Id, sort).Select(row => (IReadOnlyList<Cell>)[(long?)row.Number, row.Url, row.Events, HandedOut.Moment(row.CreatedAt), row.CreatedBy, HandedOut.Moment(row.DisabledAt), (long?)row.Waiting]));

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

    [HttpGet("{webhook:int}")]
    public IActionResult Show(int webhook, string? before, DeliveryState? state, string? sort) => Shown(webhook, before, state, sort);

    [HttpGet("{webhook:int}/deliveries" + HandedOut.Ending)]
    public IActionResult Deliveries(int webhook, DeliveryState? state, string? sort, string format)
    {
        var request = new WebhookPage.Request(desk.CoOp.Id, webhook, State: state, Sort: sort, Most: 500);
        if (Page.Run(request).IsRefused) return NotFound();
        var deliveries = HandedOut.All(before =>
        {
            var page = Page.Run(request with { Before = before }).Value;
            return (page.Deliveries, page.Next);
        });
        return this.HandOut(format, $"{desk.CoOp.Code}-webhook-{webhook.ToString(CultureInfo.InvariantCulture)}-deliveries", "Deliveries", ["Event", "Id", "Happened", "State", "Tries", "Last try", "Answer", "Delivered"],
            deliveries.Select(sent => (IReadOnlyList<Cell>)[sent.Type, sent.MessageId, HandedOut.Moment(sent.QueuedAt), WebhookWords.State(sent.State), (long?)sent.Attempts.Count, HandedOut.Moment(sent.Attempts.LastOrDefault()?.At),
                sent.Attempts.LastOrDefault() is { } last ? WebhookWords.Answer(last) : null, HandedOut.Moment(sent.DeliveredAt)]));
    }

    [HttpPost("{webhook:int}/secret")]
    public IActionResult Renew(int webhook)
    {
        var made = new RenewWebhookSecret(desk.Books, keys).Run(new(desk.CoOp.Id, webhook, desk.Person));
        return made.IsRefused ? Refused(webhook, made.Refusal!) : View("WebhookSecret", new SecretShown(webhook, made.Value.Secret, made.Value.BothUntil));
    }

    [HttpPost("{webhook:int}/test")]
    public IActionResult Try(int webhook) => Done(webhook, new TestWebhook(desk.Books).Run(new(desk.CoOp.Id, webhook, desk.Person)), "A test event is on its way. Load this page again in a moment.");

    [HttpPost("{webhook:int}/on")]
    public IActionResult On(int webhook) => Switch(webhook, WebhookSwitch.On, "The webhook is switched on.");

    [HttpPost("{webhook:int}/off")]
    public IActionResult Off(int webhook) => Switch(webhook, WebhookSwitch.Off, "The webhook is switched off.");

    [HttpPost("{webhook:int}/withdraw")]
    public IActionResult Withdraw(int webhook)
    {
        var done = new SwitchWebhook(desk.Books).Run(new(desk.CoOp.Id, webhook, WebhookSwitch.Withdraw, desk.Person));
        if (done.IsRefused) return Refused(webhook, done.Refusal!);
        TempData.Say($"Webhook {webhook} is withdrawn.");
        return LocalRedirect($"/office/{desk.CoOp.Code}/settings/webhooks");
    }

    [HttpPost("{webhook:int}/deliveries/{delivery:long}/again")]
    public IActionResult Again(int webhook, long delivery) => Done(webhook, new ResendDelivery(desk.Books).Run(new(desk.CoOp.Id, webhook, delivery, desk.Person)), "It is sent again. Load this page again in a moment.");

    private IActionResult Switch(int webhook, WebhookSwitch to, string said) => Done(webhook, new SwitchWebhook(desk.Books).Run(new(desk.CoOp.Id, webhook, to, desk.Person)), said);

    private IActionResult Done(int webhook, Outcome<bool> outcome, string said)
    {
        if (outcome.IsRefused) return Refused(webhook, outcome.Refusal!);
        TempData.Say(said);
        return LocalRedirect($"/office/{desk.CoOp.Code}/settings/webhooks/{webhook}");
    }

    private IActionResult Refused(int webhook, Refusal refusal)
    {
        ModelState.Refuse(refusal);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Shown(webhook);
    }

    private IActionResult Shown(int webhook, string? before = null, DeliveryState? state = null, string? sort = null)
    {
        var page = Page.Run(new(desk.CoOp.Id, webhook, before, state, sort));
        if (page.IsRefused) return NotFound();
        ViewData["State"] = state;
        return View("Webhook", page.Value);
    }
}
