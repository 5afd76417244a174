using Evergreen.Application.Imports;

namespace Evergreen.Application.Members;

/// <summary>Why a well-shaped row cannot become a member, and what to look at in one that does.</summary>
internal static class MemberFaults
{
    public static readonly Fault NameMissing = new("name-missing", "a name, or a given and family name, or an organisation's name", "Say what the member is called.");
    public static readonly Fault TaxIdForm = new("tax-id-form", "nine digits, with or without hyphens", "Correct the number; take it from the member's own form.");
    public static readonly Fault TaxIdUntyped = new("tax-id-without-type", "SSN, EIN or ITIN for a number that is given", "Give the type of the number, or remove the number.");
    public static readonly Fault ConsentUnnamed = new("consent-unnamed", "bylaw or written for a date that is given", "Say which kind of consent was given on that day, or remove the date.");
    public static readonly Fault BankSchemeMissing = new("bank-without-scheme", "ach, sepa or bacs for an account that is given", "Say by which scheme the account is paid, or remove the account.");
    public static readonly Fault RoutingForm = new("bank-routing-form", "a nine-digit routing number whose check digit is right", "Correct the number: a digit is wrong or two are exchanged.");
    public static readonly Fault SortCodeForm = new("sort-code-form", "six digits", "Correct the sort code.");
    public static readonly Fault BicForm = new("bic-form", "a BIC of eight or eleven characters", "Correct the BIC, or leave it empty.");
    public static readonly Fault AchAccountForm = new("bank-account-form", "an account number of at most 17 letters and digits", "Correct the account number.");
    public static readonly Fault IbanForm = new("iban-form", "an IBAN whose check digits are right", "Correct the IBAN: a character is wrong or two are exchanged.");
    public static readonly Fault BacsAccountForm = new("bank-account-form", "eight digits", "Correct the account number; a shorter one is filled with zeros in front by the bank's own rule.");
    public static readonly Fault OwnHousehold = new("household-of-itself", "another member's number, or nothing", "The primary owner's own row leaves this field empty.");
    public static readonly Fault OwnerUnknown = new("household-unknown", "the number of a member in the register or in this file", "Correct the number, or add the primary owner's row.");
    public static readonly Fault JoinedUndated = new("joined-undated", "the date of joining", "The row goes in; until a date is given this person is in the register but counts as a member of no year.");

    public static Fault LeftBeforeJoined(DateOnly joined) => new("left-before-joined", $"a date not before the day of joining on the books, {joined:yyyy-MM-dd}", "Correct the date, or give the right joined_on with it.");

    public static Fault ClassUnknown(string code, IEnumerable<string> known) =>
        new("class-unknown", $"classes of this co-op ({string.Join(", ", known.Order(StringComparer.Ordinal))}), not '{code}'", "Correct the code, or tell the import to create classes.");

    public static readonly Fault ClassForm = new("class-form", "class codes of at most 50 characters, separated by semicolons", "Correct the list of classes.");

    public static Fault SameTaxId(string other) => new("possible-duplicate", $"a tax number of this member alone; member {other} has the same", "See whether they are one person. Both rows go in.");
    public static Fault SameNameAndAddress(string other) => new("possible-duplicate", $"a name and address of this member alone; member {other} has the same", "See whether they are one person. Both rows go in.");
}
