namespace Evergreen.Application.Imports;

/// <summary>What the columns of the contract are called on a page, and what stands in them, in plain words.</summary>
public static class FieldWords
{
    private static readonly Dictionary<string, (string Label, string Hint)> Words = new(StringComparer.Ordinal)
    {
        ["member_number"] = ("Member number", "The number by which the member is known. Leading zeros count."),
        ["kind"] = ("Person or organisation", "person or organisation"),
        ["name"] = ("Name", "As it is shown and printed; otherwise made of given and family name."),
        ["given_name"] = ("Given name", ""),
        ["family_name"] = ("Family name", ""),
        ["organisation_name"] = ("Organisation", "Registered name of a member that is no person."),
        ["email"] = ("E-mail", ""),
        ["phone"] = ("Phone", ""),
        ["address_line1"] = ("Address", "First line."),
        ["address_line2"] = ("Address, second line", ""),
        ["city"] = ("City", ""),
        ["region"] = ("State, province or county", ""),
        ["postal_code"] = ("Postal code", "Leading zeros count."),
        ["country"] = ("Country", "Two letters, such as US."),
        ["classes"] = ("Classes", "Codes with semicolons between them, such as worker;customer."),
        ["joined_on"] = ("Joined on", "First day of membership."),
        ["left_on"] = ("Left on", "Last day of membership."),
        ["tax_id_type"] = ("Kind of tax number", "SSN, EIN, ITIN or none."),
        ["tax_id"] = ("Tax number", "Kept encrypted and shown masked."),
        ["consent"] = ("Consent", "bylaw, written or none."),
        ["consent_on"] = ("Consent on", "The day of the notice or of the signature."),
        ["language"] = ("Language", "Such as en or es."),
        ["bank_scheme"] = ("Kind of bank details", "ach, sepa, bacs or none."),
        ["bank_routing"] = ("Routing number", "Or sort code, or BIC."),
        ["bank_account"] = ("Bank account", "Kept encrypted and shown masked."),
        ["bank_account_type"] = ("Checking or savings", ""),
        ["household_of"] = ("Household of", "Number of the member to whom the purchases count."),
        ["source_id"] = ("Id of the row", "The receipt or entry number, different for every row: by it a row is never taken in twice."),
        ["work_date"] = ("Day worked", "Or a pay period instead."),
        ["period_start"] = ("First day of the pay period", ""),
        ["period_end"] = ("Last day of the pay period", ""),
        ["paid_on"] = ("Check date", "The day on which the pay period was paid."),
        ["hours"] = ("Hours", "At most two decimals."),
        ["hours_kind"] = ("Kind of hours", "regular where nothing is said."),
        ["wages"] = ("Wages", ""),
        ["purchased_on"] = ("Day of purchase", "Local date of the store."),
        ["amount"] = ("Amount", "Net of discounts and without tax; returns are negative."),
        ["department"] = ("Department", "By it the policy decides what counts."),
        ["eligible"] = ("Eligible", "true or false; the department decides where nothing is said."),
        ["store"] = ("Store", ""),
        ["volume"] = ("Volume", "Where patronage is measured in units delivered."),
        ["account"] = ("Account", "membership_share, preferred, qualified_notice or nonqualified_notice."),
        ["fiscal_year"] = ("Year of the allocation", "Needed for notices."),
        ["posted_on"] = ("Day of the payment", "The day on which the amount counts."),
    };

    private static readonly Dictionary<string, string> Needed = new(StringComparer.Ordinal)
    {
        ["source_id"] = "Every row needs an id of its own, so that the same row is never counted twice. Choose the column with the receipt or entry number, or add one to the file.",
        ["member_number"] = "Without member numbers every row would become business with non-members. Choose the column that holds them.",
        ["purchased_on"] = "The date puts a purchase into its fiscal year.",
        ["amount"] = "Without amounts there is nothing to take in.",
        ["hours"] = "Without hours there is nothing to take in.",
        ["account"] = "Each amount belongs to shares or to a notice: which of them must be said.",
        ["posted_on"] = "The date says when the amount counts.",
    };

    /// <returns>The column's own name where it has no other.</returns>
    public static string Label(string column) => Words.TryGetValue(column, out var words) ? words.Label : column;

    public static string Hint(string column) => Words.TryGetValue(column, out var words) ? words.Hint : "";

    /// <summary>Why a file cannot be taken in without the column.</summary>
    public static string WhyNeeded(string column) => Needed.GetValueOrDefault(column, "This column is needed.");
}
