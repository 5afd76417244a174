using System.ComponentModel.DataAnnotations;
using Evergreen.Application.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Access;

/// <summary>Signing in: the password, then the second factor where one is set up; or a passkey alone; or the way to the authority that stands in their place. One lands on the page that was asked for.</summary>
[AllowAnonymous]
public sealed class SignInController(Door door, FirstFactor first, PasskeyDesk passkeys, PortalWords words) : Controller
{
    public sealed class Form
    {
        [Required(ErrorMessage = "@needed.mail")]
        public string Mail { get; set; } = "";

        [Required(ErrorMessage = "@needed.password")]
        public string Password { get; set; } = "";
        public string? ReturnUrl { get; set; }
    }

    public sealed class CodeForm
    {
        [Required(ErrorMessage = "@needed.code")]
        public string Code { get; set; } = "";
        public bool Recovery { get; set; }

        /// <summary>What this person set up, for the page.</summary>
        public bool HasAuthenticator { get; set; }
        public bool HasPasskey { get; set; }
    }

    [HttpGet("/sign-in")]
    public IActionResult Show([FromServices] SetUpHouse setUp, string? returnUrl)
    {
        if (door.UserId is not null) return LocalRedirect(FirstFactor.Place(returnUrl));
        return setUp.IsOver() ? View("SignIn", new Form { ReturnUrl = returnUrl }) : Redirect("/set-up");
    }

    [HttpPost("/sign-in"), SignsInHere]
    public async Task<IActionResult> Enter([FromServices] EnterWithPassword enter, Form form)
    {
        if (!ModelState.IsValid) return Again("SignIn", form);
        var entered = enter.Run(new EnterWithPassword.Request(form.Mail, form.Password, door.From));
        if (entered.IsRefused)
        {
            ModelState.Refuse(entered.Refusal!);
            return Again("SignIn", form);
        }
        return LocalRedirect(await first.Next(entered.Value, Proof.Password, form.ReturnUrl));
    }

    [HttpGet("/sign-in/code"), SignsInHere]
    public IActionResult Code(bool recovery) =>
        first.HalfWay is { } half ? View("Code", new CodeForm { Recovery = recovery && half.Authenticator, HasAuthenticator = half.Authenticator, HasPasskey = half.Passkey }) : LocalRedirect("/sign-in");

    [HttpPost("/sign-in/code"), SignsInHere]
    public async Task<IActionResult> EnterCode([FromServices] EnterWithCode enter, CodeForm form)
    {
        if (first.HalfWay is not { } half)
        {
            TempData.Say(words["said.too-long"]);
            return LocalRedirect("/sign-in");
        }
        (form.HasAuthenticator, form.HasPasskey) = (half.Authenticator, half.Passkey);
        if (!ModelState.IsValid) return Again("Code", form);
        var entered = enter.Run(new EnterWithCode.Request(half.UserId, form.Code, form.Recovery, door.From));
        if (entered.IsRefused)
        {
            ModelState.Refuse(entered.Refusal!, nameof(form.Code));
            return Again("Code", form);
        }
        if (form.Recovery) TempData.Say(words.Count("said.recovery-used", entered.Value.RecoveryCodesLeft));
        return LocalRedirect(await first.Open(half.UserId, Proof.SecondFactor, half.ReturnUrl));
    }

    /// <summary>The question for the browser's passkey. Nothing about any account is in it.</summary>
    [HttpPost("/sign-in/passkey/options"), SignsInHere]
    public async Task<IActionResult> PasskeyOptions() => Content(await passkeys.OptionsToAsk(), "application/json");

    [HttpPost("/sign-in/passkey"), SignsInHere]
    public async Task<IActionResult> EnterPasskey([FromServices] EnterWithPasskey enter, string? credential, string? returnUrl)
    {
        var entered = enter.Run(new EnterWithPasskey.Request(await passkeys.Shown(credential), door.From));
        if (!entered.IsRefused) return LocalRedirect(await first.Open(entered.Value, Proof.Passkey, first.HalfWay?.ReturnUrl ?? returnUrl));
        ModelState.Clear();
        ModelState.Refuse(entered.Refusal!);
        return Again("SignIn", new Form { ReturnUrl = returnUrl });
    }

    [HttpPost("/sign-out")]
    public async Task<IActionResult> SignOutNow()
    {
        await door.Close();
        TempData.Say(words["said.signed-out"]);
        return LocalRedirect("/sign-in");
    }

    private ViewResult Again(string view, object form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(view, form);
    }
}
