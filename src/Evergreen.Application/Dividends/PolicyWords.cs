namespace Evergreen.Application.Dividends;

/// <summary>The words of a policy's choices, each with what it means.</summary>
public static class PolicyWords
{
    public static readonly IReadOnlyList<(string Word, string Meaning)> Basis = [("book", "Net income as in the books"), ("tax", "Net income as for tax")];

    public static readonly IReadOnlyList<(string Word, string Meaning)> Below =
    [
        ("retain", "Keep it as the member's own capital"),
        ("donate", "Give it on in the member's name"),
        ("roll-forward", "Keep it for the member until it reaches the minimum"),
        ("store-credit", "Make it store credit"),
        ("pool", "Assign it to the collective reserve"),
    ];

    public static readonly IReadOnlyList<(string Word, string Meaning)> Rounding =
    [
        ("largest-remainder", "One each to the largest remainders: everything is divided"),
        ("half-up-residue-to-reserve", "Each share to the nearest cent: the reserve takes or gives the rest"),
        ("floor-residue-to-reserve", "Each share cut off: the rest goes to the reserve"),
    ];

    public static readonly IReadOnlyList<(string Word, string Meaning)> LossSteps =
    [
        ("reserve", "Charge the collective reserve"),
        ("offset-pools", "Set it against other pools' earnings"),
        ("member-accounts", "Charge members' retained notices"),
        ("carry-forward", "Carry it against later years"),
    ];

    public static readonly IReadOnlyList<(string Word, string Meaning)> Notice =
    [
        ("qualified", "Qualified: income to the member now"),
        ("nonqualified", "Nonqualified: income to the member when redeemed"),
        ("none", "None: a UK society, or nothing is retained"),
    ];

    public static readonly IReadOnlyList<(string Word, string Meaning)> Kind = [("patronage", "Divides net income by patronage"), ("share-interest", "Interest on share capital (UK)")];
    public static readonly IReadOnlyList<(string Word, string Meaning)> PayThrough = [("dividend", "As a dividend"), ("payroll", "With the wages, by payroll (UK labour share)")];
    public static readonly IReadOnlyList<(string Word, string Meaning)> Measure = [("hours", "Hours worked"), ("wages", "Wages"), ("purchases", "Purchases"), ("volume", "Volume")];
}
