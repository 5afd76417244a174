namespace Evergreen.Domain.Tests.Independent;

/// <summary>A co-op's year in plain texts and whole numbers, as both calculations are given it. Amounts are cents.</summary>
internal sealed record PlainYear
{
    public bool IsUk { get; init; }
    public int EndYear { get; init; }
    public int EndMonth { get; init; }
    public string MemberRatio { get; init; } = "records";
    public string Reserve { get; init; } = "0";
    public List<(string Code, string Share)> Funds { get; init; } = [];
    public long CapitalDividends { get; init; }
    public bool CapitalReducesPatronage { get; init; } = true;
    public List<PlainPool> Pools { get; init; } = [];
    public long Minimum { get; init; }
    public string Below { get; init; } = "retain";
    public List<string> LossSteps { get; init; } = ["carry-forward"];
    public string Rounding { get; init; } = "largest-remainder";
    public string? Withholding { get; init; }
    public List<(long Cents, bool FromPatronage, string? Pool)> Figures { get; init; } = [];
    public List<PlainMember> Members { get; init; } = [];
    public List<PlainSum> Patronage { get; init; } = [];
    public List<PlainSum> OutsideConsent { get; init; } = [];
    public long ReserveBalance { get; init; }
    public long LossesCarried { get; init; }
}

internal sealed record PlainPool
{
    public string Code { get; init; } = "";
    public string? NetShare { get; init; }
    public List<(string Measure, string Weight, string[] Only, string[] Except)> Unit { get; init; } = [];
    public Dictionary<string, string> Classes { get; init; } = [];
    public bool ActiveAtYearEnd { get; init; }
    public long MinimumHours { get; init; }
    public long EquityAtLeast { get; init; }
    public int Months { get; init; }
    public string Cash { get; init; } = "1";
    public string Notice { get; init; } = "none";
    public bool ThroughPayroll { get; init; }

    /// <summary>Yearly rate of a share-interest pool; null for a patronage pool.</summary>
    public string? InterestRate { get; init; }
}

internal sealed record PlainMember(int Id, int Number)
{
    /// <summary>active, leave, suspended, left, deceased, or none.</summary>
    public string Status { get; init; } = "active";
    public DateOnly? JoinedOn { get; init; }
    public List<string> Classes { get; init; } = [];
    public List<(DateOnly From, DateOnly To)> Consent { get; init; } = [];
    public bool HasTaxId { get; init; } = true;
    public int? OwnerId { get; init; }
    public long Share { get; init; }
    public long RolledForward { get; init; }
    public List<(bool Qualified, int Year, long Cents)> Lots { get; init; } = [];
    public BigInteger ShareCentDays { get; init; }
}

/// <param name="Member">Zero for non-member business.</param>
/// <param name="Says">What the row says of itself: yes, no, or nothing.</param>
internal sealed record PlainSum(int Member, string Measure, string? Category, string Says, long Quantity);
