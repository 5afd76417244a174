using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Web.Access;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Evergreen.Web.Portal.Letters;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Me;

/// <summary>Where a member is paid. New details are taken only just after a sign-in with a second factor, or with the code of a letter in its place, told to every address, and wait.</summary>
[Route("my/{coop}/me/bank")]
public sealed class BankController(MemberDesk desk, Desk office, Door door, PortalWords words, MailSettings mail) : Controller
{
    public sealed class BankForm
    {
        public string? Scheme { get; set; }
        public string? Routing { get; set; }
        public string? Account { get; set; }
        public string? AccountType { get; set; }

        /// <summary>The code of a letter is to take the place of the second factor.</summary>
        public bool Letter { get; set; }
        public string? Code { get; set; }
    }

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["bank-scheme-unknown"] = "Scheme", ["bank-routing-form"] = "Routing", ["sort-code-form"] = "Routing", ["bic-form"] = "Routing", ["ach-account-form"] = "Account", ["bacs-account-form"] = "Account", ["iban-form"] = "Account",
        ["bank-unchanged"] = "Account",
        ["bank-letter-unknown"] = "Code", ["sign-in-slowed"] = "Code", ["bank-needs-second-factor"] = "Code",
    };

    private string Code => desk.Seat.CoOp.Code;
    private string Number => desk.Seat.MemberNumber;
    private string Here => $"{desk.Home}/me/bank";

    /// <summary>Whether this session was entered with a second factor; a demo's accounts have none.</summary>
    private bool SecondFactor => office.Standing?.SecondFactor == true;

    /// <summary>The account's address, once it was confirmed: before, it may be a stranger's.</summary>
    private string? MyMail => new MyAccess(desk.Books).Run(desk.UserId) is { MailConfirmed: true } mine ? mine.Mail : null;

    [HttpGet(""), ForMember]
    public IActionResult Show() => View("Bank", new MyDetails(desk.Books).Run(Code, Number).Value);

    [HttpGet("change"), ForMember]
    public IActionResult Change(bool letter = false)
    {
        if (!SecondFactor && !letter) return View("SecondFactor");
        var (inForce, country) = (new MyDetails(desk.Books).Run(Code, Number).Value.InForce, desk.Seat.CoOp.Country);
        if (Stale(letter) is { } stale) return stale;
        return View("BankChange", new BankForm { Letter = letter && !SecondFactor, Scheme = inForce.Scheme ?? (country == "US" ? "ach" : country == "GB" ? "bacs" : "sepa"), AccountType = "checking" });
    }

    [HttpPost("change"), ForMember]
    public IActionResult Change(BankForm form)
    {
        if (!SecondFactor && !form.Letter) return View("SecondFactor");
        if (Stale(form.Letter) is { } stale) return stale;
        if (!ModelState.IsValid) return Again(form);
        var letters = new PortalLetters(desk.Seat.CoOp, mail.Site ?? $"{Request.Scheme}://{Request.Host}");
        var given = new GiveBankDetails(desk.Books).Run(new(Code, Number, new BankDetails(form.Scheme, form.Routing, form.Account, form.AccountType), door.IsFresh, SecondFactor, $"member {Number}", MyMail, letters.BankDetailsGiven, form.Code, door.From));
        if (given.IsRefused)
        {
            ModelState.Refuse(given.Refusal!, Fields.GetValueOrDefault(given.Refusal!.Code, ""));
            return Again(form);
        }
        TempData.Say(words["bank.asked", given.Value.InForceOn]);
        return LocalRedirect(Here);
    }

    [HttpPost("stop"), ForMember]
    public IActionResult Stop()
    {
        var stopped = new StopBankChange(desk.Books).Run(new(Code, Number, $"member {Number}"));
        TempData.Say(stopped.IsRefused ? words.Refusal(stopped.Refusal!) : words["bank.stopped"], stopped.IsRefused);
        return LocalRedirect(Here);
    }

    /// <summary>Asks for the password again where it was not given just now.</summary>
    private LocalRedirectResult? Stale(bool letter) => door.IsFresh ? null : LocalRedirect($"/account/again?returnUrl={Uri.EscapeDataString($"{Here}/change{(letter ? "?letter=true" : "")}")}");

    private ViewResult Again(BankForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("BankChange", form);
    }
}
