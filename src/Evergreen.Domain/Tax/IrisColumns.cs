using System.Globalization;

namespace Evergreen.Domain.Tax;

/// <summary>The columns of a file that the IRIS Taxpayer Portal takes, in their order: those that are known best, or those of the template that the filer downloaded there.</summary>
/// <remarks>
/// The first 37 are common to all forms of the portal. Those of Form 1099-PATR are nowhere published and follow the pattern of other forms, so that they are held against the portal's own template before a file is uploaded.
/// A box is known by its number and a word of its title together: a form that numbers its boxes anew must not be filled by their old numbers.
/// </remarks>
public sealed class IrisColumns
{
    private static readonly (IrisField Field, string Header, string[] Others)[] Common =
    [
        (IrisField.FormType, "Form Type", ["Type of Form"]),
        (IrisField.TaxYear, "Tax Year", ["Year"]),
        (IrisField.PayerTinType, "Payer TIN Type", []),
        (IrisField.PayerTin, "Payer Taxpayer ID Number", ["Payer TIN", "Payer Taxpayer Identification Number"]),
        (IrisField.PayerNameType, "Payer Name Type", []),
        (IrisField.PayerName1, "Payer Business or Entity Name Line 1", ["Payer Business Name Line 1", "Payer Business Name", "Payer Name Line 1", "Payer Name"]),
        (IrisField.PayerName2, "Payer Business or Entity Name Line 2", ["Payer Business Name Line 2", "Payer Name Line 2"]),
        (IrisField.PayerFirst, "Payer First Name", []),
        (IrisField.PayerMiddle, "Payer Middle Name", []),
        (IrisField.PayerLast, "Payer Last Name (Surname)", ["Payer Last Name", "Payer Surname"]),
        (IrisField.PayerSuffix, "Payer Suffix", ["Payer Name Suffix"]),
        (IrisField.PayerCountry, "Payer Country", ["Payer Country Code"]),
        (IrisField.PayerAddress1, "Payer Address Line 1", ["Payer Address", "Payer Street Address"]),
        (IrisField.PayerAddress2, "Payer Address Line 2", []),
        (IrisField.PayerCity, "Payer City/Town", ["Payer City"]),
        (IrisField.PayerState, "Payer State/Province/Territory", ["Payer State"]),
        (IrisField.PayerZip, "Payer ZIP/Postal Code", ["Payer ZIP", "Payer ZIP Code"]),
        (IrisField.PayerPhoneType, "Payer Phone Type", []),
        (IrisField.PayerPhone, "Payer Phone", ["Payer Phone Number", "Payer Telephone Number"]),
        (IrisField.PayerEmail, "Payer Email Address", ["Payer Email"]),
        (IrisField.RecipientTinType, "Recipient TIN Type", []),
        (IrisField.RecipientTin, "Recipient Taxpayer ID Number", ["Recipient TIN", "Recipient Taxpayer Identification Number"]),
        (IrisField.RecipientNameType, "Recipient Name Type", []),
        (IrisField.RecipientName1, "Recipient Business or Entity Name Line 1", ["Recipient Business Name Line 1", "Recipient Business Name"]),
        (IrisField.RecipientName2, "Recipient Business or Entity Name Line 2", ["Recipient Business Name Line 2"]),
        (IrisField.RecipientFirst, "Recipient First Name", []),
        (IrisField.RecipientMiddle, "Recipient Middle Name", []),
        (IrisField.RecipientLast, "Recipient Last Name (Surname)", ["Recipient Last Name", "Recipient Surname"]),
        (IrisField.RecipientSuffix, "Recipient Suffix", ["Recipient Name Suffix"]),
        (IrisField.RecipientCountry, "Recipient Country", ["Recipient Country Code"]),
        (IrisField.RecipientAddress1, "Recipient Address Line 1", ["Recipient Address", "Recipient Street Address"]),
        (IrisField.RecipientAddress2, "Recipient Address Line 2", []),
        (IrisField.RecipientCity, "Recipient City/Town", ["Recipient City"]),
        (IrisField.RecipientState, "Recipient State/Province/Territory", ["Recipient State"]),
        (IrisField.RecipientZip, "Recipient ZIP/Postal Code", ["Recipient ZIP", "Recipient ZIP Code"]),
        (IrisField.OfficeCode, "Office Code", ["Payer Office Code"]),
        (IrisField.AccountNumber, "Form Account Number", ["Account Number", "Recipient Account Number"]),
        (IrisField.SecondTinNotice, "2nd TIN Notice", ["Second TIN Notice", "2nd TIN Not."]),
    ];

    /// <summary>The titles of the boxes from 1 on, and a word by which each is known however it is put.</summary>
    private static readonly (string Title, string Word)[] Boxes =
    [
        ("Patronage dividends", "patronagedividend"), ("Nonpatronage distributions", "nonpatronage"), ("Per-unit retain allocations", "perunitretain"), ("Federal income tax withheld", "federalincometaxwithheld"),
        ("Redeemed nonqualified notices", "redeemednonqualified"), ("Section 199A(g) deduction", "199ag"), ("Qualified payments (Section 199A(b)(7))", "qualifiedpayment"), ("Section 199A(a) qualified items", "199aaqualified"),
        ("Section 199A(a) SSTB items", "sstb"), ("Investment credit", "investmentcredit"), ("Work opportunity credit", "workopportunity"), ("Other credits and deductions", "othercredit"), ("Specified Coop", "specifiedcoop"),
    ];

    private static readonly Dictionary<string, IrisField> ByName =
        Common.SelectMany(column => column.Others.Prepend(column.Header), (column, name) => (Plain(name), column.Field)).ToDictionary(name => name.Item1, name => name.Field, StringComparer.Ordinal);

    /// <summary>As far as the columns are known without a template.</summary>
    public static readonly IrisColumns Known = Of([.. Common.Select(column => column.Header), .. Boxes.Select((box, i) => $"Box {i + 1} - {box.Title}")]);

    private IrisColumns(IReadOnlyList<string> headers, IReadOnlyList<IrisField?> fields, IReadOnlyList<IrisField> twice) => (Headers, Fields, Twice) = (headers, fields, twice);

    /// <summary>As they stand in the template.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>What goes into each column; null where it is none that is known, which stays empty.</summary>
    public IReadOnlyList<IrisField?> Fields { get; }

    /// <summary>Fields for which there is more than one column.</summary>
    public IReadOnlyList<IrisField> Twice { get; }

    public IEnumerable<string> Unmatched => Headers.Where((_, i) => Fields[i] is null);

    public static IrisColumns Of(IReadOnlyList<string> headers)
    {
        var fields = headers.Select(FieldOf).ToList();
        return new IrisColumns(headers, fields, [.. fields.OfType<IrisField>().GroupBy(field => field).Where(field => field.Count() > 1).Select(field => field.Key)]);
    }

    /// <summary>The name by which a field is asked for.</summary>
    public static string NameOf(IrisField field) => IsBox(field) ? $"Box {(int)field} - {Boxes[(int)field - 1].Title}" : Common.Single(column => column.Field == field).Header;

    public static bool IsBox(IrisField field) => field is >= IrisField.Box1 and <= IrisField.Box13;

    private static IrisField? FieldOf(string header)
    {
        var plain = Plain(header);
        if (ByName.TryGetValue(plain, out var field)) return field;
        var number = plain.StartsWith("box", StringComparison.Ordinal) ? string.Concat(plain[3..].TakeWhile(char.IsAsciiDigit)) : "";
        for (var box = 1; box <= Boxes.Length; box++)
            if (plain.Contains(Boxes[box - 1].Word, StringComparison.Ordinal) && (number.Length == 0 || number == box.ToString(CultureInfo.InvariantCulture))) return (IrisField)box;
        return null;
    }

    private static string Plain(string header) => string.Concat(header.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
