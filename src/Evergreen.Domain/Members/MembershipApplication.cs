namespace Evergreen.Domain.Members;

/// <summary>Someone asked to become a member. The board's answer is a fact of its own: <see cref="ApplicationDecision"/>.</summary>
public sealed class MembershipApplication
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }

    /// <summary>1, 2, 3 … within the co-op.</summary>
    public required int Number { get; init; }
    public required DateOnly ReceivedOn { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
    public required MemberKind Kind { get; init; }
    public required string Name { get; init; }
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    public string? OrganisationName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? AddressLine1 { get; init; }
    public string? AddressLine2 { get; init; }
    public string? City { get; init; }
    public string? Region { get; init; }
    public string? PostalCode { get; init; }
    public string? Country { get; init; }
    public string? Language { get; init; }

    /// <summary>Code of the class that is asked for.</summary>
    public string? Class { get; init; }

    /// <summary>When the applicant was given the notification and a copy of the consent bylaw; null where not yet.</summary>
    /// <remarks>26 USC 1388(c)(2)(B): before joining.</remarks>
    public DateOnly? BylawGivenOn { get; init; }

    /// <summary>When what is known of the applicant was erased; null where it is kept.</summary>
    public DateTime? ErasedAt { get; init; }
}

/// <summary>What was decided on an application: one row, once.</summary>
public sealed class ApplicationDecision
{
    public required int ApplicationId { get; init; }
    public required bool Approved { get; init; }
    public required DateOnly On { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
    public string? Reason { get; init; }

    /// <summary>The member that came of it.</summary>
    public int? MemberId { get; init; }
}
