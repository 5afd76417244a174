using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Access;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Office.Settings;

/// <summary>The programs and apps registered at the co-op: tills, payroll, and what members may let in.</summary>
[Area("Office")]
[Route("office/{coop}/settings/apps")]
[Requires(Permission.ManageUsers)]
public sealed class AppsController(Desk desk, Door door, MailSettings mail, ListApps apps) : Controller
{
    public sealed class AppForm
    {
        public string? Name { get; set; }
        public List<string> Scopes { get; set; } = [];
        public string? Redirects { get; set; }
        public string? LogoutRedirects { get; set; }
        public bool KeepsSecret { get; set; }

        [BindNever, ValidateNever]
        public AppKind Kind { get; set; }
    }

    /// <param name="Registered">Told once, and not kept.</param>
    public sealed record Secret(string Name, AppKind Kind, RegisterApp.Result Registered, string Site);

    [HttpGet("")]
    public IActionResult Show(string? sort) => View("Apps", apps.Run(desk.CoOp.Id, sort));

    [HttpGet("/office/{coop}/settings/apps" + HandedOut.Ending)]
    public IActionResult Download(string? sort, string format) => this.HandOut(format, $"{desk.CoOp.Code}-apps", "Apps", ["App", "Client id", "Kind", "May", "Registered", "By", "Last token", "People who let it in", "Withdrawn"],
        apps.Run(desk.CoOp.Id, sort).Select(app => (IReadOnlyList<Cell>)
        [
            app.Name, app.ClientId, app.Kind == AppKind.Program ? "program of the co-op" : "app for members", string.Join(' ', app.Scopes), HandedOut.Moment(app.RegisteredAt), app.RegisteredBy, HandedOut.Moment(app.LastTokenAt), (long?)app.LetIn, HandedOut.Moment(app.WithdrawnAt),
        ]));

    [HttpGet("new-program")]
    public IActionResult NewProgram() => View("NewApp", new AppForm { Kind = AppKind.Program });

    [HttpPost("new-program")]
    public IActionResult NewProgram([FromServices] RegisterApp register, AppForm form) => Register(register, form, AppKind.Program);

    [HttpGet("new-app")]
    public IActionResult NewApp() => View("NewApp", new AppForm { Kind = AppKind.ForMembers, Scopes = [AppScopes.Profile] });

    [HttpPost("new-app")]
    public IActionResult NewApp([FromServices] RegisterApp register, AppForm form) => Register(register, form, AppKind.ForMembers);

    [HttpPost("{id:int}/secret")]
    public IActionResult AnotherSecret([FromServices] NewAppSecret another, int id)
    {
        var made = another.Run(new NewAppSecret.Request(id, desk.CoOp.Id, desk.Person, door.From));
        if (made.IsRefused) return Refuse(made.Refusal!);
        var app = apps.Run(desk.CoOp.Id).Single(app => app.Id == id);
        return View("AppSecret", new Secret(app.Name, app.Kind, made.Value, Site));
    }

    [HttpPost("{id:int}/withdraw")]
    public IActionResult Withdraw([FromServices] WithdrawApp withdraw, int id)
    {
        var withdrawn = withdraw.Run(new WithdrawApp.Request(id, desk.CoOp.Id, desk.Person, door.From));
        if (withdrawn.IsRefused) return Refuse(withdrawn.Refusal!);
        TempData.Say("The app is withdrawn. Nothing that it was given is good any more.");
        return LocalRedirect($"/office/{desk.CoOp.Code}/settings/apps");
    }

    private string Site => mail.Site ?? $"{Request.Scheme}://{Request.Host}";

    private ViewResult Register(RegisterApp register, AppForm form, AppKind kind)
    {
        form.Kind = kind;
        var registered = register.Run(new RegisterApp.Request(desk.CoOp.Id, form.Name ?? "", kind, form.Scopes, desk.Person, door.From, Lines(form.Redirects), Lines(form.LogoutRedirects), form.KeepsSecret));
        if (!registered.IsRefused) return View("AppSecret", new Secret(form.Name!.Trim(), kind, registered.Value, Site));
        ModelState.Refuse(registered.Refusal!, registered.Refusal!.Code switch
        {
            "app-name-missing" or "app-name-taken" => nameof(form.Name),
            "app-scope-missing" or "app-scope-unknown" => nameof(form.Scopes),
            _ => Lines(form.LogoutRedirects).Any(address => registered.Refusal.Sentence.Contains($"'{address}'", StringComparison.Ordinal)) ? nameof(form.LogoutRedirects) : nameof(form.Redirects),
        });
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("NewApp", form);
    }

    private ViewResult Refuse(Refusal refusal)
    {
        ModelState.Clear();
        ModelState.Refuse(refusal);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Apps", apps.Run(desk.CoOp.Id));
    }

    private static string[] Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
