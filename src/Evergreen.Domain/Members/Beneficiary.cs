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
