using Evergreen.Application.Access;
using Evergreen.Application.Mail;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Settings;

/// <summary>Where mail goes, and a mail to try it. Also the last screen of the set-up, where it may be skipped.</summary>
[Area("Office")]
[Route("office/{coop}/settings/mail")]
[Requires(Permission.EditSettings)]
public sealed class MailController(Desk desk, MailSettings mail, SetMailServer set) : Controller
{
    public sealed class Form
    {
        public string? Host { get; set; }
        public int? Port { get; set; }
        public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;
        public string? User { get; set; }

        /// <summary>Never shown again; empty keeps the one there is.</summary>
        public string? Password { get; set; }
        public string? Sender { get; set; }
        public string? ToAddress { get; set; }

        /// <summary>The server that stood there when the form was opened.</summary>
        public string? Seen { get; set; }

        /// <summary>At the end of the set-up.</summary>
        public bool First { get; set; }
    }

    /// <param name="Way">The way out in plain words, without a password.</param>
    /// <param name="IsGiven">It was named when the program was started, and is changed there only.</param>
    /// <param name="MayChange">This person may change it in this session.</param>
    /// <param name="LacksFactor">It would be so with a second factor.</param>
    /// <param name="HasServer">It is a mail server and no folder.</param>
    /// <param name="HasPassword">A password is kept for it.</param>
    public sealed record Standing(string Way, string From, string? Site, bool IsGiven, bool MayChange, bool LacksFactor, bool HasServer, bool HasPassword);

    private string Here => $"/office/{desk.CoOp.Code}/settings/mail";

    /// <param name="first">At the end of the set-up, where it may be skipped.</param>
    [HttpGet("")]
    public IActionResult Show(bool first = false) => Page(Filled(new Form { First = first }));

    [HttpPost("")]
    public IActionResult Try(Form form)
    {
        var letter = MailLetter.Of("A test from Evergreen", [$"This mail shows that {desk.CoOp.Name} can write to its members.", "Nothing has to be done."], null, desk.CoOp.Name);
        var sent = new MailAtOnce(desk.Books, mail.Route).Run(new(desk.CoOp.Id, "mail.test", "mail server", form.ToAddress?.Trim() ?? "", "", letter, desk.Person));
        if (!sent.IsRefused)
        {
            TempData.Say(mail.Route is FolderRoute ? $"The test mail for {form.ToAddress} was put into the folder as a file: no mail server is set." : $"The mail server took the test mail for {form.ToAddress}. Look whether it arrives.");
            return LocalRedirect(form.First ? $"/office/{desk.CoOp.Code}" : Here);
        }
        return Wrong(Filled(form), sent.Refusal!, nameof(form.ToAddress));
    }

    [HttpPost("server")]
    [Requires(Permission.EditSafeguards)]
    public IActionResult SetServer(Form form)
    {
        if (!desk.MayForAll(Permission.EditSafeguards)) return StatusCode(StatusCodes.Status403Forbidden);
        if (mail.IsGiven)
        {
            TempData.Say("The way for mail was set where the program is started, so nothing was changed.");
            return LocalRedirect(Here);
        }
        form.ToAddress ??= desk.Person;
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page(form);
        }
        var done = set.Run(new(form.Host, form.Port, form.Security, form.User, form.Password, form.Sender, desk.CoOp.Id, desk.Person, form.Seen ?? ""));
        if (done.IsRefused)
        {
            if (done.Refusal!.Code == "mail-server-changed")
            {
                // What is set now is shown above; what was typed stays in the form and may be sent again.
                ViewData["Now"] = mail.Route;
                form.Seen = SetMailServer.Mark(mail.Route as SmtpRoute);
            }
            return Wrong(form, done.Refusal, done.Refusal.Code switch
            {
                "mail-server-port" => nameof(form.Port), "mail-server-password" => nameof(form.Password), "mail-server-open" => nameof(form.Security), "mail-address" => nameof(form.Sender), "mail-server-changed" => "", _ => nameof(form.Host),
            });
        }
        TempData.Say(done.Value ? "The mail server is set. Send a test mail to see whether it takes mail." : "No mail server is set: mails are put as files into the folder.");
        return LocalRedirect(form.First ? Here + "?first=true" : Here);
    }

    /// <summary>The form as things stand; what somebody is typing elsewhere on the page stays.</summary>
    private Form Filled(Form form)
    {
        form.ToAddress ??= desk.Person;
        if (mail.IsGiven || mail.Route is not SmtpRoute smtp) return form;
        form.Seen = SetMailServer.Mark(smtp);
        (form.Host, form.Port, form.Security, form.User, form.Sender) = (smtp.Host, smtp.Port, smtp.Security, smtp.User, smtp.From.ToString());
        return form;
    }

    private ViewResult Wrong(Form form, Refusal refusal, string field)
    {
        ModelState.Refuse(refusal, field);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page(form);
    }

    private ViewResult Page(Form form)
    {
        var route = mail.Route;
        ViewData["Standing"] = new Standing(route switch
        {
            SmtpRoute smtp => $"the mail server {smtp.Host}, port {smtp.Port}, {(smtp.Security == SmtpSecurity.None ? "not encrypted" : "encrypted")}",
            FolderRoute folder => $"no server is set: mails are put as files into the folder {folder.Folder}",
            _ => route.ToString(),
        }, route.From.ToString(), mail.Site, mail.IsGiven, desk.MayForAll(Permission.EditSafeguards), !desk.May(Permission.EditSafeguards) && desk.Holds(Permission.EditSafeguards), route is SmtpRoute, route is SmtpRoute { Password.Length: > 0 });
        return View("Mail", form);
    }
}
