using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Why a verb about members says no.</summary>
public static class Refusals
{
    public static Refusal Unknown(string number) => new("member-unknown", $"There is no member '{number}'.");
    public static Refusal NoMailAddress(string number) => new("delivery-without-address", $"Member {number} has no mail address, so papers cannot be announced by mail. Enter the address first.");
    public static Refusal Deceased(string number, DateOnly on) => new("member-deceased", $"Member {number} died on {on:yyyy-MM-dd}; nothing after that day can be recorded but what concerns the estate.");
    public static Refusal NotYetMember(string number, DateOnly on) => new("member-not-yet", $"Member {number} was no member yet on {on:yyyy-MM-dd}. Record the joining first.");
    public static Refusal ClassUnknown(string code) => new("class-unknown", $"There is no class '{code}'. Create it with --create, or choose one that is there.");
    public static Refusal ClassHeld(string number, string code, bool held) => new("class-unchanged", held ? $"Member {number} belongs to '{code}' on that day already." : $"Member {number} does not belong to '{code}' on that day.");
    public static Refusal NoConsent(string number, ConsentKind kind) => new("consent-missing", $"Member {number} has given no {(kind == ConsentKind.Bylaw ? "bylaw" : "written")} consent that could end.");

    public static Refusal NameMissing() => new("name-missing", "Say what the member is called: a given and family name, or an organisation's name.");
    public static Refusal TextTooLong(string text, int longest) => new("text-too-long", $"'{text[..40]}…' is longer than {longest} characters. Shorten it.");
    public static Refusal EmailForm(string email) => new("email-form", $"'{email}' is not an e-mail address. Give one such as name@example.org, or leave it empty.");
    public static Refusal CountryForm(string country) => new("country-form", $"'{country}' is not a country code. Give two letters, such as US or GB, or leave it empty.");
    public static Refusal LanguageForm(string language) => new("language-form", $"'{language}' is not a language tag. Give one such as en or es-MX, or leave it empty.");
    public static Refusal NumberForm(string number) => new("member-number-form", $"'{number}' cannot be a member number: use up to 50 letters and digits without slashes.");
    public static Refusal NumberTaken(string number) => new("member-number-taken", $"There is a member {number} already. Leave the number empty to take the next free one.");
    public static Refusal ConsentUndated() => new("consent-undated", "Say on which day the consent was given, or that none was given.");
    public static Refusal ChangedMeanwhile(string number, int read, int now) => new("member-changed-meanwhile", $"Member {number} was changed while this form was open: it was filled from version {read}, and the record is at version {now}. Nothing was written over.");
    public static Refusal BankSchemeUnknown(string scheme) => new("bank-scheme-unknown", $"'{scheme}' is not a way to pay. Choose ACH, SEPA or Bacs, or none.");
    public static Refusal RoutingForm() => new("bank-routing-form", "A routing number has nine digits, and the last one proves the others. A digit is wrong or two are exchanged.");
    public static Refusal SortCodeForm() => new("sort-code-form", "A sort code has six digits.");
    public static Refusal BicForm() => new("bic-form", "A BIC has eight or eleven characters. Correct it, or leave it empty.");
    public static Refusal AchAccountForm() => new("ach-account-form", "An account number has at most 17 letters and digits.");
    public static Refusal BacsAccountForm() => new("bacs-account-form", "An account number has eight digits; a shorter one is filled with zeros in front by the bank's own rule.");
    public static Refusal IbanForm() => new("iban-form", "The check digits of this IBAN are wrong: a character is wrong or two are exchanged.");
    public static Refusal TaxIdTypeUnknown(string type) => new("tax-id-type-unknown", $"'{type}' is not a kind of tax number. Choose SSN, EIN or ITIN, or none.");
    public static Refusal TaxIdForm() => new("tax-id-form", "A tax number has nine digits, with or without hyphens. Take it from the member's own form.");
    public static Refusal ReasonMissing() => new("reveal-reason-missing", "Say why the number is needed, in a few words. The reason is kept with your name.");
    public static Refusal SecretMissing(string number) => new("secret-missing", $"No such number is kept of member {number}.");
    public static Refusal OwnHousehold(string number) => new("household-of-itself", $"Member {number} cannot be in a household of its own. Name the primary owner.");
    public static Refusal OwnerInHousehold(string owner, string of) => new("household-owner-in-another", $"Member {owner} is in the household of {of}, and so is no primary owner. Name {of} instead.");
    public static Refusal OwnsHousehold(string number, string member) => new("household-has-members", $"Member {number} is the primary owner of a household: {member} is in it. Take its members out first.");
    public static Refusal HouseholdUnchanged(string number, string? owner) => new("household-unchanged", owner is null ? $"Member {number} is in no household." : $"Member {number} is in the household of {owner} already.");
    public static Refusal InTheFuture(DateOnly on) => new("day-not-yet", $"{on:yyyy-MM-dd} has not come yet. Record it when it has.");
    public static Refusal NoteEmpty() => new("note-empty", "Write the note first.");
    public static Refusal NoteTooLong(int longest) => new("note-too-long", $"A note has at most {longest} characters. Put a longer text into a document.");
    public static Refusal DocumentTooLarge(int mostBytes) => new("document-too-large", $"A document has at most {mostBytes / 1024 / 1024} MB. Scan it with less detail, or divide it.");
    public static Refusal DocumentForm(string fileName) => new("document-form", $"'{fileName}' is not a PDF, a PNG or JPEG picture or plain text, whatever its name says.");
    public static Refusal DocumentUnknown() => new("document-unknown", "There is no such document.");
    public static Refusal ApplicationUnknown(int number) => new("application-unknown", $"There is no application {number}.");
    public static Refusal ApplicationDecided(int number, bool approved, DateOnly on) => new("application-decided", $"Application {number} was {(approved ? "approved" : "declined")} on {on:yyyy-MM-dd}.");
    public static Refusal DeclineReasonMissing() => new("decline-reason-missing", "Say why the application is declined. The reason is kept, and stands in the letter.");
    public static Refusal LetterNotDue(string number, string letter) => new("letter-not-due", $"Member {number} is not one to whom a letter of {letter} is written now.");
    public static Refusal FilterNameMissing() => new("filter-name-missing", "Give the filter a name of at most 100 characters.");
    public static Refusal FilterUnknown() => new("filter-unknown", "There is no such filter of yours.");
    public static Refusal MergeOfItself(string number) => new("merge-of-itself", $"Member {number} cannot be merged with itself. Name the other record.");
    public static Refusal AlreadyMerged(string number, string kept) => new("member-merged", $"Member {number} was merged into {kept}.");
    public static Refusal MergeReasonMissing() => new("merge-reason-missing", "Say how you know that both records are the same person.");
    public static Refusal MergeDuringRun(string number, string run) => new("merge-during-run", $"Run {run} has a part for member {number} and is not posted yet. Post it first, or merge after the next one.");
    public static Refusal MergeInClosedYear(DateOnly on) => new("merge-in-closed-year", $"The books are closed on {on:yyyy-MM-dd}, so the other record's balances cannot be moved on that day.");
    // One sentence for a code that is not known, used up or too old, and for a wrong number: whoever holds only one of the two learns nothing.
    public static Refusal InvitationUnknown() => new("member-invitation-unknown", "The code and the member number do not belong together, or the code was used or has run out. Check both; the co-op can give a new code.");
    public static Refusal NotInvited(string number) => new("member-not-invited", $"No invitation of member {number} is waiting to be used.");
    public static Refusal HasSignIn(string number) => new("member-has-sign-in", $"Member {number} has a sign-in already. End it first if it is the wrong person's.");
    public static Refusal NoSignIn(string number) => new("member-without-sign-in", $"Member {number} has no sign-in. Send an invitation.");
    public static Refusal AccountThere() => new("account-there", "This address has an account already. Sign in with it, and the membership is added to it.");
    public static Refusal AccountTaken() => new("account-taken", "This account stands for another member of this co-op already. Use another account.");
    public static Refusal SignInElsewhere() => new("sign-in-elsewhere", "This account opens another co-op too. The member asks for a link by mail, or an administrator of all co-ops makes the letter.");
    public static Refusal SignInOfStaff() => new("sign-in-of-staff", "This account opens the office too. An administrator gives it a new password under People.");
    public static Refusal SecondFactorKept() => new("second-factor-kept", "Only an administrator takes a second factor away.");
    public static Refusal NotOfHousehold(string number) => new("household-unknown", $"Member {number} is not in this household.");
    public static Refusal SortUnknown(string sort) => new("sort-unknown", $"The list cannot be sorted by '{sort}'. Sort by number, name or joined.");

    public static Refusal WordsTooLong(int longest) => new("words-too-long", $"At most {longest} characters fit here.");
    public static Refusal TooManyOpen(int most) => new("requests-too-many", $"{most} of your requests wait for an answer. The office has to answer some of them first.");
    public static Refusal RequestUnknown() => new("request-unknown", "There is no such request.");
    public static Refusal RequestClosed(int number) => new("request-closed", $"Request {number} is answered or taken back already.");
    public static Refusal AskedAlready() => new("asked-already", "You have asked for this already. The office will answer.");
    public static Refusal AnswerMissing() => new("answer-missing", "Say why not, in words that the member will read.");
    public static Refusal ImportOfAnswerUnknown(int number) => new("answer-import-unknown", $"There is no import {number}. Leave it empty, or give the number of the import by which it was put right.");
    public static Refusal ErasureIsAnAct() => new("erasure-is-an-act", "A request for erasure is granted by erasing. Use the form for it.");
    public static Refusal NotAnErasure(int number) => new("not-an-erasure", $"Request {number} does not ask for erasure.");
    public static Refusal ErasureOfAMember(string number) => new("erasure-of-a-member", $"Member {number} still belongs to the co-op. Record the leaving first.");
    public static Refusal ErasureWhileOwed(string number) => new("erasure-while-owed", $"Member {number} holds capital, or is owed money. Pay it out first: a person who is erased can be paid no more.");
    public static Refusal ErasureDuringRun(string number, string run) => new("erasure-during-run", $"Run {run} has a part for member {number} and is not posted yet. Post it, or calculate the year anew.");
    public static Refusal ErasureBeforeTaxPapers(string number, DateOnly until) => new("erasure-before-tax-papers", $"A dividend of member {number} was posted in the last tax year, and its tax papers need name and number. Erase from {until:yyyy-MM-dd} on.");
    public static Refusal LeavingInThePast(DateOnly on) => new("leaving-in-the-past", $"{on:yyyy-MM-dd} is over. Choose today or a later day.");
    public static Refusal LeavingTooFar(DateOnly on) => new("leaving-too-far", $"{on:yyyy-MM-dd} is more than two years away. Choose an earlier day, or ask later.");
    public static Refusal NotAMemberNow(string number) => new("not-a-member-now", $"Member {number} is not a member any more, so there is nothing to leave.");
    public static Refusal SecondFactorMissing() => new("bank-needs-second-factor", "Bank details are changed only after signing in with a second factor.");
    public static Refusal NotFresh() => new("bank-needs-fresh-sign-in", "Bank details are changed only just after signing in. Give your password again.");
    public static Refusal BankUnchanged() => new("bank-unchanged", "These are the details that you have given before. Nothing was changed.");
    public static Refusal NoBankChange() => new("bank-change-missing", "No change of bank details waits.");
    public static Refusal SameMailAddress() => new("mail-address-unchanged", "That is the address that we write to already.");
    public static Refusal MailCodeUnknown() => new("mail-code-unknown", "This link is not known, was used already or has run out. Ask for a new one.");
    public static Refusal BeneficiaryNameMissing() => new("beneficiary-name-missing", "Give the name of the person.");
    public static Refusal BeneficiaryPart() => new("beneficiary-part", "Give the part in whole percent, from 1 to 100.");
    public static Refusal BeneficiaryParts(int left) => new("beneficiary-parts", $"All parts together are at most 100 percent. {left} percent are left.");
    public static Refusal NomineeOfTheSociety() => new("nominee-of-the-society", "Someone who works for the society or holds an office in it may be named only as spouse, civil partner, parent, child, brother, sister, nephew or niece (2014 Act, section 37).");
    public static Refusal BeneficiaryUnknown() => new("beneficiary-unknown", "There is no such person named by you.");
}
