namespace Evergreen.Domain.Equity;

public enum AccountKind
{
    Asset = 1,
    Liability = 2,
    Equity = 3,
}

/// <summary>An account of a co-op's chart. A line adds the member and the lot, so one account holds every member's part of it.</summary>
public sealed class Account
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required AccountKind Kind { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }
}

/// <summary>The codes of the chart that every co-op starts with.</summary>
public static class AccountCodes
{
    public const string NetAssets = "1000";
    public const string Bank = "1100";
    public const string PatronagePayable = "2000";
    public const string PatronageRolledForward = "2050";
    public const string BackupWithholdingPayable = "2100";
    public const string StoreCreditPayable = "2200";
    public const string DonationsPayable = "2300";
    public const string LabourSharePayable = "2400";
    public const string CapitalDividendsPayable = "2500";
    public const string ShareInterestPayable = "2600";
    public const string MembershipShares = "3000";
    public const string PreferredShares = "3100";
    public const string QualifiedNotices = "3200";
    public const string NonqualifiedNotices = "3300";
    public const string AccountInterest = "3400";
    public const string CollectiveReserve = "3900";
    public const string AllocatedFunds = "3910";
    public const string NetIncome = "3950";
    public const string LossesCarriedForward = "3960";

    /// <summary>Code, name and kind of each, in the order of the chart.</summary>
    public static readonly IReadOnlyList<(string Code, string Name, AccountKind Kind)> Chart =
    [
        (NetAssets, "Net assets as in the books", AccountKind.Asset),
        (Bank, "Bank", AccountKind.Asset),
        (PatronagePayable, "Patronage dividends payable", AccountKind.Liability),
        (PatronageRolledForward, "Patronage dividends rolled forward", AccountKind.Liability),
        (BackupWithholdingPayable, "Backup withholding payable", AccountKind.Liability),
        (StoreCreditPayable, "Store credit owed to members", AccountKind.Liability),
        (DonationsPayable, "Donations payable", AccountKind.Liability),
        (LabourSharePayable, "Labour share payable through payroll", AccountKind.Liability),
        (CapitalDividendsPayable, "Dividends on capital payable", AccountKind.Liability),
        (ShareInterestPayable, "Share interest payable", AccountKind.Liability),
        (MembershipShares, "Membership shares", AccountKind.Equity),
        (PreferredShares, "Preferred shares", AccountKind.Equity),
        (QualifiedNotices, "Qualified notices of allocation", AccountKind.Equity),
        (NonqualifiedNotices, "Nonqualified notices of allocation", AccountKind.Equity),
        (AccountInterest, "Interest on member accounts", AccountKind.Equity),
        (CollectiveReserve, "Collective reserve", AccountKind.Equity),
        (AllocatedFunds, "Funds set aside from surplus", AccountKind.Equity),
        (NetIncome, "Net income of the year", AccountKind.Equity),
        (LossesCarriedForward, "Losses carried forward", AccountKind.Equity),
    ];
}
