using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Audit;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Tax;

namespace Evergreen.Application.Statements;

/// <summary>Hands the forms of a calendar year to the members: until then no member sees one. Done again, it hands out those that have changed since, as corrected.</summary>
/// <remarks>Whoever agreed to read online is told by mail in the same stroke, once for each release; the mail holds no figure, only a link.</remarks>
public sealed class ReleaseTaxForms(Books books)
{
    internal const string Verb = "tax-forms.release";

    /// <summary>Begins the keys of the mails that tell of a form, and of no others.</summary>
    internal const string KeyBegins = "tax-form ";

    /// <param name="PayerTaxId">The co-op's own number, which stands on every form.</param>
    /// <param name="Link">Where members read their forms, the full address.</param>
    public sealed record Request(string? CoOp, int Year, string? PayerTaxId, string By, string Link, bool DryRun = false);

    /// <param name="Corrected">Forms among them that replace an earlier one.</param>
    /// <param name="Told">Members who are told by mail.</param>
    public sealed record Result(TaxFormRelease Release, int Forms, int Corrected, int Told);

    public Outcome<Result> Run(Request request)
    {
        Result? made = null;
        return books.Write(request.DryRun, db =>
        {
            var outcome = Release(db, request);
            made = outcome.IsRefused ? null : outcome.Value;
            return outcome;
        }, db => made is { Release: var release } && db.TaxFormReleases.Any(one => one.CoOpId == release.CoOpId && one.CalendarYear == release.CalendarYear && one.Number == release.Number && one.By == release.By && one.At == release.At) ? made : null);
    }

    private Outcome<Result> Release(EvergreenDb db, Request request)
    {
        if (NotifyStatements.LinkOf(request.Link) is not { } link) return Refusals.LinkUnusable(request.Link);
        var found = WorkOutTaxForms.Of(db, request.CoOp, request.Year);
        if (found.IsRefused) return found.Refusal!;
        var (year, coOp) = (found.Value, found.Value.CoOp);
        var today = books.Today(coOp);
        if (request.Year >= today.Year) return Refusals.TaxYearNotOver(request.Year);
        if (TaxpayerNumber.Employer(request.PayerTaxId) is not { } payer) return Refusals.PayerTaxId();
        if (coOp.Address.Length == 0 || coOp.ContactPhone.Length == 0) return Refusals.PayerIncomplete(coOp.Name);
        if (!year.Agrees) throw new InvalidOperationException($"The forms of {request.Year} report {year.AllReportable}, the ledger has {year.Ledger.Reportable} and {year.Ledger.Withheld} withheld.");
        var changed = year.Forms.Where(form => form.Differs).ToList();
        if (changed.Count == 0) return Refusals.NothingToRelease(request.Year);

        var release = new TaxFormRelease { CoOpId = coOp.Id, CalendarYear = request.Year, Number = (year.LastRelease?.Number ?? 0) + 1, PayerTaxId = payer, On = today, By = request.By, At = books.Now };
        db.TaxFormReleases.Add(release);
        db.SaveChanges();
        // The whole stands on the record that goes on; what a merged one had been given is corrected to nothing.
        var forms = changed.SelectMany(form => form.OtherRecords.Select(record => Form(record, default)).Prepend(Form(form.MemberId, form.Due))).ToList();
        BulkWriter.Insert(db, forms);
        AuditTrail.Add(db, coOp.Id, release.At, request.By, Verb, Subject(release), Say(release, forms));
        var told = Tell(db, coOp, release, changed, link);
        return told.IsRefused ? told.Refusal! : new Result(release, forms.Count, changed.Count(form => form.Released is not null), told.Value);

        TaxForm Form(int record, PatronageBoxes boxes) => new()
        {
            CoOpId = coOp.Id, CalendarYear = request.Year, MemberId = record, Number = release.Number, DividendsCents = boxes.Dividends.Cents, WithheldCents = boxes.Withheld.Cents, RedeemedCents = boxes.Redeemed.Cents,
        };
    }

    private static Outcome<int> Tell(EvergreenDb db, CoOp coOp, TaxFormRelease release, List<WorkOutTaxForms.Form> forms, Uri link)
    {
        var choices = db.DeliveryChoices.Where(choice => choice.CoOpId == coOp.Id && choice.On <= release.On).ToLookup(choice => choice.MemberId);
        var members = db.Members.Where(member => member.CoOpId == coOp.Id && member.Email != null && db.DeliveryChoices.Any(choice => choice.MemberId == member.Id))
            .Select(member => new { member.Id, member.Name, member.Email, member.Language }).ToDictionary(member => member.Id);
        var letters = new Dictionary<(Language Language, bool Corrected), MailLetter>();
        var mails = new List<MailMessage>();
        foreach (var form in forms)
        {
            if (!members.TryGetValue(form.MemberId, out var member) || !Recipients.TakesMail(choices[member.Id], release.On, member.Email)) continue;
            var (language, corrected) = (PrepareStatements.LanguageOf(coOp, member.Language), form.Released is not null);
            if (!letters.TryGetValue((language, corrected), out var letter)) letters[(language, corrected)] = letter = Letter(coOp, language, release.CalendarYear, corrected, link);
            var mail = new QueueMail.Request($"{KeyBegins}{coOp.Id} {release.CalendarYear} {release.Number} {member.Id}", coOp.Id, member.Id, member.Email!, member.Name, letter, release.By);
            if (QueueMail.Unusable(mail) is { } refusal) return refusal;
            mails.Add(QueueMail.Of(release.At, mail));
        }
        if (mails.Count == 0) return 0;
        BulkWriter.Insert(db, mails);
        AuditTrail.Add(db, coOp.Id, release.At, release.By, "tax-forms.notify", Subject(release), $"{mails.Count} members");
        return mails.Count;
    }

    /// <remarks>Not among the texts that a co-op words itself: the rules for giving such forms online say what stands in the subject, in capitals and in English.</remarks>
    private static MailLetter Letter(CoOp coOp, Language language, int year, bool corrected, Uri link)
    {
        var words = StatementSentences.Book.Of(language);
        var text = words[corrected ? "mail.tax-form.corrected" : "mail.tax-form.ready", year, coOp.Name] + "\n" + words["mail.tax-form.why", coOp.ContactEmail.Length > 0 ? coOp.ContactEmail : coOp.Name];
        return MailLetter.Of(words["mail.tax-form.subject", year], text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), (words["mail.tax-form.read"], link), coOp.Name, language);
    }

    internal static string Subject(TaxFormRelease release) => $"tax forms {release.CalendarYear}, release {release.Number}";

    /// <summary>What the audit trail says of it: with a digest of the forms, so that one changed behind the program's back is found.</summary>
    internal static string Say(TaxFormRelease release, IReadOnlyCollection<TaxForm> forms)
    {
        var rows = forms.Aggregate(default(RowSum), (sum, form) => sum + RowSum.Of(string.Create(CultureInfo.InvariantCulture, $"{form.MemberId}|{form.DividendsCents}|{form.WithheldCents}|{form.RedeemedCents}")));
        return $"{forms.Count} forms, {forms.Sum(form => form.Boxes.Reportable)}, payer {release.PayerTaxId}, dated {release.On:yyyy-MM-dd}, rows {rows}";
    }
}
