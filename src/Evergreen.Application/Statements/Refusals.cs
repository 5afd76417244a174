using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Tax;

namespace Evergreen.Application.Statements;

/// <summary>Why statements are not issued.</summary>
public static class Refusals
{
    public static Refusal RunNotPosted(string run) => new("statements-before-posting", $"Run {run} is not in the ledger, so there is nothing to state yet. Post it first: evergreen dividends post {run}");
    public static Refusal RunReversed(string run) => new("statements-of-reversed-run", $"Run {run} was reversed. Calculate, approve and post a new run, and issue its statements: they are marked as corrected.");
    public static Refusal LettersMissing(string number, IEnumerable<string> letters) => new("letters-missing", $"The name or address of member {number} has letters that no typeface here can print: {string.Join(" ", letters)}. Use the Latin, Greek or Cyrillic script.");
    public static Refusal FolderUnusable(string path) => new("folder-unusable", $"{path} cannot be written to. Name another folder with --out.");
    public static Refusal NowhereToIssue() => new("statements-without-place", "Say where the statements go: a folder with --out, a ZIP with --zip, or both.");
    public static Refusal NotIssued(string run) => new("statements-not-issued", $"The statements of run {run} have not been issued yet. Issue them first.");
    public static Refusal NobodyOnPaper(string run) => new("statements-nobody-on-paper", $"Every member of run {run} takes statements by mail notice, so there is nothing to print.");
    public static Refusal NobodyByMail(string run) => new("statements-nobody-by-mail", $"No member of run {run} takes statements by mail notice, so there is nobody to write to. Each member's page has the choice.");
    public static Refusal NoStatement(string number, string run) => new("statement-unknown", $"Member {number} has no statement of run {run}.");
    public static Refusal LinkUnusable(string link) => new("statements-link", $"'{link}' cannot be put into a mail: give the site's full address, such as https://members.example.coop/.");
    public static Refusal LetterheadUnreadable(string why) => new("letterhead-unreadable", $"{why} Set another logo or colour.");
    public static Refusal NoneOfMine(string run) => new("statement-not-mine", $"You have no statement '{run}'.");
    public static Refusal NoticeUnknown() => new("notice-unknown", "This link belongs to none of our mails. Sign in and choose paper under Me, Paper or online.");
    public static Refusal NoStatementsYet() => new("statements-none-yet", "No statement has been issued to you yet.");
    public static Refusal NoSuchForms(string coOp) => new("tax-forms-none-here", $"{coOp} is not a co-op of the United States, so Form 1099-PATR does not concern it.");
    public static Refusal TaxYearNotOver(int year) => new("tax-year-not-over", $"The forms of {year} tell of the whole calendar year, which is not over yet.");
    public static Refusal PayerTaxId() => new("payer-tax-id-form", "The co-op's employer identification number has nine digits, such as 12-3456789.");
    public static Refusal PayerIncomplete(string coOp) => new("payer-incomplete", $"Each form names the address of {coOp} and a phone number for questions. Enter both under Settings first.");
    public static Refusal NothingToRelease(int year) => new("tax-forms-nothing-new", $"No form of {year} is due that members do not hold already.");
    public static Refusal ExemptionAsBefore(string member) => new("exemption-as-before", $"That is what is recorded of member {member} already.");
    public static Refusal PersonNotExempt(string member) => new("exemption-of-person", $"Member {member} is a person. Only a corporation or another body can be a recipient of whom nothing is reported.");
    public static Refusal NoFormOnPaper(int year) => new("tax-forms-none-on-paper", $"No form of {year} that was released goes to a member on paper.");
    public static Refusal NothingToFile(int year) => new("tax-filing-nothing-released", $"No form of {year} was released that reports anything, so there is nothing to file. The accountant releases the forms first, on the office's page Tax forms.");
    public static Refusal FormsWaiting(int year, int forms) => new("tax-filing-forms-waiting", $"{forms} forms of {year} say something else than what members hold. Release them first, on the office's page Tax forms: the IRS is told what the members are told.");
    public static Refusal NumbersMissing(IReadOnlyList<string> members) => new("tax-filing-numbers-missing", $"No tax number is known of {members.Count} members with a form: {Some(members, ", ")}. Ask for Form W-9 and enter the numbers on the members' pages. A form is due all the same: --without-numbers files those with no number in them.");
    public static Refusal PayerTown(string coOp) => new("tax-filing-payer-address", $"The address of {coOp} has a street and, as its last line, town, state and ZIP code, such as 'Galesburg, IL 61401'. Correct it under Settings.");
    public static Refusal PayerPhone(string coOp, string phone) => new("tax-filing-payer-phone", $"'{phone}' is no telephone number of ten digits, and each form names one of {coOp}. Correct it under Settings.");
    public static Refusal FormsUnfit(IReadOnlyList<string> obstacles) => new("tax-filing-incomplete", $"{obstacles.Count} things keep forms from being filed: {Some(obstacles, "; ")}. Complete the members' pages.");
    public static Refusal FormsAFile(int most) => new("tax-filing-forms-a-file", $"A file holds from 1 to {most} forms. Ask the portal how many it takes.");
    public static Refusal TemplateUnreadable(string why) => new("iris-template-unreadable", $"The template cannot be used: {why} Download the CSV template for Form 1099-PATR from the IRIS Taxpayer Portal and name it as it is.");
    public static Refusal TemplateTwice(IEnumerable<string> fields) => new("iris-template-ambiguous", $"The template has more than one column for: {string.Join(", ", fields)}. Name the one that the portal gave you, for Form 1099-PATR alone.");
    public static Refusal TemplateLacks(IEnumerable<string> fields, IEnumerable<string> unmatched) => new("iris-template-lacks", $"The template has no column known for: {string.Join(", ", fields)}. Columns of it that are not known: {(string.Join(", ", unmatched.Select(header => $"“{header}”")) is { Length: > 0 } headers ? headers : "none")}. Is it that of Form 1099-PATR?");
    public static Refusal FilingSent(TaxFilingSent sent, IReadOnlyList<TaxFormCorrection> corrections) => new("tax-filing-sent", $"Filing {sent.Number} of {sent.CalendarYear} was sent (receipt {sent.Receipts}), and these files would be others, so they are not made. "
        + (corrections.Count > 0 ? $"To be corrected with the IRS: {Some([.. corrections.Select(Say)], "; ")}. " : "No amount has changed since; a name, an address, a number, the columns or the size of the files have. ") + "Corrections are entered in the portal, form by form: this program does not write them.");
    public static Refusal FilingMissing(int year, int? number) => new("tax-filing-missing", number is null ? $"No file of {year} was made yet: evergreen tax-forms file {year} --out DIR" : $"There is no filing {number} of {year}: evergreen tax-forms filings {year}");
    public static Refusal ReceiptForm(string receipt) => new("tax-filing-receipt-form", $"'{receipt}' is no receipt id as the portal shows it after a file was sent.");
    public static Refusal ReceiptCount(TaxFiling filing) => new("tax-filing-receipts", $"Filing {filing.Number} has {filing.Files} files, and each is sent with a receipt of its own: give {filing.Files}, in the order of the files.");
    public static Refusal FilingAlreadySent(TaxFilingSent sent) => new("tax-filing-already-sent", $"Filing {sent.Number} of {sent.CalendarYear} was noted as sent before, with receipt {sent.Receipts}. That stays.");
    public static Refusal NoInterestOfMine(int year) => new("interest-certificate-unknown", $"You have no certificate of share interest of the tax year that began in {year}.");
    public static Refusal NoTaxFormOfMine(int year) => new("tax-form-unknown", $"You have no tax form of {year}.");
    public static Refusal ReturnYearNotOver(int year, DateOnly ends) => new("annual-return-year-not-over", $"The return of {year} tells of the whole year, which ends on {ends:yyyy-MM-dd}.");

    private static string Say(TaxFormCorrection one) => $"{one.Record} box 1 {one.Filed.Dividends} now {one.Now.Dividends}, box 4 {one.Filed.Withheld} now {one.Now.Withheld}, box 5 {one.Filed.Redeemed} now {one.Now.Redeemed}";

    /// <summary>The first of many.</summary>
    private static string Some(IReadOnlyList<string> items, string between) => string.Join(between, items.Take(20)) + (items.Count > 20 ? $"{between}and {items.Count - 20} more" : "");
}
