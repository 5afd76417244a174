namespace Evergreen.Application.Imports;

/// <summary>Headers under which other systems keep what our columns hold. A guess is shown and confirmed; it is never acted on alone.</summary>
internal static class HeaderGuess
{
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["member_number"] = ["member_no", "member_#", "member#", "member_id", "memberid", "member", "number", "no", "no.", "owner_number", "owner_#", "owner", "owner_id", "card_no", "cardno", "card_number", "customer_reference_id", "customer_id", "account_number", "account_no", "employee_id", "gusto_employee_id", "mem#"],
        ["kind"] = ["type", "member_kind", "person_or_organisation"],
        ["name"] = ["full_name", "member_name", "display_name", "customer_name", "full_legal_name"],
        ["given_name"] = ["first_name", "firstname", "first", "forename"],
        ["family_name"] = ["last_name", "lastname", "last", "surname"],
        ["organisation_name"] = ["organization_name", "organization", "organisation", "company", "company_name", "business_name", "entity_name"],
        ["email"] = ["e-mail", "email_address", "e-mail_address", "email_1", "mail"],
        ["phone"] = ["phone_number", "phone_#", "telephone", "mobile", "cell", "tel"],
        ["address_line1"] = ["address", "street", "street_address", "address_1", "address1", "address_line_1", "mailing_address", "investment_address_1"],
        ["address_line2"] = ["address_2", "address2", "address_line_2", "2nd_address_line", "apartment", "unit", "suite"],
        ["city"] = ["town", "locality"],
        ["region"] = ["state", "province", "county"],
        ["postal_code"] = ["zip", "zip_code", "zipcode", "postcode", "post_code"],
        ["country"] = ["country_code"],
        ["classes"] = ["class", "member_class", "membership_type", "member_type"],
        ["joined_on"] = ["joined", "join_date", "date_joined", "start_date", "member_since", "since", "membership_start", "investment_date"],
        ["left_on"] = ["left", "end_date", "date_left", "leave_date", "termination_date"],
        ["tax_id_type"] = ["tin_type"],
        ["tax_id"] = ["ssn", "tin", "ein", "social_security_number", "tax_number", "taxpayer_id"],
        ["consent"] = ["consent_kind", "patronage_consent"],
        ["consent_on"] = ["consent_date", "date_of_consent"],
        ["language"] = ["lang", "preferred_language"],
        ["bank_routing"] = ["routing_number", "routing", "aba", "sort_code", "bic"],
        ["bank_account"] = ["bank_account_number", "iban"],
        ["bank_account_type"] = ["account_type"],
        ["household_of"] = ["primary_member", "household", "primary_owner"],
        ["source_id"] = ["id", "transaction_id", "receipt", "receipt_no", "receipt_number", "receipt_id", "trans_num", "trans_id", "order_id", "invoice", "invoice_number", "reference", "entry_id", "ticket"],
        ["work_date"] = ["date", "date_worked", "day", "shift_date"],
        ["period_start"] = ["pay_period_start", "period_begin", "from", "start"],
        ["period_end"] = ["pay_period_end", "to", "end"],
        ["paid_on"] = ["check_date", "pay_date", "payday", "paid", "cheque_date"],
        ["hours"] = ["hours_worked", "total_hours", "hrs", "qty_hours"],
        ["hours_kind"] = ["hour_type", "earning_type", "pay_type", "earnings_code", "type"],
        ["wages"] = ["gross_pay", "gross_wages", "pay", "earnings", "wage"],
        ["purchased_on"] = ["date", "purchase_date", "transaction_date", "sale_date", "tdate", "datetime"],
        ["amount"] = ["net_sales", "net", "net_amount", "net_total", "total", "equity_amt", "stockpurchase", "value", "sales", "net_purchases", "purchase_amount", "investment_amount"],
        ["department"] = ["dept", "dept.", "dept_#", "dept._#", "category", "department_name"],
        ["eligible"] = ["patronage_eligible", "counts"],
        ["store"] = ["location", "store_id", "shop", "branch"],
        ["volume"] = ["quantity", "qty", "units", "weight"],
        ["account"] = ["equity_type", "class_of_equity", "share_type", "equity_account"],
        ["fiscal_year"] = ["fy", "year", "vintage", "allocation_year"],
        ["posted_on"] = ["date", "posting_date", "payment_date", "contribution_date", "tdate"],
    };

    private static readonly string[] SecretMarks = ["ssn", "social_security", "tax_id", "taxid", "tin", "ein", "itin", "iban", "bank", "routing", "account_number", "account_no", "password", "birth", "dob"];

    /// <summary>By canonical column, the header that seems to hold it. A header is given once, to the first column that asks for it.</summary>
    public static Dictionary<string, string> Of(CanonicalFile file, IReadOnlyList<string> header)
    {
        var free = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in header)
            if (ColumnMapping.Normalise(name) is { Length: > 0 } plain) free.TryAdd(plain, name);
        var guesses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in file.Columns)
            if (free.Remove(column.Name, out var exact)) guesses[column.Name] = exact;
        foreach (var column in file.Columns.OrderByDescending(column => column.Required).ThenBy(column => file[column.Name]))
            if (!guesses.ContainsKey(column.Name) && Names.GetValueOrDefault(column.Name)?.FirstOrDefault(free.ContainsKey) is { } name && free.Remove(name, out var found)) guesses[column.Name] = found;
        return guesses;
    }

    /// <summary>A header whose values may be secrets, also where it is not read: its samples are masked.</summary>
    public static bool SoundsSecret(string header)
    {
        var name = ColumnMapping.Normalise(header);
        var words = name.Split('_', '-', '.', '#');
        return SecretMarks.Any(mark => mark.Contains('_') ? name.Contains(mark, StringComparison.Ordinal) : words.Contains(mark, StringComparer.Ordinal));
    }
}
