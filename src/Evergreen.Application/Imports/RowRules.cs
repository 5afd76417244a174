namespace Evergreen.Application.Imports;

/// <summary>What must hold between the fields of one row, without a look at the register.</summary>
internal static class RowRules
{
    public static IEnumerable<(string Column, Fault Fault)> Broken(CanonicalFile file, RowValues row)
    {
        if (file == CanonicalFile.Members) return Members(row);
        if (file == CanonicalFile.Hours) return Hours(row);
        return file == CanonicalFile.Equity ? Equity(row) : [];
    }

    private static IEnumerable<(string, Fault)> Members(RowValues row)
    {
        var file = CanonicalFile.Members;
        bool Has(string column) => row.Has(file[column]);
        bool Is(string column, ReadOnlySpan<byte> word) => row.Is(file[column], word);

        if (Has("joined_on") && Has("left_on") && row.Number(file["left_on"]) < row.Number(file["joined_on"]))
            yield return ("left_on", new("left-before-joined", "a date not before joined_on", "Correct one of the two dates."));
        if (Is("tax_id_type", "none"u8) && Has("tax_id"))
            yield return ("tax_id", new("tax-id-without-type", "no number where the type is none", "Give the type of the number, or remove the number."));
        if ((Is("consent", "bylaw"u8) || Is("consent", "written"u8)) && !Has("consent_on"))
            yield return ("consent_on", new("consent-undated", "the date of the consent", "Give the day on which the member was notified (bylaw) or on which the signed consent came in (written)."));
        if (Has("country") && !(row.Text(file["country"]) is [>= (byte)'A' and <= (byte)'Z', >= (byte)'A' and <= (byte)'Z']))
            yield return ("country", new("country-form", "two capital letters (ISO 3166), such as US or GB", "Write the country's two-letter code."));
        if (Is("country", "US"u8) && LostZeros(row.Text(file["postal_code"]), 5))
            yield return ("postal_code", new("leading-zero-lost", "a five-digit ZIP code", "The leading zeros were lost, probably in a spreadsheet. Take the code from the source again, as text."));
        var scheme = Is("bank_scheme", "ach"u8) ? 9 : Is("bank_scheme", "bacs"u8) ? 6 : 0;
        if (scheme > 0 && !Has("bank_routing"))
            yield return ("bank_routing", new("bank-incomplete", "the bank's routing number or sort code", "Fill it in, or set bank_scheme to none."));
        if (scheme > 0 && LostZeros(row.Text(file["bank_routing"]), scheme))
            yield return ("bank_routing", new("leading-zero-lost", scheme == 9 ? "a nine-digit routing number" : "a six-digit sort code", "The leading zeros were lost, probably in a spreadsheet. Take the number from the source again, as text."));
        if (Has("bank_scheme") && !Is("bank_scheme", "none"u8) && !Has("bank_account"))
            yield return ("bank_account", new("bank-incomplete", "the account number", "Fill it in, or set bank_scheme to none."));
        if (Is("bank_scheme", "ach"u8) && !Has("bank_account_type"))
            yield return ("bank_account_type", new("bank-incomplete", "checking or savings", "Say which kind of account it is."));
    }

    private static IEnumerable<(string, Fault)> Hours(RowValues row)
    {
        var file = CanonicalFile.Hours;
        bool start = row.Has(file["period_start"]), end = row.Has(file["period_end"]), paid = row.Has(file["paid_on"]);
        var day = row.Has(file["work_date"]);
        if (day == (start && end && paid) || (day && (start || end || paid)))
            yield return ("work_date", new("date-or-period", "either work_date, or period_start with period_end and paid_on", "Give the day worked or the whole pay period, not both."));
        if (start && end && row.Number(file["period_end"]) < row.Number(file["period_start"]))
            yield return ("period_end", new("period-reversed", "a date not before period_start", "Correct one of the two dates."));
    }

    private static IEnumerable<(string, Fault)> Equity(RowValues row)
    {
        var file = CanonicalFile.Equity;
        var notice = row.Is(file["account"], "qualified_notice"u8) || row.Is(file["account"], "nonqualified_notice"u8);
        if (notice && !row.Has(file["fiscal_year"]))
            yield return ("fiscal_year", new("vintage-missing", "the year of the allocation", "A notice keeps its year for ever: fill in the fiscal year in which it was allocated."));
    }

    private static bool LostZeros(ReadOnlySpan<byte> text, int digits) =>
        text.Length > 0 && text.Length < digits && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
