using System.Text.Json.Serialization;

namespace Evergreen.Client;

/// <summary>A receipt to be recorded.</summary>
/// <param name="Receipt">The till's own id; however often it comes, it counts once.</param>
/// <param name="Amount">At most two decimals; a return has a minus.</param>
/// <param name="Member">Null for business with no member.</param>
public sealed record NewPurchase(string Receipt, DateOnly On, [property: JsonConverter(typeof(TwoDecimals))] decimal Amount, string? Member = null)
{
    public string? Currency { get; init; }
    public string? Department { get; init; }
    public bool? Eligible { get; init; }
    public string? Store { get; init; }
    [JsonConverter(typeof(TwoDecimals))] public decimal? Volume { get; init; }
}

/// <summary>Hours to be recorded, of a day or of a pay period.</summary>
/// <param name="Id">Payroll's own id; however often it comes, it counts once.</param>
/// <param name="Hours">At most two decimals; a correction has a minus.</param>
public sealed record NewHours(string Id, [property: JsonConverter(typeof(TwoDecimals))] decimal Hours, string? Member = null)
{
    public DateOnly? WorkedOn { get; init; }
    public DateOnly? PeriodStart { get; init; }
    public DateOnly? PeriodEnd { get; init; }
    public DateOnly? PaidOn { get; init; }
    public string? Kind { get; init; }
    [JsonConverter(typeof(TwoDecimals))] public decimal? Wages { get; init; }
    public string? Currency { get; init; }
}

/// <summary>A purchase that is in the books. Source is null in the answer to its recording.</summary>
public sealed record Purchase(string Receipt, DateOnly On, [property: JsonConverter(typeof(TwoDecimals))] decimal Amount, string Currency, string? Member, string? Department, bool? Eligible, string? Store, string? Source)
{
    [JsonConverter(typeof(TwoDecimals))] public decimal? Volume { get; init; }
}

/// <summary>Hours that are in the books. Source and On are null in the answer to their recording.</summary>
public sealed record WorkedHours(string Id, [property: JsonConverter(typeof(TwoDecimals))] decimal Hours, string? Member, DateOnly? WorkedOn, DateOnly? On, DateOnly? PeriodStart, DateOnly? PeriodEnd, DateOnly? PaidOn, string? Kind, string? Currency, string? Source)
{
    [JsonConverter(typeof(TwoDecimals))] public decimal? Wages { get; init; }
}

/// <param name="Replayed">It was there before, and nothing was done now.</param>
public sealed record Recorded<T>(T Entry, bool Replayed);

/// <summary>What became of one line of a batch.</summary>
/// <param name="Status"><c>recorded</c>, <c>replayed</c> or <c>refused</c>.</param>
/// <param name="Code">Why it was refused.</param>
public sealed record BatchLine<T>(int Line, string Status, T? Entry, string? Code, string? Detail) where T : class
{
    public bool IsRefused => Status == "refused";
}

public sealed record BatchResult<T>(int Recorded, int Replayed, int Refused, IReadOnlyList<BatchLine<T>> Lines) where T : class;

public sealed record Member(string Number, string Name, string Kind, string? Status, IReadOnlyList<string> Classes, DateOnly? JoinedOn, string? HouseholdOf, string? MergedInto);

public sealed record EquityLot(string Account, string Name, int? FiscalYear, [property: JsonConverter(typeof(TwoDecimals))] decimal Balance, bool Owned);

public sealed record Equity(string Member, [property: JsonConverter(typeof(TwoDecimals))] decimal Capital, [property: JsonConverter(typeof(TwoDecimals))] decimal Owed, string Currency, IReadOnlyList<EquityLot> Lots);

public sealed record RunPool(int No, string Code, string Name, string Unit, [property: JsonConverter(typeof(TwoDecimals))] decimal Amount);

public sealed record Run(string Name, int FiscalYear, string State, [property: JsonConverter(typeof(TwoDecimals))] decimal NetIncome, [property: JsonConverter(typeof(TwoDecimals))] decimal Allocated,
    [property: JsonConverter(typeof(TwoDecimals))] decimal Cash, string Currency, int Members, DateOnly? PostedOn, IReadOnlyList<RunPool> Pools);

public sealed record Allocation(string Member, string Pool, [property: JsonConverter(typeof(TwoDecimals))] decimal Dividend, [property: JsonConverter(typeof(TwoDecimals))] decimal Cash, [property: JsonConverter(typeof(TwoDecimals))] decimal Withheld,
    [property: JsonConverter(typeof(TwoDecimals))] decimal Qualified, [property: JsonConverter(typeof(TwoDecimals))] decimal Nonqualified, [property: JsonConverter(typeof(TwoDecimals))] decimal Shares, string Currency, string Treatment);

public sealed record Statement(string Run, int FiscalYear, string Member, DateOnly IssuedOn, string Paper, string Sha256, int Bytes);

/// <param name="CoOp">Code of the co-op whose books it reaches.</param>
/// <param name="Scopes">What it may do, in the order of the alphabet.</param>
public sealed record WhoAmI(string CoOp, string ClientId, IReadOnlyList<string> Scopes);

internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next);
