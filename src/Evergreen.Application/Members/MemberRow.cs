using Evergreen.Application.Imports;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>One row of a members file, read. Null where the field is empty.</summary>
internal sealed record MemberRow
{
    private static readonly CanonicalFile File = CanonicalFile.Members;

    public required long Place { get; init; }
    public required string Number { get; init; }
    public MemberKind? Kind { get; init; }

    /// <summary>By the order of <see cref="MemberFields.All"/>.</summary>
    public required string?[] Texts { get; init; }
    public required IReadOnlyList<string> Classes { get; init; }
    public DateOnly? JoinedOn { get; init; }
    public DateOnly? LeftOn { get; init; }
    public string? TaxIdType { get; init; }

    /// <summary>Digits alone.</summary>
    public string? TaxId { get; init; }
    public ConsentKind? Consent { get; init; }
    public DateOnly? ConsentOn { get; init; }
    public string? BankScheme { get; init; }
    public string? BankRouting { get; init; }
    public string? BankAccount { get; init; }
    public string? BankAccountType { get; init; }
    public string? HouseholdOf { get; init; }

    public string? this[string column] => Texts[MemberFields.Place(column)];

    /// <summary>The name as given, or made of its parts; null where there is none of them.</summary>
    public string? FullName => this["name"] ?? NameOf(KindOrDefault, this["given_name"], this["family_name"], this["organisation_name"]);

    public MemberKind KindOrDefault => Kind ?? (this["organisation_name"] is null ? MemberKind.Person : MemberKind.Organisation);

    public static string? NameOf(MemberKind kind, string? given, string? family, string? organisation)
    {
        if (kind == MemberKind.Organisation) return organisation;
        var name = $"{given} {family}".Trim();
        return name.Length == 0 ? null : name;
    }

    public static MemberRow Read(CanonicalRows rows, long place)
    {
        string? Text(string column) => rows.Has(File[column]) ? rows.Text(File[column]) : null;
        string? Plain(string column) => Text(column) is { } text ? BankNumber.Plain(text) : null;
        string? Word(string column) => Text(column) is { } word && word != "none" ? word : null;
        return new()
        {
            Place = place,
            Number = Text("member_number")!,
            Kind = Text("kind") switch { "person" => MemberKind.Person, "organisation" => MemberKind.Organisation, _ => null },
            Texts = [.. MemberFields.All.Select(field => Text(field.Column))],
            Classes = [.. (Text("classes") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)],
            JoinedOn = rows.Date(File["joined_on"]),
            LeftOn = rows.Date(File["left_on"]),
            TaxIdType = Word("tax_id_type"),
            TaxId = Plain("tax_id"),
            Consent = Text("consent") switch { "bylaw" => ConsentKind.Bylaw, "written" => ConsentKind.Written, _ => null },
            ConsentOn = rows.Date(File["consent_on"]),
            BankScheme = Word("bank_scheme"),
            BankRouting = Word("bank_scheme") == "ach" ? Text("bank_routing") : Plain("bank_routing"),
            BankAccount = Word("bank_scheme") == "ach" ? Text("bank_account") : Plain("bank_account"),
            BankAccountType = Text("bank_account_type"),
            HouseholdOf = Text("household_of"),
        };
    }

    /// <summary>What is wrong with the row by itself; null where nothing is.</summary>
    public (string Column, Fault Fault)? Wrong(bool isNew)
    {
        if (isNew && FullName is null) return ("name", MemberFaults.NameMissing);
        if (TaxId is not null && TaxIdType is null) return ("tax_id", MemberFaults.TaxIdUntyped);
        if (TaxId is not null && !BankNumber.IsTaxId(TaxId)) return ("tax_id", MemberFaults.TaxIdForm);
        if (ConsentOn is not null && Consent is null) return ("consent_on", MemberFaults.ConsentUnnamed);
        if (Classes.Any(code => code.Length > 50)) return ("classes", MemberFaults.ClassForm);
        if (HouseholdOf == Number) return ("household_of", MemberFaults.OwnHousehold);
        return BankWrong();
    }

    private (string, Fault)? BankWrong() => BankScheme switch
    {
        null => BankAccount is null ? null : ("bank_account", MemberFaults.BankSchemeMissing),
        "ach" when !BankNumber.IsAchRouting(BankRouting!) => ("bank_routing", MemberFaults.RoutingForm),
        "ach" when !BankNumber.IsAchAccount(BankAccount!) => ("bank_account", MemberFaults.AchAccountForm),
        "bacs" when !BankNumber.IsSortCode(BankRouting!) => ("bank_routing", MemberFaults.SortCodeForm),
        "bacs" when !BankNumber.IsBacsAccount(BankAccount!) => ("bank_account", MemberFaults.BacsAccountForm),
        "sepa" when BankRouting is not null && !BankNumber.IsBic(BankRouting) => ("bank_routing", MemberFaults.BicForm),
        "sepa" when !BankNumber.IsIban(BankAccount!) => ("bank_account", MemberFaults.IbanForm),
        _ => null,
    };
}
