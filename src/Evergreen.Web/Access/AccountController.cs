using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Evergreen.Application.Access;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Access;

/// <summary>One's own account: password, authenticator, recovery codes, passkeys, and where one is signed in.</summary>
[ForAnyoneSignedIn]
[Route("account")]
public sealed class AccountController(Door door, MyAccess mine, ListSessions sessions, PortalWords words) : Controller
{
    private const string Issuer = "Evergreen";

    public sealed record Page(MyAccess.Page Mine, IReadOnlyList<ListSessions.Row> Sessions, int? Here);

    public sealed class PasswordForm
    {
        [Required(ErrorMessage = "@needed.present")]
        public string Password { get; set; } = "";

        [Required(ErrorMessage = "@needed.new")]
        public string NewPassword { get; set; } = "";
    }

    public sealed class AgainForm
    {
        [Required(ErrorMessage = "@needed.password")]
        public string Password { get; set; } = "";
        public string? ReturnUrl { get; set; }
        public string? Action { get; set; }
        public string? Id { get; set; }
    }

    public sealed class AuthenticatorForm
    {
        [Required(ErrorMessage = "@needed.shown")]
        public string Code { get; set; } = "";
        public string? ReturnUrl { get; set; }
        public string? Spelled { get; set; }
        public string? Address { get; set; }
    }

    public sealed record Codes(IReadOnlyList<string> List, string Next);

    private int Me => door.UserId!.Value;

    [HttpGet("")]
    public IActionResult Show() => View("Account", new Page(mine.Run(Me)!, sessions.Run(Me), door.SessionId));

    /// <summary>Where a page sends whose session lacks the second factor that it asks for.</summary>
    [HttpGet("second-factor")]
    public IActionResult SecondFactor(string? returnUrl) => View("SecondFactor", (mine.Run(Me)!, Place(returnUrl)));

    [HttpGet("password"), SignsInHere]
    public IActionResult Password() => View("Password", new PasswordForm());

    [HttpPost("password"), SignsInHere]
    public IActionResult Password([FromServices] ChangePassword change, PasswordForm form)
    {
        if (!ModelState.IsValid) return Wrong("Password", form);
        var changed = change.Run(new ChangePassword.Request(Me, form.Password, form.NewPassword, door.SessionId, door.From));
        if (changed.IsRefused) return Wrong("Password", form, changed.Refusal!, changed.Refusal!.Code == "password-wrong" ? nameof(form.Password) : nameof(form.NewPassword));
        TempData.Say(words["said.password"]);
        return LocalRedirect("/account");
    }

    /// <summary>Before how one signs in is changed, the password is asked for again, unless it was given just now; where an authority stands in its place, it asks.</summary>
    [HttpGet("again")]
    public IActionResult Again(string? returnUrl) => View("Again", new AgainForm { ReturnUrl = Place(returnUrl), Action = "/account/again" });

    [HttpPost("again"), SignsInHere]
    public async Task<IActionResult> Again([FromServices] EnterWithPassword enter, AgainForm form)
    {
        form.Action = "/account/again";
        if (!ModelState.IsValid) return Wrong("Again", form);
        var entered = enter.Run(new EnterWithPassword.Request(User.Identity!.Name!, form.Password, door.From));
        if (entered.IsRefused) return Wrong("Again", form, entered.Refusal!.Code == "sign-in-failed" ? Refusals.PasswordWrong() : entered.Refusal!, nameof(form.Password));
        var proof = User.FindFirst(Desk.EnteredBy)?.Value switch { "mfa" => Proof.SecondFactor, "passkey" => Proof.Passkey, "outside" => Proof.Outside, _ => Proof.Password };
        return await door.Open(Me, proof) ? LocalRedirect(Place(form.ReturnUrl)) : LocalRedirect("/sign-in");
    }

    /// <summary>The secret that was made and not confirmed yet, as a picture and in letters; where there is none, the button that makes one.</summary>
    [HttpGet("authenticator"), SignsInHere]
    public IActionResult Authenticator([FromServices] MakeAuthenticator make, string? returnUrl) => Stale() ?? Authenticator(make, new AuthenticatorForm { ReturnUrl = returnUrl }, null);

    [HttpPost("authenticator/make"), SignsInHere]
    public IActionResult MakeAuthenticator([FromServices] MakeAuthenticator make, string? returnUrl)
    {
        var shown = $"/account/authenticator{(Url.IsLocalUrl(returnUrl) ? QueryString.Create("returnUrl", returnUrl).Value : "")}";
        if (!door.IsFresh) return Afresh(shown);
        var made = make.Run(new MakeAuthenticator.Request(Me, Issuer));
        if (!made.IsRefused) return LocalRedirect(shown);
        TempData.Say(words.Refusal(made.Refusal!));
        return LocalRedirect("/account");
    }

    [HttpPost("authenticator"), SignsInHere]
    public async Task<IActionResult> Authenticator([FromServices] MakeAuthenticator make, [FromServices] ConfirmAuthenticator confirm, AuthenticatorForm form)
    {
        if (Stale() is { } stale) return stale;
        if (!ModelState.IsValid) return Authenticator(make, form, null);
        var confirmed = confirm.Run(new ConfirmAuthenticator.Request(Me, form.Code, door.SessionId, door.From));
        if (confirmed.IsRefused) return Authenticator(make, form, confirmed.Refusal!);
        await door.Open(Me, Proof.SecondFactor);
        return View("Codes", new Codes(confirmed.Value, Place(form.ReturnUrl)));
    }

    private IActionResult Authenticator(MakeAuthenticator make, AuthenticatorForm form, Refusal? refusal)
    {
        var waiting = make.Waiting(new MakeAuthenticator.Request(Me, Issuer));
        if (waiting.IsRefused)
        {
            TempData.Say(words.Refusal(waiting.Refusal!));
            return LocalRedirect("/account");
        }
        (form.Spelled, form.Address) = (waiting.Value?.Spelled, waiting.Value?.Address);
        return refusal is null && ModelState.IsValid ? View("Authenticator", form) : Wrong("Authenticator", form, refusal, nameof(form.Code));
    }

    [HttpGet("authenticator/remove"), SignsInHere]
    public IActionResult RemoveAuthenticator() => View("Again", new AgainForm { Action = "/account/authenticator/remove" });

    [HttpPost("authenticator/remove"), SignsInHere]
    public IActionResult RemoveAuthenticator([FromServices] RemoveAuthenticator remove, AgainForm form)
    {
        form.Action = "/account/authenticator/remove";
        if (!ModelState.IsValid) return Wrong("Again", form);
        var removed = remove.Run(new RemoveAuthenticator.Request(Me, form.Password, door.SessionId, door.From));
        if (removed.IsRefused) return Wrong("Again", form, removed.Refusal!, nameof(form.Password));
        TempData.Say(words["said.authenticator-removed"]);
        return LocalRedirect("/account");
    }

    [HttpGet("recovery-codes"), SignsInHere]
    public IActionResult RecoveryCodes() => View("Again", new AgainForm { Action = "/account/recovery-codes" });

    [HttpPost("recovery-codes"), SignsInHere]
    public IActionResult RecoveryCodes([FromServices] MakeRecoveryCodes make, AgainForm form)
    {
        form.Action = "/account/recovery-codes";
        if (!ModelState.IsValid) return Wrong("Again", form);
        var made = make.Run(new MakeRecoveryCodes.Request(Me, form.Password, door.From));
        return made.IsRefused ? Wrong("Again", form, made.Refusal!, nameof(form.Password)) : View("Codes", new Codes(made.Value, "/account"));
    }

    [HttpGet("passkey"), SignsInHere]
    public IActionResult Passkey(string? returnUrl) => Stale() ?? View("Passkey", Place(returnUrl));

    [HttpPost("passkey/options"), SignsInHere]
    public async Task<IActionResult> PasskeyOptions([FromServices] PasskeyDesk passkeys)
    {
        if (!door.IsFresh) return StatusCode(StatusCodes.Status401Unauthorized);
        var page = mine.Run(Me)!;
        return Content(await passkeys.OptionsToMake(Me, page.Mail, page.DisplayName), "application/json");
    }

    [HttpPost("passkey"), SignsInHere]
    public async Task<IActionResult> Passkey([FromServices] PasskeyDesk passkeys, [FromServices] AddPasskey add, string? name, string? credential, string? returnUrl)
    {
        if (Stale() is { } stale) return stale;
        ModelState.Clear();
        var made = await passkeys.Made(Me, credential);
        var added = made is { IsUserVerified: true } passkey ? add.Run(new AddPasskey.Request(Me, passkey, name ?? "", door.From)) : Refusals.PasskeyUnknown();
        if (added.IsRefused) return Wrong("Passkey", Place(returnUrl), added.Refusal!);
        // Making it asked for the finger, face or PIN: from here on the session is one of two factors.
        await door.Open(Me, Proof.Passkey);
        TempData.Say(words["said.passkey-added"]);
        return LocalRedirect(returnUrl is null ? "/account" : Place(returnUrl));
    }

    [HttpGet("passkey/remove"), SignsInHere]
    public IActionResult RemovePasskey(string id) => View("Again", new AgainForm { Action = "/account/passkey/remove", Id = id });

    [HttpPost("passkey/remove"), SignsInHere]
    public IActionResult RemovePasskey([FromServices] RemovePasskey remove, AgainForm form)
    {
        form.Action = "/account/passkey/remove";
        if (!ModelState.IsValid) return Wrong("Again", form);
        if (!Base64Url.IsValid(form.Id ?? "")) return NotFound();
        var removed = remove.Run(new RemovePasskey.Request(Me, Base64Url.DecodeFromChars(form.Id!), form.Password, door.SessionId, door.From));
        if (removed.IsRefused) return Wrong("Again", form, removed.Refusal!, nameof(form.Password));
        TempData.Say(words["said.passkey-removed"]);
        return LocalRedirect("/account");
    }

    [HttpPost("sessions/end")]
    public async Task<IActionResult> EndSession([FromServices] EndSessions end, int id)
    {
        if (id == door.SessionId)
        {
            await door.Close();
            return LocalRedirect("/sign-in");
        }
        var ended = end.Run(new EndSessions.Request(Me, id, door.From));
        TempData.Say(ended.IsRefused ? words.Refusal(ended.Refusal!) : words["said.session-ended"], ended.IsRefused);
        return LocalRedirect("/account");
    }

    [HttpPost("sessions/end-all")]
    public async Task<IActionResult> EndAll()
    {
        await door.Close(everywhere: true);
        TempData.Say(words["said.signed-out-everywhere"]);
        return LocalRedirect("/sign-in");
    }

    private IActionResult? Stale() => door.IsFresh ? null : Afresh(HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString : Request.Path.Value!);

    private LocalRedirectResult Afresh(string returnUrl) => LocalRedirect($"/account/again?returnUrl={Uri.EscapeDataString(returnUrl)}");

    private string Place(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? returnUrl : "/account";

    private ViewResult Wrong(string view, object form, Refusal? refusal = null, string field = "")
    {
        if (refusal is not null) ModelState.Refuse(refusal, field);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(view, form);
    }
}
