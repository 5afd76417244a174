using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Storage.Guards;

/// <summary>A table whose rows are inserted and never changed, and the columns that make a row one of a kind.</summary>
public sealed record GuardedTable(string Name, params string[] Key)
{
    /// <summary>The tables guarded from the first version on. A table added later is guarded by its own migration; this list never changes.</summary>
    public static readonly IReadOnlyList<GuardedTable> First =
    [
        new("LedgerEntries", "CoOpId", "Sequence"),
        new("LedgerLines", "CoOpId", "Sequence", "LineNo"),
        new("DividendRuns", "CoOpId", "FiscalYear", "Number"),
        new("RunPools", "RunId", "PoolNo"),
        new("Allocations", "RunId", "PoolNo", "MemberId"),
        new("DividendApprovals", "RunId"),
        new("DividendPostings", "RunId"),
        new("DividendReversals", "RunId"),
        new("YearClosings", "CoOpId", "FiscalYear"),
        new("PolicyVersions", "CoOpId", "FiscalYear", "Version"),
        new("AuditRecords", "Id"),
    ];

    /// <summary>The facts of the office that are guarded since the migration of payments; this list never changes either.</summary>
    /// <remarks>Notes, documents and edits of members are not among them: retention, and the withdrawal of an import, take them away.</remarks>
    public static readonly IReadOnlyList<GuardedTable> Payments =
    [
        new("DividendPayments", "RunId"),
        new("DividendReviews", "RunId"),
        new("FindingSignOffs", "RunId", "Finding"),
        new("Scenarios", "Id"),
        new("ScenarioDrops", "ScenarioId"),
        new("ApplicationDecisions", "ApplicationId"),
        new("HouseholdChanges", "Id"),
        new("MemberMerges", "OtherId"),
    ];

    /// <summary>The facts of the members' portal that are guarded since its migration.</summary>
    public static readonly IReadOnlyList<GuardedTable> Portal =
    [
        new("HouseholdShares", "Id"),
        new("WebhookAttempts", "Id"),
    ];

    /// <summary>Where the chains of the audit trail end, guarded since the migration that began them.</summary>
    public static readonly IReadOnlyList<GuardedTable> AuditChain =
    [
        new("AuditSeals", "Chain", "Number"),
    ];

    /// <summary>The co-op's own words for its letters and mails, guarded since there are such.</summary>
    public static readonly IReadOnlyList<GuardedTable> Texts =
    [
        new("TextVersions", "CoOpId", "Name", "Language", "Version"),
    ];

    /// <summary>Capital that was paid back, guarded since there is a verb for it.</summary>
    public static readonly IReadOnlyList<GuardedTable> Redemptions =
    [
        new("EquityRedemptions", "CoOpId", "Number"),
        new("EquityRedemptionReversals", "CoOpId", "Number"),
    ];

    /// <summary>Payment runs and what becomes of them, guarded since their migration.</summary>
    public static readonly IReadOnlyList<GuardedTable> PaymentRuns =
    [
        new("PaymentRuns", "CoOpId", "Number"),
        new("Payments", "PaymentRunId", "No"),
        new("PaymentLeftOuts", "PaymentRunId", "MemberId"),
        new("PaymentApprovals", "PaymentRunId"),
        new("PaymentFiles", "PaymentRunId"),
        new("PaymentSettlements", "PaymentRunId"),
        new("PaymentVoids", "PaymentRunId", "No"),
    ];

    /// <summary>What was filed of tax forms, guarded since their migration.</summary>
    public static readonly IReadOnlyList<GuardedTable> TaxFilings =
    [
        new("TaxFilings", "CoOpId", "CalendarYear", "Number"),
        new("TaxFilingFiles", "CoOpId", "CalendarYear", "Number", "No"),
        new("TaxFilingsSent", "CoOpId", "CalendarYear"),
    ];
}

public static class GuardedMapping
{
    /// <summary>Tells the provider that triggers stand on the table (SQL Server then reads keys back without OUTPUT).</summary>
    public static EntityTypeBuilder<T> HasGuards<T>(this EntityTypeBuilder<T> entity) where T : class =>
        entity.ToTable(t => t.HasTrigger($"{entity.Metadata.GetTableName()}_guard"));
}
