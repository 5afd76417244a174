using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Patronage;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Office.Settings;

public sealed class DetailsForm
{
    public string? Name { get; set; }
    public string? Address { get; set; }
    public string? ContactName { get; set; }
    public string? ContactEmail { get; set; }
    public string? ContactPhone { get; set; }
    public string? BrandColour { get; set; }
    public string? RedemptionSentence { get; set; }
    public string? TimeZone { get; set; }
    public string? Language { get; set; }

    /// <summary>As it stood when the form was opened.</summary>
    public SeenDetails Seen { get; set; } = new();

    public static DetailsForm Of(CoOpDetails details) => new()
    {
        Name = details.Name, Address = details.Address, ContactName = details.ContactName, ContactEmail = details.ContactEmail, ContactPhone = details.ContactPhone, BrandColour = details.BrandColour,
        RedemptionSentence = details.RedemptionSentence, TimeZone = details.TimeZone, Language = details.Language, Seen = SeenDetails.Of(details),
    };

    public CoOpDetails Details() => new(Name ?? "", Address ?? "", ContactName ?? "", ContactEmail ?? "", ContactPhone ?? "", BrandColour ?? "", RedemptionSentence ?? "") { TimeZone = TimeZone ?? "", Language = Language ?? "" };
}

public sealed class SeenDetails
{
    public string? Name { get; set; }
    public string? Address { get; set; }
    public string? ContactName { get; set; }
    public string? ContactEmail { get; set; }
    public string? ContactPhone { get; set; }
    public string? BrandColour { get; set; }
    public string? RedemptionSentence { get; set; }
    public string? TimeZone { get; set; }
    public string? Language { get; set; }

    public static SeenDetails Of(CoOpDetails details) => new()
    {
        Name = details.Name, Address = details.Address, ContactName = details.ContactName, ContactEmail = details.ContactEmail, ContactPhone = details.ContactPhone, BrandColour = details.BrandColour, RedemptionSentence = details.RedemptionSentence,
        TimeZone = details.TimeZone, Language = details.Language,
    };

    public CoOpDetails Details() => new(Name ?? "", Address ?? "", ContactName ?? "", ContactEmail ?? "", ContactPhone ?? "", BrandColour ?? "", RedemptionSentence ?? "") { TimeZone = TimeZone ?? "", Language = Language ?? "" };
}

public sealed class LogoForm
{
    public IFormFile? File { get; set; }
    public bool Remove { get; set; }

    /// <summary>The logo that was there when the form was opened.</summary>
    public string? Seen { get; set; }

    /// <summary>What was chosen before somebody else's logo was found there, in Base64: a browser does not send a file twice.</summary>
    public string? Kept { get; set; }

    /// <summary>The logo that is there, as an address that holds it; null where there is none.</summary>
    [BindNever, ValidateNever]
    public string? Picture { get; set; }

    /// <summary>The logo that was chosen, where another came in between.</summary>
    [BindNever, ValidateNever]
    public string? Mine { get; set; }
}

public sealed class RetentionForm
{
    public int? Years { get; set; }

    /// <summary>As it stood when the form was opened.</summary>
    public int Seen { get; set; }
}

public sealed class BankHoldForm
{
    public int? Days { get; set; }

    /// <summary>As it stood when the form was opened.</summary>
    public int Seen { get; set; }
}

public sealed class DepartmentForm
{
    public string? Name { get; set; }
    public string? Note { get; set; }

    /// <summary>As they stood when the form was opened.</summary>
    public string? SeenName { get; set; }
    public string? SeenNote { get; set; }

    /// <summary>Whether somebody else changed it since.</summary>
    [BindNever, ValidateNever]
    public bool Changed { get; set; }

    [BindNever, ValidateNever]
    public Department Department { get; set; } = null!;
}

/// <param name="Counted">Which of them count, by the policy.</param>
public sealed record DepartmentsView(IReadOnlyList<Department> Rows, CountedDepartments.Result Counted);

/// <summary>What the co-op says of itself, its departments, its logo and how long records are kept.</summary>
[Area("Office")]
[Route("office/{coop}/settings")]
public sealed class SettingsController(Desk desk) : Controller
{
    private string CoOp => desk.CoOp.Code;

    [Requires(Permission.EditSettings)]
    [HttpGet("")]
    public IActionResult Overview() => View("Overview");

    [Requires(Permission.EditSettings)]
    [HttpGet("details")]
    public IActionResult Details() => View("Details", DetailsForm.Of(CoOpDetails.Of(desk.CoOp)));

    [Requires(Permission.EditSettings)]
    [HttpPost("details")]
    public IActionResult Details(DetailsForm form)
    {
        var edited = new EditCoOp(desk.Books).Run(new(CoOp, form.Seen.Details(), form.Details(), desk.Person));
        if (!edited.IsRefused) return Done("The details are changed.");
        ModelState.Refuse(edited.Refusal!, edited.Refusal!.Code switch
        {
            "coop-name-missing" => nameof(form.Name),
            "coop-email" => nameof(form.ContactEmail),
            "coop-time-zone" => nameof(form.TimeZone),
            "coop-value" => nameof(form.BrandColour),
            _ => "",
        });
        if (edited.Refusal.Code == "coop-changed")
        {
            // What stands there now is shown in the summary; what was typed stays in the form and may be sent again.
            ViewData["Now"] = CoOpDetails.Of(desk.CoOp);
            form.Seen = SeenDetails.Of(CoOpDetails.Of(desk.CoOp));
            foreach (var field in ModelState.Keys.Where(key => key.StartsWith(nameof(form.Seen), StringComparison.Ordinal)).ToList()) ModelState.Remove(field);
        }
        return Again("Details", form);
    }

    [Requires(Permission.EditSettings)]
    [HttpGet("logo")]
    public IActionResult Logo() => View("Logo", AsItIs(new LogoForm()));

    [Requires(Permission.EditSettings)]
    [HttpPost("logo")]
    [RequestSizeLimit(1 << 20)]
    public IActionResult Logo(LogoForm form)
    {
        var logo = form.Remove ? null : Chosen(form);
        if (!form.Remove && logo is null)
        {
            ModelState.AddModelError(nameof(form.File), "Choose a file, or say that the logo is to go.");
            return Again("Logo", AsItIs(form));
        }
        var set = new SetLogo(desk.Books).Run(new(CoOp, logo, desk.Person, form.Seen ?? ""));
        if (!set.IsRefused)
        {
            TempData.Say(set.Value ? "The logo is set. Look at the sample statement to see how it prints." : "The logo is removed.");
            return RedirectToAction(nameof(Logo), new { coop = CoOp });
        }
        var changed = set.Refusal!.Code == "logo-changed";
        ModelState.Refuse(set.Refusal, changed ? "" : nameof(form.File));
        if (changed && logo is not null) (form.Kept, form.Mine) = (Convert.ToBase64String(logo), AddressOf(logo));
        return Again("Logo", AsItIs(form));
    }

    [Requires(Permission.EditSettings)]
    [HttpGet("retention")]
    public IActionResult Retention() => View("Retention", new RetentionForm { Years = desk.CoOp.RetentionYears, Seen = desk.CoOp.RetentionYears });

    [Requires(Permission.EditSettings)]
    [HttpPost("retention")]
    public IActionResult Retention(RetentionForm form)
    {
        if (ModelState.IsValid)
        {
            var set = new SetRetention(desk.Books).Run(new(CoOp, form.Years ?? 0, desk.Person, form.Seen));
            if (!set.IsRefused) return Done($"Records of persons are kept for {set.Value} years.");
            ModelState.Refuse(set.Refusal!, nameof(form.Years));
            if (set.Refusal!.Code == "term-changed") form.Seen = desk.CoOp.RetentionYears;
        }
        return Again("Retention", form);
    }

    [Requires(Permission.EditSafeguards)]
    [HttpGet("bank-hold")]
    public IActionResult BankHold() => View("BankHold", new BankHoldForm { Days = desk.CoOp.BankHoldDays, Seen = desk.CoOp.BankHoldDays });

    [Requires(Permission.EditSafeguards)]
    [HttpPost("bank-hold")]
    public IActionResult BankHold(BankHoldForm form)
    {
        if (ModelState.IsValid)
        {
            var set = new SetBankHold(desk.Books).Run(new(CoOp, form.Days ?? 0, desk.Person, form.Seen));
            if (!set.IsRefused) return Done($"Bank details that members change wait for {set.Value} days.");
            ModelState.Refuse(set.Refusal!, nameof(form.Days));
            if (set.Refusal!.Code == "term-changed") form.Seen = desk.CoOp.BankHoldDays;
        }
        return Again("BankHold", form);
    }

    [Requires(Permission.EditSettings)]
    [HttpGet("departments")]
    public IActionResult Departments(string? sort) => new DepartmentsPage(desk.Books).Run(CoOp, sort) is { IsRefused: false } page ? View("Departments", new DepartmentsView(page.Value, Counted())) : NotFound();

    [Requires(Permission.EditSettings)]
    [HttpGet("departments" + HandedOut.Ending)]
    public IActionResult DepartmentsFile(string? sort, string format)
    {
        var counted = Counted();
        return this.HandOut(format, $"{CoOp}-departments", "Departments", ["Code", "Name", "What", counted.Year is { } year ? $"Counts in {year}" : "Counts", "Rows", "Last year with rows", "Sum of that year", "Note"],
            new DepartmentsPage(desk.Books).Run(CoOp, sort).Value.Select(department => (IReadOnlyList<Cell>)
            [
                department.Code, department.Name, department.Measure == Measure.Hours ? "Hours" : "Purchases", Counts(counted, department), (long?)department.Rows, (long?)department.LastYear, new Money(department.Quantity).ToString(), department.Note,
            ]));
    }

    private CountedDepartments.Result Counted() => new CountedDepartments(desk.Books).Run(CoOp).Value;

    /// <summary>In which pools a department counts, in words; null where no policy says so yet.</summary>
    public static string? Counts(CountedDepartments.Result counted, Department department) =>
        counted.Year is null ? null : counted.Pools.GetValueOrDefault((department.Measure, department.Code)) is { Count: > 0 } pools ? $"yes: {string.Join(", ", pools)}" : "no";

    [Requires(Permission.EditSettings)]
    [HttpGet("departments/{id:int}")]
    public IActionResult Department(int id) => Find(id) is { } department ? View("Department", new DepartmentForm { Name = department.Name, Note = department.Note, SeenName = department.Name, SeenNote = department.Note, Department = department }) : NotFound();

    [Requires(Permission.EditSettings)]
    [HttpPost("departments/{id:int}")]
    public IActionResult Department(int id, DepartmentForm form)
    {
        if (Find(id) is not { } department) return NotFound();
        form.Department = department;
        var edited = new EditDepartment(desk.Books).Run(new(CoOp, id, form.Name ?? "", form.Note ?? "", desk.Person, (form.SeenName ?? "", form.SeenNote ?? "")));
        if (edited is { IsRefused: true, Refusal.Code: "department-changed" })
        {
            // What stands there now is shown above; what was typed stays in the form and may be sent again.
            (form.Changed, form.SeenName, form.SeenNote) = (true, department.Name, department.Note);
            ModelState.Refuse(edited.Refusal!);
            return Again("Department", form);
        }
        if (edited.IsRefused)
        {
            ModelState.Refuse(edited.Refusal!, (form.Name ?? "").Length > EditDepartment.LongestName ? nameof(form.Name) : nameof(form.Note));
            return Again("Department", form);
        }
        TempData.Say($"Department {department.Code} is changed.");
        return RedirectToAction(nameof(Departments), new { coop = CoOp });
    }

    /// <summary>A statement of a made-up member, as members would be given it.</summary>
    [Requires(Permission.EditSettings)]
    [HttpGet("sample-statement")]
    public IActionResult SampleStatement()
    {
        var drawn = new PreviewStatement(desk.Books).Run(CoOp);
        if (!drawn.IsRefused) return File(drawn.Value, "application/pdf", $"{CoOp}-sample-statement.pdf");
        ModelState.Refuse(drawn.Refusal!);
        return Again("Logo", AsItIs(new LogoForm()));
    }

    private Department? Find(int id) => new DepartmentsPage(desk.Books).Run(CoOp) is { IsRefused: false } page ? page.Value.FirstOrDefault(department => department.Id == id) : null;

    /// <summary>With the logo that is there now.</summary>
    private LogoForm AsItIs(LogoForm form)
    {
        var logo = desk.Books.Read(db => db.CoOps.Where(coOp => coOp.Code == CoOp).Select(coOp => coOp.LogoPng).Single());
        (form.Seen, form.Picture) = (SetLogo.Mark(logo), logo is { Length: > 0 } ? AddressOf(logo) : null);
        return form;
    }

    private static string? AddressOf(byte[] logo) => SetLogo.ContentType(logo) is { } type ? $"data:{type};base64,{Convert.ToBase64String(logo)}" : null;

    /// <summary>The file that was chosen, now or before another logo was found there; null where there is none.</summary>
    private static byte[]? Chosen(LogoForm form)
    {
        if (form.File is { Length: > 0 } file)
        {
            using var copy = new MemoryStream();
            file.CopyTo(copy);
            return copy.ToArray();
        }
        var bytes = new byte[form.Kept?.Length ?? 0];
        return bytes.Length > 0 && Convert.TryFromBase64String(form.Kept!, bytes, out var written) && written > 0 ? bytes[..written] : null;
    }

    private RedirectToActionResult Done(string sentence)
    {
        TempData.Say(sentence);
        return RedirectToAction(nameof(Overview), new { coop = CoOp });
    }

    private ViewResult Again(string view, object form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(view, form);
    }
}
