using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Office.Settings;

public sealed class TextForm
{
    public string? Subject { get; set; }
    public string? Words { get; set; }

    /// <summary>The version that stood there when the form was opened.</summary>
    public int Seen { get; set; }

    /// <summary>Which button was pressed: <c>look</c> shows it to nobody but whoever typed it.</summary>
    public string? Then { get; set; }

    [BindNever, ValidateNever]
    public TextPage.Result Page { get; set; } = null!;

    /// <summary>As a made-up member would read it; null where it was not asked for.</summary>
    [BindNever, ValidateNever]
    public CoOpTexts.Written? Sample { get; set; }

    public static TextForm Of(TextPage.Result page) => new() { Subject = page.Subject, Words = page.Words, Seen = page.Version, Page = page };
}

/// <summary>How the co-op words its letters and mails to members.</summary>
[Area("Office")]
[Route("office/{coop}/settings/texts")]
public sealed class TextsController(Desk desk, MailSettings mail) : Controller
{
    private string CoOp => desk.CoOp.Code;

    [Requires(Permission.EditSettings)]
    [HttpGet("")]
    public IActionResult Texts() => View("Texts", new ListTexts(desk.Books).Run(CoOp).Value);

    [Requires(Permission.EditSettings)]
    [HttpGet("{text}/{language}")]
    public IActionResult Text(string text, string language) => Find(text, language) is { } page ? Shown(TextForm.Of(page), page.Subject, page.Words) : NotFound();

    [Requires(Permission.EditSettings)]
    [HttpPost("{text}/{language}")]
    public IActionResult Text(string text, string language, TextForm form)
    {
        if (Find(text, language) is not { } page) return NotFound();
        form.Page = page;
        if (form.Then == "look")
        {
            var typed = page.Template.Checked(form.Subject, form.Words);
            return typed.IsRefused ? Again(form, typed.Refusal!) : Shown(form, typed.Value.Subject, typed.Value.Words);
        }
        var worded = new WordText(desk.Books).Run(new(CoOp, text, language, form.Seen, form.Subject ?? "", form.Words ?? "", desk.Person));
        return worded.IsRefused ? Again(form, worded.Refusal!) : Done(page, page.Template.IsSentence ? "is kept. It stands on the pages of members who read it from now on, and on the statements that are drawn from now on." : "is kept. It is used from the next letter or mail on.");
    }

    [Requires(Permission.EditSettings)]
    [HttpPost("{text}/{language}/built-in")]
    public IActionResult BuiltIn(string text, string language, int seen)
    {
        if (Find(text, language) is not { } page) return NotFound();
        var worded = new WordText(desk.Books).Run(new(CoOp, text, language, seen, null, null, desk.Person));
        return worded.IsRefused ? Again(TextForm.Of(page), worded.Refusal!) : Done(page, page.Template.IsSentence ? "says what the co-op’s details say again." : "has its built-in words again.");
    }

    private TextPage.Result? Find(string text, string language) => new TextPage(desk.Books).Run(CoOp, text, language) is { IsRefused: false } page ? page.Value : null;

    private ViewResult Shown(TextForm form, string subject, string words)
    {
        var language = form.Page.Language;
        form.Sample = CoOpTexts.Fill(desk.CoOp, language, subject, words, [("redemption", RedemptionWords.Of(desk.Books, desk.CoOp, language).Words), .. TextTemplate.Sample(language, desk.Today, mail.Site ?? $"{Request.Scheme}://{Request.Host}")]);
        return View("Text", form);
    }

    private LocalRedirectResult Done(TextPage.Result page, string said)
    {
        TempData.Say($"“{page.Template.Title}” in {Locales.Name(page.Language.Tongue)} {said}");
        return LocalRedirect($"/office/{CoOp}/settings/texts");
    }

    private ViewResult Again(TextForm form, Refusal refusal)
    {
        ModelState.Refuse(refusal, refusal.Code switch { "text-changed" => "", "text-subject" => nameof(form.Subject), _ => nameof(form.Words) });
        if (refusal.Code == "text-changed")
        {
            // What stands there now is shown above; what was typed stays in the form and may be sent again.
            ViewData["Now"] = form.Page;
            form.Seen = form.Page.Version;
            ModelState.Remove(nameof(form.Seen));
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Text", form);
    }
}
