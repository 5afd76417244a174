using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Access;

/// <summary>Signing in: the password, then the second factor where one is set up; or a passkey alone. One lands on the page that was asked for.</summary>
[AllowAnonymous]
public sealed class SignInController(Door door, PassingCookie passing, PasskeyDesk passkeys) : Controller
{
    private const string Half = "half";

    public sealed class Form
    {
        [Required(ErrorMessage = "Give your mail address.")]
        public string Mail { get; set; } = "";

        [Required(ErrorMessage = "Give your password.")]
        public string Password { get; set; } = "";
        public string? ReturnUrl { get; set; }
    }

    public sealed class CodeForm
    {
        [Required(ErrorMessage = "Type the code.")]
        public string Code { get; set; } = "";
        public bool Recovery { get; set; }

        /// <summary>What this person set up, for the page.</summary>
        public bool HasAuthenticator { get; set; }
        public bool HasPasskey { get; set; }
    }

    [HttpGet("/sign-in")]
    public IActionResult Show([FromServices] SetUpHouse setUp, string? returnUrl)
    {
        if (door.UserId is not null) return LocalRedirect(Place(returnUrl));
        return setUp.IsOver() ? View("SignIn", new Form { ReturnUrl = returnUrl }) : Redirect("/set-up");
    }

    [HttpPost("/sign-in")]
    public async Task<IActionResult> Enter([FromServices] EnterWithPassword enter, Form form)
    {
        if (!ModelState.IsValid) return Again("SignIn", form);
        var entered = enter.Run(new EnterWithPassword.Request(form.Mail, form.Password, door.From));
        if (entered.IsRefused)
        {
            ModelState.Refuse(entered.Refusal!);
            return Again("SignIn", form);
        }
        if (entered.Value.SecondFactorAsked)
        {
            var who = entered.Value;
            passing.Keep(Half, string.Create(CultureInfo.InvariantCulture, $"{who.UserId}|{(who.Authenticator ? 1 : 0)}|{(who.Passkey ? 1 : 0)}|{Place(form.ReturnUrl)}"));
            return LocalRedirect("/sign-in/code");
        }
        return await Open(entered.Value.UserId, Proof.Password, form.ReturnUrl);
    }

    [HttpGet("/sign-in/code")]
    public IActionResult Code(bool recovery) =>
        HalfWay() is { } half ? View("Code", new CodeForm { Recovery = recovery && half.Authenticator, HasAuthenticator = half.Authenticator, HasPasskey = half.Passkey }) : LocalRedirect("/sign-in");

    [HttpPost("/sign-in/code")]
    public async Task<IActionResult> EnterCode([FromServices] EnterWithCode enter, CodeForm form)
    {
        if (HalfWay() is not { } half)
        {
            TempData.Say("That took too long. Please begin again.");
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
        if (form.Recovery) TempData.Say($"That recovery code is used up; {entered.Value.RecoveryCodesLeft} are left. Make new ones under My account before they run out.");
        return await Open(half.UserId, Proof.SecondFactor, half.ReturnUrl);
    }

    /// <summary>The question for the browser's passkey. Nothing about any account is in it.</summary>
    [HttpPost("/sign-in/passkey/options")]
    public async Task<IActionResult> PasskeyOptions() => Content(await passkeys.OptionsToAsk(), "application/json");

    [HttpPost("/sign-in/passkey")]
    public async Task<IActionResult> EnterPasskey([FromServices] EnterWithPasskey enter, string? credential, string? returnUrl)
    {
        var entered = enter.Run(new EnterWithPasskey.Request(await passkeys.Shown(credential), door.From));
        if (!entered.IsRefused) return await Open(entered.Value, Proof.Passkey, HalfWay()?.ReturnUrl ?? returnUrl);
        ModelState.Clear();
        ModelState.Refuse(entered.Refusal!);
        return Again("SignIn", new Form { ReturnUrl = returnUrl });
    }

    [HttpPost("/sign-out")]
    public async Task<IActionResult> SignOutNow()
    {
        await door.Close();
        TempData.Say("You are signed out.");
        return LocalRedirect("/sign-in");
    }

    private async Task<IActionResult> Open(int userId, Proof proof, string? returnUrl)
    {
        passing.Drop(Half);
        return await door.Open(userId, proof) ? LocalRedirect(Place(returnUrl)) : LocalRedirect("/sign-in");
    }

    /// <summary>The page asked for, where it is one of ours; else the start, from where everyone finds the way.</summary>
    private string Place(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? returnUrl : "/";

    private ViewResult Again(string view, object form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(view, form);
    }

    private (int UserId, bool Authenticator, bool Passkey, string ReturnUrl)? HalfWay() =>
        passing.Read(Half)?.Split('|', 4) is [var id, var authenticator, var passkey, var returnUrl] ? (int.Parse(id, CultureInfo.InvariantCulture), authenticator == "1", passkey == "1", returnUrl) : null;
}
