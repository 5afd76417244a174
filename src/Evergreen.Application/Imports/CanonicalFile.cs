namespace Evergreen.Application.Imports;

/// <summary>What a column's fields are, and so how they are read and checked.</summary>
public enum ColumnKind
{
    /// <summary>A name or another single line of text.</summary>
    Text,

    /// <summary>Text that may run over several lines.</summary>
    Note,

    /// <summary>A number or code that is a text: leading zeros count, scientific notation is damage.</summary>
    Identifier,

    /// <summary>One of the words listed for the column.</summary>
    Code,
    Date,
    Amount,
    Hours,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>Four digits.</summary>
    Year,
}

/// <param name="Required">The column must be there and no field may be empty.</param>
/// <param name="Secret">Masked in every report, preview and error.</param>
/// <param name="OneOf">The words of a <see cref="ColumnKind.Code"/> column.</param>
/// <param name="MaxLength">Longest text in characters.</param>
public sealed record CanonicalColumn(string Name, ColumnKind Kind, bool Required = false, bool Secret = false, IReadOnlyList<string>? OneOf = null, int MaxLength = 200);

/// <summary>One of the files of the contract: every importer ends in these columns.</summary>
public sealed class CanonicalFile
{
    private readonly Dictionary<string, int> indexes;

    private CanonicalFile(string name, params CanonicalColumn[] columns)
    {
        Name = name;
        Columns = columns;
        indexes = columns.Select((column, index) => (column.Name, index)).ToDictionary(c => c.Name, c => c.index, StringComparer.Ordinal);
    }

    /// <summary>The plural of what a row is: <c>members</c>, <c>hours</c> …</summary>
    public string Name { get; }

    public IReadOnlyList<CanonicalColumn> Columns { get; }

    /// <summary>Where the column stands.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such column.</exception>
    public int this[string column] => indexes[column];

    public bool Has(string column) => indexes.ContainsKey(column);

    public override string ToString() => Name;

    public static readonly CanonicalFile Members = new("members",
        Number("member_number", required: true),
        Code("kind", "person", "organisation"),
        Text("name"), Text("given_name"), Text("family_name"), Text("organisation_name"),
        Text("email"), Text("phone"),
        Text("address_line1"), Text("address_line2"), Text("city"), Text("region"), Id("postal_code"),
        Text("country", maxLength: 2),
        Text("classes"),
        Date("joined_on"), Date("left_on"),
        Code("tax_id_type", "SSN", "EIN", "ITIN", "none"),
        Id("tax_id", secret: true),
        Code("consent", "bylaw", "written", "none"),
        Date("consent_on"),
        Text("language", maxLength: 35),
        Code("bank_scheme", "ach", "sepa", "bacs", "none"),
        Id("bank_routing"), Id("bank_account", secret: true),
        Code("bank_account_type", "checking", "savings"),
        Number("household_of"));

    public static readonly CanonicalFile Hours = new("hours",
        Id("source_id", required: true),
        Number("member_number"),
        Date("work_date"), Date("period_start"), Date("period_end"), Date("paid_on"),
        new("hours", ColumnKind.Hours, Required: true),
        Id("hours_kind"),
        Amount("wages"));

    public static readonly CanonicalFile Purchases = new("purchases",
        Id("source_id", required: true),
        Number("member_number"),
        Date("purchased_on", required: true),
        Amount("amount", required: true),
        Id("department"),
        new("eligible", ColumnKind.Flag),
        Id("store"),
        new("volume", ColumnKind.Hours));

    public static readonly CanonicalFile Equity = new("equity",
        Id("source_id", required: true),
        Number("member_number", required: true),
        Code("account", "membership_share", "preferred", "qualified_notice", "nonqualified_notice") with { Required = true },
        new("fiscal_year", ColumnKind.Year),
        Date("posted_on", required: true),
        Amount("amount", required: true));

    public static readonly CanonicalFile Surplus = new("surplus",
        Text("line") with { Required = true },
        Amount("amount", required: true),
        Code("sourced", "patronage", "nonpatronage") with { Required = true },
        Id("pool"),
        new("reason", ColumnKind.Note, MaxLength: 2000));

    public static readonly IReadOnlyList<CanonicalFile> All = [Members, Hours, Purchases, Equity, Surplus];

    private static CanonicalColumn Text(string name, int maxLength = 200) => new(name, ColumnKind.Text, MaxLength: maxLength);
    private static CanonicalColumn Id(string name, bool required = false, bool secret = false) => new(name, ColumnKind.Identifier, required, secret, MaxLength: 100);
    private static CanonicalColumn Number(string name, bool required = false) => new(name, ColumnKind.Identifier, required, MaxLength: 50);
    private static CanonicalColumn Code(string name, params string[] words) => new(name, ColumnKind.Code, OneOf: words);
    private static CanonicalColumn Date(string name, bool required = false) => new(name, ColumnKind.Date, required);
    private static CanonicalColumn Amount(string name, bool required = false) => new(name, ColumnKind.Amount, required);
}
