using Evergreen.Domain.Arithmetic;

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
    public static Refusal NoInterestOfMine(int year) => new("interest-certificate-unknown", $"You have no certificate of share interest of the tax year that began in {year}.");
    public static Refusal NoTaxFormOfMine(int year) => new("tax-form-unknown", $"You have no tax form of {year}.");
    public static Refusal ReturnYearNotOver(int year, DateOnly ends) => new("annual-return-year-not-over", $"The return of {year} tells of the whole year, which ends on {ends:yyyy-MM-dd}.");
}
