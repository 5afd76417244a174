using Evergreen.Application.Access;
using Evergreen.Application.Mail;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Settings;

/// <summary>Where mail goes, and a mail to try it.</summary>
[Area("Office")]
[Route("office/{coop}/settings/mail")]
[Requires(Permission.EditSettings)]
public sealed class MailController(Desk desk, MailSettings mail) : Controller
{
    public sealed class TestForm
    {
        public string? ToAddress { get; set; }

        /// <summary>At the end of the set-up.</summary>
        public bool First { get; set; }
    }

    /// <param name="Way">The way out in plain words, without a password.</param>
    public sealed record Standing(string Way, string From, string? Site);

    /// <param name="first">At the end of the set-up, where it may be skipped.</param>
    [HttpGet("")]
    public IActionResult Show(bool first = false) => Page(new TestForm { ToAddress = desk.Person, First = first });

    [HttpPost("")]
    public IActionResult Try(TestForm form)
    {
        var letter = MailLetter.Of("A test from Evergreen", [$"This mail shows that {desk.CoOp.Name} can write to its members.", "Nothing has to be done."], null, desk.CoOp.Name);
        var sent = new MailAtOnce(desk.Books, mail.Route).Run(new(desk.CoOp.Id, "mail.test", "mail server", form.ToAddress?.Trim() ?? "", "", letter, desk.Person));
        if (!sent.IsRefused)
        {
            TempData.Say($"The test mail was taken for {form.ToAddress}. Look whether it arrives.");
            return LocalRedirect($"/office/{desk.CoOp.Code}{(form.First ? "" : "/settings/mail")}");
        }
        ModelState.Refuse(sent.Refusal!, nameof(form.ToAddress));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page(form);
    }

    private ViewResult Page(TestForm form)
    {
        ViewData["Standing"] = new Standing(mail.Route switch
        {
            SmtpRoute smtp => $"the mail server {smtp.Host}, port {smtp.Port}, {(smtp.Security == SmtpSecurity.None ? "not encrypted" : "encrypted")}",
            FolderRoute folder => $"no server is set: mails are put as files into the folder {folder.Folder}",
            _ => mail.Route.ToString(),
        }, mail.Route.From.ToString(), mail.Site);
        return View("Mail", form);
    }
}
