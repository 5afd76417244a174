using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Evergreen.Web.Portal.Letters;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Portal.Me;

/// <summary>A member's own particulars: what the co-op knows to reach them.</summary>
[Route("my/{coop}/me")]
public sealed class MeController(MemberDesk desk, PortalWords words, MailSettings mail) : Controller
{
    public sealed class DetailsForm
    {
        public int Version { get; set; }
        public string? Name { get; set; }
        public string? AddressLine1 { get; set; }
        public string? AddressLine2 { get; set; }
        public string? City { get; set; }
        public string? Region { get; set; }
        public string? PostalCode { get; set; }
        public string? Country { get; set; }
        public string? Phone { get; set; }
        public string? Language { get; set; }

        /// <summary>Stands in the second form of the page, see <see cref="MailForm"/>.</summary>
        [BindNever, ValidateNever]
        public string? Address { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<MemberEdit> Meanwhile { get; set; } = [];

        public static DetailsForm Of(Particulars who, int version) => new()
        {
            Version = version, Name = who.Name, AddressLine1 = who.AddressLine1, AddressLine2 = who.AddressLine2, City = who.City, Region = who.Region, PostalCode = who.PostalCode, Country = who.Country, Phone = who.Phone, Language = who.Language,
        };

        /// <summary>The particulars with what a member may change of them.</summary>
        public Particulars In(Particulars who) => who with
        {
            Name = Name, AddressLine1 = AddressLine1, AddressLine2 = AddressLine2, City = City, Region = Region, PostalCode = PostalCode, Country = Country, Phone = Phone, Language = Language,
        };
    }

    public sealed class MailForm
    {
        public string? Address { get; set; }
    }

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal) { ["name-missing"] = "Name", ["country-form"] = "Country", ["language-form"] = "Language" };

    private string Code => desk.Seat.CoOp.Code;
    private string Number => desk.Seat.MemberNumber;
    private PortalLetters Letters => new(desk.Seat.CoOp, mail.Site ?? $"{Request.Scheme}://{Request.Host}");
    private MyDetails.Content Mine => new MyDetails(desk.Books).Run(Code, Number).Value;

    [HttpGet(""), ForMember]
    public IActionResult Show() => View("Me", Mine);

    [HttpGet("details"), ForMember]
    public IActionResult Details() => DetailsView(DetailsForm.Of(Mine.Particulars, Mine.Version));

    [HttpPost("details"), ForMember]
    public IActionResult Details(DetailsForm form)
    {
        if (!ModelState.IsValid) return Again(() => DetailsView(form));
        var edit = new EditMember(desk.Books);
        var done = edit.Run(new(Code, Number, form.Version, form.In(Mine.Particulars), $"member {Number}"));
        if (!done.IsRefused) return Done("details", words[done.Value.Edits.Count == 0 ? "details.same" : "details.kept"]);
        ModelState.Refuse(done.Refusal!, Fields.GetValueOrDefault(done.Refusal!.Code, ""));
        if (done.Refusal!.Code == "member-changed-meanwhile")
        {
            // Sent again, the form goes over what the others wrote, which has been seen by then.
            form.Meanwhile = edit.Since(Code, Number, form.Version).Value;
            form.Version = Mine.Version;
            ModelState.Remove(nameof(form.Version));
        }
        return Again(() => DetailsView(form));
    }

    [HttpPost("details/mail"), ForMember]
    public IActionResult AskMail(MailForm form)
    {
        var asked = new AskMailAddress(desk.Books).Run(new(Code, Number, form.Address ?? "", $"member {Number}"));
        if (asked.IsRefused)
        {
            ModelState.Refuse(asked.Refusal!, nameof(form.Address));
            return Again(() => DetailsView(DetailsForm.Of(Mine.Particulars, Mine.Version)));
        }
        // The code is kept nowhere, so its mail is handed over at once and not put into the outbox.
        var sent = new MailAtOnce(desk.Books, mail.Route).Run(new(desk.Seat.CoOp.Id, "members.mail-link", $"member {Number}", asked.Value.Address, asked.Value.Name, Letters.ConfirmMailAddress(desk.Seat.Language, asked.Value.Code), $"member {Number}"));
        return Done("details", sent.IsRefused ? words["details.mail.not-sent"] : words["details.mail.sent", asked.Value.Address]);
    }

    /// <summary>Opened from the mail. It changes nothing yet: programs that look through mails open links too.</summary>
    [HttpGet("details/mail/{code:maxlength(64)}"), ForMember]
    public IActionResult ConfirmMail(string code) => View("ConfirmMail", (Mine.WaitingMail, code));

    [HttpPost("details/mail/{code:maxlength(64)}"), ForMember]
    public IActionResult ConfirmedMail(string code)
    {
        var done = new ConfirmMailAddress(desk.Books).Run(new(Code, Number, code, $"member {Number}", Letters.MailAddressLeft));
        if (!done.IsRefused) return Done("details", words["confirm.done", done.Value]);
        ModelState.Refuse(done.Refusal!);
        return Again(() => View("ConfirmMail", ((string?)null, code)));
    }

    private ViewResult DetailsView(DetailsForm form)
    {
        ViewData["Mine"] = Mine;
        return View("Details", form);
    }

    private ViewResult Again(Func<ViewResult> view)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return view();
    }

    private LocalRedirectResult Done(string page, string said)
    {
        TempData.Say(said);
        return LocalRedirect($"{desk.Home}/me/{page}");
    }
}
