using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Web.Access.Outside;
using Evergreen.Web.Demo;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Access;

/// <summary>The first run, in five screens: the code from the console and where the books are kept, the co-op (or the samples in its place), the first administrator, a second factor, and a test mail that may be skipped. After that none of these pages is there.</summary>
[AllowAnonymous]
[InEnglish]
[Route("set-up")]
public sealed class SetUpController(Door door, PassingCookie passing, SetUpHouse setUp, Books books, JobFiles files, Greeting greeting, BooksChoice choice, AccessMode mode, Arrivals arrivals) : Controller
{
    private const string Code = "set-up", CoOp = "set-up-co-op", Start = "set-up-start", Samples = "demo";

    public sealed class CodeForm
    {
        [Required(ErrorMessage = "Type the set-up code.")]
        public string Code { get; set; } = "";

        /// <summary>What to begin with: empty books, or <c>demo</c> for the samples.</summary>
        public string? Start { get; set; } = "empty";

        /// <summary>Where the books are kept: in the file they are in, or on a server.</summary>
        public DatabaseKind Place { get; set; } = DatabaseKind.Sqlite;
        public string? Host { get; set; }
        public int? Port { get; set; }
        public string? Database { get; set; }
        public string? User { get; set; }
        public string? Password { get; set; }

        /// <summary>Only over an encrypted line to a server whose certificate is right.</summary>
        public bool Verified { get; set; }

        /// <summary>Whether a server may be chosen; else the books were named when the program was started, or hold something already.</summary>
        [BindNever, ValidateNever]
        public bool MayChooseBooks { get; set; }

        /// <summary>Whether the samples can be chosen.</summary>
        [BindNever, ValidateNever]
        public bool MayTakeSamples { get; set; }

        /// <summary>Whether a co-op is founded otherwise; else there is one already.</summary>
        [BindNever, ValidateNever]
        public bool NeedsCoOp { get; set; }

        /// <summary>The kind of database, in words.</summary>
        [BindNever, ValidateNever]
        public string Books { get; set; } = "";
    }

    public sealed class CoOpForm
    {
        [Required(ErrorMessage = "Give the co-op's name.")]
        [StringLength(120, ErrorMessage = "Give a name of at most 120 characters.")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Give a short code for addresses.")]
        public string Code { get; set; } = "";
        public string Country { get; set; } = "US";
        public string Currency { get; set; } = "USD";

        /// <summary>Tag of the language; with the country it makes the locale.</summary>
        public string? Language { get; set; } = "";

        [Range(1, 12, ErrorMessage = "Choose the month in which the fiscal year ends.")]
        public int FiscalYearEndMonth { get; set; } = 12;

        [Required(ErrorMessage = "Choose the time zone.")]
        public string TimeZone { get; set; } = "America/Chicago";
    }

    public sealed class PersonForm
    {
        [Required(ErrorMessage = "Give your name.")]
        public string DisplayName { get; set; } = "";

        [Required(ErrorMessage = "Give your mail address.")]
        public string Mail { get; set; } = "";

        [Required(ErrorMessage = "Choose a password.")]
        public string Password { get; set; } = "";

        /// <summary>Whether the samples are put into the books with this screen.</summary>
        [BindNever, ValidateNever]
        public bool WithSamples { get; set; }

        /// <summary>As whom the person came back from the authority that stands in the place of passwords; null for whoever did not go there yet.</summary>
        [BindNever, ValidateNever]
        public string? CameAs { get; set; }
    }

    [HttpGet("")]
    public IActionResult Begin() => setUp.IsOver() ? NotFound() : View("Begin", Told(new CodeForm()));

    [HttpPost("")]
    public IActionResult Begin(CodeForm form)
    {
        if (setUp.IsOver()) return NotFound();
        Told(form);
        if (!ModelState.IsValid) return Wrong("Begin", form);
        var right = setUp.CheckCode(form.Code, door.From);
        if (right.IsRefused) return Wrong("Begin", form, right.Refusal!, nameof(form.Code));
        passing.Keep(Code, form.Code);
        var samples = form.Start == Samples && form.MayTakeSamples;
        passing.Keep(Start, samples ? Samples : "empty");
        var next = form.NeedsCoOp && !samples ? "/set-up/co-op" : "/set-up/you";
        return form is { MayChooseBooks: true, Place: not DatabaseKind.Sqlite } ? GoOver(form, next) : LocalRedirect(next);
    }

    /// <summary>To the books on a server: the site answers once more, and is then put together anew with them.</summary>
    private ViewResult GoOver(CodeForm form, string next)
    {
        var chosen = new ChooseBooks(books, mode, choice.Chosen).Run(new(form.Code, form.Place, form.Host, form.Port, form.Database, form.User, form.Password, form.Verified, door.From));
        if (chosen.IsRefused)
        {
            return Wrong("Begin", form, chosen.Refusal!, chosen.Refusal!.Code switch
            {
                "database-host" or "database-silent" => nameof(form.Host), "database-port" => nameof(form.Port), "database-unnamed" or "database-absent" or "database-taken" => nameof(form.Database),
                "database-user" or "database-login" or "database-rights" => nameof(form.User), "database-line" => nameof(form.Verified), _ => nameof(form.Place),
            });
        }
        choice.GoOver(Response);
        return View("Moved", new Moved(chosen.Value.ToString(), next));
    }

    /// <param name="Books">Where the books are now.</param>
    /// <param name="Next">The screen that comes next.</param>
    public sealed record Moved(string Books, string Next);

    [HttpGet("co-op")]
    public IActionResult AskCoOp() => setUp.IsOver() ? NotFound() : passing.Read(Code) is null || !setUp.NeedsCoOp() || WithSamples ? LocalRedirect("/set-up") : View("CoOp", Kept() ?? new CoOpForm());

    [HttpPost("co-op")]
    public IActionResult AskCoOp(CoOpForm form)
    {
        if (setUp.IsOver()) return NotFound();
        if (passing.Read(Code) is null) return LocalRedirect("/set-up");
        if (!ModelState.IsValid) return Wrong("CoOp", form);
        if (CreateCoOp.Check(RequestOf(form)) is { } refusal) return Wrong("CoOp", form, refusal, refusal.Code switch { "coop-code" => nameof(form.Code), "coop-time-zone" => nameof(form.TimeZone), _ => "" });
        passing.Keep(CoOp, JsonSerializer.Serialize(form));
        return LocalRedirect("/set-up/you");
    }

    private OutsideSettings? Alone => OutsideSettings.AloneAt(HttpContext);

    [HttpGet("you")]
    public IActionResult AskPerson()
    {
        if (setUp.IsOver()) return NotFound();
        var came = arrivals.Waiting(Alone);
        return passing.Read(Code) is null ? LocalRedirect("/set-up") : View("Person", new PersonForm { WithSamples = WithSamples, DisplayName = came?.Name ?? "", CameAs = came?.Mail });
    }

    [HttpPost("you")]
    public async Task<IActionResult> AskPerson(PersonForm form)
    {
        if (setUp.IsOver()) return NotFound();
        if (passing.Read(Code) is not { } code) return LocalRedirect("/set-up");
        form.WithSamples = WithSamples;
        var came = arrivals.Waiting(Alone);
        if (Alone is not null)
        {
            if (came is not { Person: not null }) return LocalRedirect("/set-up/you");
            form.CameAs = came.Mail;
            foreach (var elsewhere in (string[])[nameof(form.Mail), nameof(form.Password)]) ModelState.Remove(elsewhere);
        }
        var coOp = setUp.NeedsCoOp() && !form.WithSamples ? Kept() : null;
        if (coOp is null && !form.WithSamples && setUp.NeedsCoOp()) return LocalRedirect("/set-up/co-op");
        if (!ModelState.IsValid) return Wrong("Person", form);
        var request = new SetUpHouse.Request(code, coOp is null ? null : RequestOf(coOp), form.Mail, form.DisplayName, form.Password, door.From, form.WithSamples, came?.Person);
        var done = form.WithSamples && TakeSamples(request) is { } against ? against : setUp.Run(request);
        if (done.IsRefused)
        {
            var field = done.Refusal!.Code switch { "mail-form" => nameof(form.Mail), "name-missing" => nameof(form.DisplayName), var other when other.StartsWith("password-", StringComparison.Ordinal) => nameof(form.Password), _ => "" };
            return Wrong("Person", form, done.Refusal, field);
        }
        passing.Drop(Code);
        passing.Drop(CoOp);
        passing.Drop(Start);
        if (form.WithSamples) greeting.SayDemo(HttpContext.RequestServices);
        var mail = $"/office/{done.Value.CoOpCode}/settings/mail?first=true";
        if (came is null) await door.Open(done.Value.UserId, Proof.Password);
        else await arrivals.Open(done.Value.UserId, came);
        TempData.Say(form.WithSamples ? "The demo is loaded, and you are its first administrator. The console says how its people sign in." : "The co-op is set up, and you are its first administrator.");
        return LocalRedirect(came is { SecondFactor: true } ? mail : $"/account/second-factor?returnUrl={Uri.EscapeDataString(mail)}");
    }

    // The demo's people have a password and nothing else.
    private bool WithSamples => Alone is null && passing.Read(Start) == Samples;

    private CodeForm Told(CodeForm form)
    {
        (form.Books, form.NeedsCoOp, form.MayChooseBooks, form.MayTakeSamples) = (BooksInWords(), setUp.NeedsCoOp(), choice.IsOpen && setUp.NeedsCoOp(), Alone is null && setUp.MayTakeSamples([.. SampleCoOp.All().Select(sample => sample.Code)]));
        return form;
    }

    /// <summary>Puts the samples into the books, once it is sure that the administrator can be made; broken off, it is done again and finds what is there.</summary>
    private Refusal? TakeSamples(SetUpHouse.Request request)
    {
        if (setUp.Check(request) is { } wrong) return wrong;
        var loaded = LoadDemo.Run(books.Address, Path.Combine(files.Root, "demo", "statements"), null);
        return loaded.IsRefused ? loaded.Refusal : null;
    }

    private string BooksInWords() => books.Address.Kind switch { DatabaseKind.Sqlite => $"the SQLite file {books.Address.Path}", DatabaseKind.PostgreSql => "PostgreSQL", _ => "SQL Server" };

    private CoOpForm? Kept() => passing.Read(CoOp) is { } kept ? JsonSerializer.Deserialize<CoOpForm>(kept) : null;

    private static CreateCoOp.Request RequestOf(CoOpForm form) =>
        new(form.Code.Trim(), form.Name, form.Country, form.Currency, form.FiscalYearEndMonth, form.Country == "GB" ? TaxRegime.UkRegisteredSociety : TaxRegime.SubchapterT, "") { TimeZone = form.TimeZone, Language = form.Language };

    private ViewResult Wrong(string view, object form, Refusal? refusal = null, string field = "")
    {
        if (refusal is not null) ModelState.Refuse(refusal, field);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(view, form);
    }
}
