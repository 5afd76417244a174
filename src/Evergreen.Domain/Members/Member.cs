namespace Evergreen.Domain.Members;

public enum MemberKind
{
    Person = 1,
    Organisation = 2,
}

/// <summary>A member of a co-op: a person or an organisation. A household is its primary owner together with the members whose <see cref="HouseholdOfId"/> names it.</summary>
/// <remarks>Status, classes and consent are not properties but dated facts: <see cref="StatusChange"/>, <see cref="ClassChange"/>, <see cref="ConsentFact"/>.</remarks>
public sealed class Member
{
    /// <summary>Stands for no day of joining, and comes before every other.</summary>
    public static readonly DateOnly Unjoined = DateOnly.MinValue;

    public int Id { get; init; }
    public required int CoOpId { get; init; }

    /// <summary>Text; leading zeros are kept; unique in the co-op and never changed.</summary>
    public required string Number { get; init; }
    public required MemberKind Kind { get; set; }

    /// <summary>Name as shown and printed.</summary>
    public required string Name { get; set; }
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }
    public string? OrganisationName { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? AddressLine1 { get; set; }
    public string? AddressLine2 { get; set; }
    public string? City { get; set; }
    public string? Region { get; set; }
    public string? PostalCode { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; set; }

    /// <summary>Language tag, e.g. <c>en</c>.</summary>
    public string? Language { get; set; }

    /// <summary>The primary owner of the household; patronage accrues to that member.</summary>
    public int? HouseholdOfId { get; set; }

    /// <summary><c>SSN</c>, <c>EIN</c>, <c>ITIN</c>, or null where none was given.</summary>
    public string? TaxIdType { get; set; }

    /// <summary>Encrypted; see Application/Access.</summary>
    public string? TaxIdSealed { get; set; }
    public string? TaxIdLastFour { get; set; }

    /// <summary>Keyed digest, by which the same number is found again without being read.</summary>
    public string? TaxIdDigest { get; set; }

    /// <summary><c>ach</c>, <c>sepa</c>, <c>bacs</c>, or null.</summary>
    public string? BankScheme { get; set; }
    public string? BankRouting { get; set; }

    /// <summary>Encrypted; see Application/Access.</summary>
    public string? BankAccountSealed { get; set; }
    public string? BankAccountLastFour { get; set; }
    public string? BankAccountType { get; set; }

    /// <summary>The import that made this member, if one did.</summary>
    public int? ImportId { get; init; }

    /// <summary>The first day on which the member is active, by which lists are sorted; <see cref="Unjoined"/> where none is known. Follows from the facts: whoever records or takes away one keeps it true.</summary>
    public DateOnly JoinedOn { get; set; }

    /// <summary>1 when the record was made, and one more with every change: whoever changes it says which version was read.</summary>
    public int Version { get; set; } = 1;

    /// <summary>What the record is found by; always follows from number, name, e-mail and the account's last four.</summary>
    public string SearchKey
    {
        get => Members.SearchKey.Of(Number, Name, Email, BankAccountLastFour);
        private set => _ = value;
    }
}
