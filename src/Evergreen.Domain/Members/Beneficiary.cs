namespace Evergreen.Domain.Members;

/// <summary>A dated fact: whom a member names for what the co-op owes the member at death; in the United Kingdom, a nominee.</summary>
public sealed class Beneficiary
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }

    /// <summary>From this day on.</summary>
    public required DateOnly On { get; init; }
    public required string Name { get; set; }
    public required Kinship Kinship { get; init; }

    /// <summary>Where the person is found: address, phone or mail, as the member wrote it.</summary>
    public string? Whereabouts { get; set; }

    /// <summary>The part, in whole percent, 1 to 100.</summary>
    public required int Percent { get; init; }

    /// <summary>Whether the person works for the co-op or holds an office in it.</summary>
    public bool OfTheCoOp { get; init; }

    public DateOnly? WithdrawnOn { get; set; }
    public DateTime? WithdrawnAt { get; set; }

    public bool IsInForce(DateOnly date) => On <= date && (WithdrawnOn is null || date < WithdrawnOn);
}

public enum Kinship
{
    Spouse = 1,
    CivilPartner = 2,
    Parent = 3,
    Child = 4,
    Sibling = 5,
    NephewOrNiece = 6,
    Other = 7,
}

/// <summary>What the law says of nominations by members of a registered society.</summary>
/// <remarks>Co-operative and Community Benefit Societies Act 2014, section 37.</remarks>
public static class Nomination
{
    private static readonly (DateOnly From, long Cents)[] Limits = [(new DateOnly(2014, 8, 1), 5_000_00)];

    /// <summary>Up to what property, in pence, a nomination is good at a death on the date; null before the Act.</summary>
    /// <remarks>Section 37; an order may raise it, and a further line here then says from when.</remarks>
    public static long? LimitCents(DateOnly date)
    {
        long? limit = null;
        foreach (var (from, cents) in Limits)
            if (from <= date) limit = cents;
        return limit;
    }

    /// <summary>Whether someone may be named: an officer or employee of the society only where they are next of kin.</summary>
    /// <remarks>Section 37.</remarks>
    public static bool MayBeNamed(Kinship kinship, bool ofTheSociety) => !ofTheSociety || kinship != Kinship.Other;
}
