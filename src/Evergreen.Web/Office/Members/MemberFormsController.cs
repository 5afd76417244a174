using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Evergreen.Web.Office.Members;

/// <summary>What can be changed about one member: each a form of its own, each form one verb.</summary>
[Route("office/{coop}/members/{number}")]
public sealed class MemberFormsController(Desk desk) : Controller
{
    private string Code => desk.CoOp.Code;

    private string Number => (string)RouteData.Values["number"]!;

    /// <summary>Every form says above it whose it is; a member who is not there is not found.</summary>
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        var page = new MemberPage(desk.Books).Run(Code, Number);
        if (page.IsRefused) context.Result = NotFound();
        else ViewData["Member"] = page.Value;
        base.OnActionExecuting(context);
    }

    private MemberPage.Content Member => (MemberPage.Content)ViewData["Member"]!;

    [HttpGet("edit"), Requires(Permission.EditMembers)]
    public IActionResult Edit()
    {
        var form = new EditForm { Version = Member.Version };
        form.Fill(Member.Particulars.ForAForm());
        return View("Edit", form);
    }

    [HttpPost("edit"), Requires(Permission.EditMembers)]
    public IActionResult Edit(EditForm form)
    {
        if (!ModelState.IsValid) return this.Redrawn("Edit", form);
        var done = new EditMember(desk.Books).Run(new(Code, Number, form.Version, form.Particulars, desk.Person));
        if (!done.IsRefused) return Done(done.Value.Edits.Count == 0 ? "Nothing was different, so nothing was changed." : "The changes are kept.");
        return Meanwhile("Edit", form, done.Refusal!, form.Version, () => form.Version = Member.Version);
    }

    /// <summary>The form with what was typed. Where others changed its fields since it was filled, their changes stand above it: sent again it goes over them, which have been seen by then.</summary>
    /// <param name="read">The version that it was filled from.</param>
    /// <param name="seen">Gives the form the version of now.</param>
    /// <param name="fields">How the fields begin that the form is about; all of them without.</param>
    private ViewResult Meanwhile(string view, object form, Refusal refusal, int? read, Action seen, string fields = "")
    {
        if (refusal.Code == "member-changed-meanwhile")
        {
            ViewData["Meanwhile"] = new EditMember(desk.Books).Since(Code, Number, read ?? 0).Value.Where(edit => edit.Field.StartsWith(fields, StringComparison.Ordinal)).ToList();
            seen();
            ModelState.Remove("Version");
        }
        return this.Redrawn(view, form, refusal);
    }

    [HttpGet("status"), Requires(Permission.EditMembers)]
    public IActionResult Status() => View("Status", new StatusForm { On = desk.Today });

    [HttpPost("status"), Requires(Permission.EditMembers)]
    public IActionResult Status(StatusForm form)
    {
        if (form.Status is null && ModelState.IsValid) ModelState.AddModelError("Status", "Choose a status.");
        if (this.Lacks(form.On, "On") || !ModelState.IsValid) return this.Redrawn("Status", form);
        var done = new ChangeStatus(desk.Books).Run(new(Code, Number, form.Status!.Value, form.On!.Value, desk.Person, form.Reason));
        return done.IsRefused ? this.Redrawn("Status", form, done.Refusal!)
            : Done(done.Value.AlreadyThere ? $"That was the status on {DayTagHelper.Text(done.Value.On)} already." : $"{MemberList.StatusWord(done.Value.Status)} from {DayTagHelper.Text(done.Value.On)} is recorded.");
    }

    [HttpGet("class"), Requires(Permission.EditMembers)]
    public IActionResult Class() => ClassView(new ClassForm { On = desk.Today });

    [HttpPost("class"), Requires(Permission.EditMembers)]
    public IActionResult Class(ClassForm form)
    {
        if (this.Lacks(form.On, "On") || !ModelState.IsValid) return Again(() => ClassView(form));
        var done = new ChangeClass(desk.Books).Run(new(Code, Number, form.Class ?? "", form.Enters == "enters", form.On!.Value, desk.Person));
        if (!done.IsRefused) return Done($"Classes from {DayTagHelper.Text(form.On.Value)} on: {(done.Value.Count == 0 ? "none" : string.Join(", ", done.Value))}.");
        ModelState.Refuse(done.Refusal!, Redrawing.FieldOf(done.Refusal!));
        return Again(() => ClassView(form));
    }

    private ViewResult ClassView(ClassForm form)
    {
        ViewData["Classes"] = new ListClasses(desk.Books).Run(Code).Value;
        return View("Class", form);
    }

    [HttpGet("consent"), Requires(Permission.EditMembers)]
    public IActionResult Consent() => View("Consent", new ConsentForm { On = desk.Today });

    [HttpPost("consent"), Requires(Permission.EditMembers)]
    public IActionResult Consent(ConsentForm form)
    {
        if (form.Kind is null && ModelState.IsValid) ModelState.AddModelError("Kind", "Choose the kind of consent.");
        if (this.Lacks(form.On, "On") || !ModelState.IsValid) return this.Redrawn("Consent", form);
        var done = new RecordConsent(desk.Books).Run(new(Code, Number, form.Kind!.Value, form.On!.Value, desk.Person, form.Ends == "ends", Bylaw: form.Bylaw));
        return done.IsRefused ? this.Redrawn("Consent", form, done.Refusal!, done.Refusal!.Code == "text-too-long" ? "Bylaw" : null) : Done("The consent is recorded.");
    }

    [HttpGet("household"), Requires(Permission.EditMembers)]
    public IActionResult Household() => View("Household", new HouseholdForm { Owner = Member.HouseholdOf?.Number, On = desk.Today });

    [HttpPost("household"), Requires(Permission.EditMembers)]
    public IActionResult Household(HouseholdForm form)
    {
        if (this.Lacks(form.On, "On") || !ModelState.IsValid) return this.Redrawn("Household", form);
        var done = new JoinHousehold(desk.Books).Run(new(Code, Number, form.Owner, form.On!.Value, desk.Person));
        return done.IsRefused ? this.Redrawn("Household", form, done.Refusal!) : Done(done.Value.OwnerId is null ? $"Member {Number} is in no household now." : $"Member {Number} is in the household of {form.Owner!.Trim()} now.");
    }

    [HttpGet("bank"), Requires(Permission.EditSecrets)]
    public IActionResult Bank() => View("Bank", new BankForm { Version = Member.Version, Scheme = Member.BankScheme, Routing = Member.BankRouting, AccountType = Member.BankAccountType });

    [HttpPost("bank"), Requires(Permission.EditSecrets)]
    public IActionResult Bank(BankForm form)
    {
        if (!ModelState.IsValid) return this.Redrawn("Bank", form);
        var done = new ChangeBankDetails(desk.Books).Run(new(Code, Number, new BankDetails(form.Scheme, form.Routing, form.Account, form.AccountType), desk.Person, form.Version));
        return done.IsRefused ? Meanwhile("Bank", form, done.Refusal!, form.Version, () => form.Version = Member.Version, "bank_") : Done(done.Value is null ? "The bank details are taken away." : $"The bank account ending in {done.Value} is kept.");
    }

    [HttpGet("tax-id"), Requires(Permission.EditSecrets)]
    public IActionResult TaxId() => View("TaxId", new TaxIdForm { Version = Member.Version, Type = Member.TaxIdType });

    [HttpPost("tax-id"), Requires(Permission.EditSecrets)]
    public IActionResult TaxId(TaxIdForm form)
    {
        if (!ModelState.IsValid) return this.Redrawn("TaxId", form);
        var done = new ChangeTaxId(desk.Books).Run(new(Code, Number, form.Type, form.Number, desk.Person, form.Version));
        return done.IsRefused ? Meanwhile("TaxId", form, done.Refusal!, form.Version, () => form.Version = Member.Version, "tax_id") : Done(done.Value is null ? "The tax number is taken away." : $"The tax number ending in {done.Value} is kept.");
    }

    [HttpGet("reveal/{secret:regex(^(tax-id|bank-account)$)}"), Requires(Permission.RevealSecrets)]
    public IActionResult Reveal(string secret) => RevealView(secret, new RevealForm());

    /// <summary>Answers with the number itself and never keeps it: not in the browser, not on the way.</summary>
    [HttpPost("reveal/{secret:regex(^(tax-id|bank-account)$)}"), Requires(Permission.RevealSecrets)]
    public IActionResult Reveal(string secret, RevealForm form)
    {
        var shown = new RevealSecret(desk.Books).Run(new(Code, Number, secret == "tax-id" ? MemberSecret.TaxId : MemberSecret.BankAccount, form.Reason, desk.Person));
        if (shown.IsRefused)
        {
            ModelState.Refuse(shown.Refusal!, Redrawing.FieldOf(shown.Refusal!));
            return Again(() => RevealView(secret, form));
        }
        Response.Headers.CacheControl = "no-store";
        ViewData["Shown"] = shown.Value;
        return RevealView(secret, form);
    }

    private ViewResult RevealView(string secret, RevealForm form)
    {
        ViewData["Secret"] = secret;
        return View("Reveal", form);
    }

    [HttpGet("note"), Requires(Permission.EditMembers)]
    public IActionResult Note() => View("Note", new NoteForm());

    [HttpPost("note"), Requires(Permission.EditMembers)]
    public IActionResult Note(NoteForm form)
    {
        var done = new AddNote(desk.Books).Run(new(Code, Number, form.Text, desk.Person));
        return done.IsRefused ? this.Redrawn("Note", form, done.Refusal!) : Done("The note is kept.");
    }

    [HttpGet("documents/add"), Requires(Permission.EditMembers)]
    public IActionResult AddDocument() => View("AddDocument", new DocumentForm());

    [HttpPost("documents/add"), Requires(Permission.EditMembers)]
    public IActionResult AddDocument(DocumentForm form)
    {
        if (form.File is null || form.File.Length == 0)
        {
            ModelState.AddModelError("File", "Choose a file.");
            return this.Redrawn("AddDocument", form);
        }
        // One byte more than may be kept is enough to be told that it is too much.
        var bytes = new byte[Math.Min(form.File.Length, MemberDocument.Largest + 1)];
        using (var stream = form.File.OpenReadStream()) stream.ReadExactly(bytes);
        var done = new AddDocument(desk.Books).Run(new(Code, Number, form.File.FileName, bytes, desk.Person));
        if (done.IsRefused) return this.Redrawn("AddDocument", form, done.Refusal!);
        TempData.Say($"{done.Value.FileName} is kept.");
        return LocalRedirect($"/office/{Code}/members/{Uri.EscapeDataString(Number)}/documents");
    }

    /// <summary>Changes nothing but the audit, in which it stands who wrote it.</summary>
    [HttpGet("letters/{letter:regex(^(welcome|exit)$)}"), Requires(Permission.EditMembers)]
    public IActionResult Letter(string letter)
    {
        var write = new WriteLetter(desk.Books);
        var done = letter == "welcome" ? write.Welcome(Code, Number, desk.Person) : write.Exit(Code, Number, desk.Person);
        if (!done.IsRefused) return File(done.Value.Pdf, "application/pdf", done.Value.FileName);
        TempData.Say(done.Refusal!.Sentence);
        return LocalRedirect($"/office/{Code}/members/{Uri.EscapeDataString(Number)}/documents");
    }

    [HttpPost("mail/{id:int}/again"), Requires(Permission.EditMembers)]
    public IActionResult MailAgain(int id)
    {
        var again = new SendMemberMailAgain(desk.Books).Run(new(Code, Number, id, desk.Person));
        if (again.Refusal?.Code == "mail-unknown") return NotFound();
        TempData.Say(again.IsRefused ? again.Refusal!.Sentence : "The mail is sent once more.", again.IsRefused);
        return LocalRedirect($"/office/{Code}/members/{Uri.EscapeDataString(Number)}/mail");
    }

    private ViewResult Again(Func<ViewResult> view)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return view();
    }

    private LocalRedirectResult Done(string said)
    {
        TempData.Say(said);
        return LocalRedirect($"/office/{Code}/members/{Uri.EscapeDataString(Number)}");
    }
}
