namespace Evergreen.Application.Storage.Guards;

/// <summary>What SQL Server itself refuses. Headers are written first; each statement's lines are checked together.</summary>
/// <remarks>SQL Server has no check at COMMIT: a header left without lines is found by <c>evergreen check</c>.</remarks>
public static class SqlServerGuards
{
    /// <summary>Batches, separated by GO as CREATE TRIGGER demands.</summary>
    public static string First => string.Join("\nGO\n", [.. GuardedTable.First.Select(AppendOnly), .. Rules]);

    public static string Payments => string.Join("\nGO\n", GuardedTable.Payments.Select(AppendOnly));

    public static string Portal => string.Join("\nGO\n", GuardedTable.Portal.Select(AppendOnly));

    public static string AuditChain => string.Join("\nGO\n", GuardedTable.AuditChain.Select(AppendOnly));

    public static string Texts => string.Join("\nGO\n", GuardedTable.Texts.Select(AppendOnly));

    public static string Redemptions => string.Join("\nGO\n", GuardedTable.Redemptions.Select(AppendOnly));

    public static string PaymentRuns => string.Join("\nGO\n", [.. GuardedTable.PaymentRuns.Select(AppendOnly), .. PaymentRules]);

    public static string TaxFilings => string.Join("\nGO\n", GuardedTable.TaxFilings.Select(AppendOnly));

    /// <summary>No update, no delete.</summary>
    public static string AppendOnly(GuardedTable table) => $"""
        CREATE TRIGGER [{table.Name}_no_change] ON [{table.Name}] AFTER UPDATE, DELETE AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM deleted) THROW 51000, 'evergreen:posted-row', 1;
        END
        """;

    private static readonly string[] Rules =
    [
        """
        CREATE TRIGGER [LedgerEntries_guard] ON [LedgerEntries] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM (SELECT [CoOpId], MIN([Sequence]) AS [first], MAX([Sequence]) AS [last], COUNT_BIG(*) AS [n] FROM inserted GROUP BY [CoOpId]) AS f
                WHERE f.[n] <> f.[last] - f.[first] + 1
                   OR f.[last] <> (SELECT MAX(e.[Sequence]) FROM [LedgerEntries] AS e WHERE e.[CoOpId] = f.[CoOpId])
                   OR f.[first] <> 1 + COALESCE((SELECT MAX(e.[Sequence]) FROM [LedgerEntries] AS e WHERE e.[CoOpId] = f.[CoOpId] AND e.[Sequence] < f.[first]), 0))
                THROW 51000, 'evergreen:sequence-gap', 1;
            IF EXISTS (SELECT 1 FROM inserted AS i JOIN [YearClosings] AS c ON c.[CoOpId] = i.[CoOpId] AND i.[On] BETWEEN c.[StartsOn] AND c.[EndsOn])
                THROW 51000, 'evergreen:closed-year', 1;
        END
        """,
        """
        CREATE TRIGGER [LedgerLines_guard] ON [LedgerLines] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            -- Numbers run 1 to n without a gap, so a second set of lines for the same entry meets the primary key.
            IF EXISTS (SELECT 1 FROM (SELECT [CoOpId], [Sequence], COUNT(*) AS [n], SUM([AmountCents]) AS [cents], MIN([LineNo]) AS [first], MAX([LineNo]) AS [last]
                    FROM inserted GROUP BY [CoOpId], [Sequence]) AS f
                JOIN [LedgerEntries] AS e ON e.[CoOpId] = f.[CoOpId] AND e.[Sequence] = f.[Sequence]
                WHERE f.[n] < 2 OR f.[cents] <> 0 OR f.[first] <> 1 OR f.[last] <> f.[n] OR f.[n] <> e.[LineCount])
                THROW 51000, 'evergreen:unbalanced-entry', 1;
        END
        """,
        """
        CREATE TRIGGER [RunPools_guard] ON [RunPools] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM inserted AS i JOIN [DividendApprovals] AS a ON a.[RunId] = i.[RunId]) THROW 51000, 'evergreen:run-approved', 1;
        END
        """,
        """
        CREATE TRIGGER [Allocations_guard] ON [Allocations] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM inserted AS i JOIN [DividendApprovals] AS a ON a.[RunId] = i.[RunId]) THROW 51000, 'evergreen:run-approved', 1;
        END
        """,
        """
        CREATE TRIGGER [DividendApprovals_guard] ON [DividendApprovals] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM inserted AS i JOIN [RunPools] AS p ON p.[RunId] = i.[RunId] WHERE p.[AmountCents] <> p.[ResidueCents] +
                COALESCE((SELECT SUM(a.[DividendCents]) FROM [Allocations] AS a WHERE a.[RunId] = p.[RunId] AND a.[PoolNo] = p.[PoolNo]), 0))
                THROW 51000, 'evergreen:pool-not-exhausted', 1;
        END
        """,
        """
        CREATE TRIGGER [DividendPostings_guard] ON [DividendPostings] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM inserted AS i WHERE NOT EXISTS (SELECT 1 FROM [DividendApprovals] AS a WHERE a.[RunId] = i.[RunId]))
                THROW 51000, 'evergreen:not-approved', 1;
            IF EXISTS (SELECT 1 FROM inserted AS i WHERE NOT EXISTS (SELECT 1 FROM [DividendRuns] AS r WHERE r.[Id] = i.[RunId] AND r.[CoOpId] = i.[CoOpId] AND r.[FiscalYear] = i.[FiscalYear]))
                THROW 51000, 'evergreen:not-this-run', 1;
            IF EXISTS (SELECT 1 FROM inserted AS i JOIN [DividendPostings] AS p ON p.[CoOpId] = i.[CoOpId] AND p.[FiscalYear] = i.[FiscalYear] AND p.[RunId] <> i.[RunId]
                    LEFT JOIN [DividendReversals] AS r ON r.[RunId] = p.[RunId] WHERE r.[RunId] IS NULL)
                OR EXISTS (SELECT 1 FROM inserted AS i
                    WHERE i.[Generation] + 1 <> (SELECT COUNT(*) FROM [DividendPostings] AS p WHERE p.[CoOpId] = i.[CoOpId] AND p.[FiscalYear] = i.[FiscalYear]))
                THROW 51000, 'evergreen:year-posted', 1;
        END
        """,
    ];

    /// <summary>A payment run holds what it says when it is approved, and nothing is added to it afterwards; a file or a settlement is of an approved one.</summary>
    private static readonly string[] PaymentRules =
    [
        """
        CREATE TRIGGER [Payments_guard] ON [Payments] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM inserted AS i JOIN [PaymentApprovals] AS a ON a.[PaymentRunId] = i.[PaymentRunId]) THROW 51000, 'evergreen:payments-approved', 1;
        END
        """,
        """
        CREATE TRIGGER [PaymentApprovals_guard] ON [PaymentApprovals] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM inserted AS i JOIN [PaymentRuns] AS r ON r.[Id] = i.[PaymentRunId]
                WHERE r.[Members] <> (SELECT COUNT(*) FROM [Payments] AS p WHERE p.[PaymentRunId] = r.[Id])
                   OR r.[TotalCents] <> COALESCE((SELECT SUM(p.[PatronageCents] + p.[InterestCents]) FROM [Payments] AS p WHERE p.[PaymentRunId] = r.[Id]), 0))
                THROW 51000, 'evergreen:payments-differ', 1;
        END
        """,
        """
        CREATE TRIGGER [PaymentFiles_guard] ON [PaymentFiles] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM inserted AS i WHERE NOT EXISTS (SELECT 1 FROM [PaymentApprovals] AS a WHERE a.[PaymentRunId] = i.[PaymentRunId])) THROW 51000, 'evergreen:payments-not-approved', 1;
        END
        """,
        """
        CREATE TRIGGER [PaymentSettlements_guard] ON [PaymentSettlements] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM inserted AS i WHERE NOT EXISTS (SELECT 1 FROM [PaymentApprovals] AS a WHERE a.[PaymentRunId] = i.[PaymentRunId])) THROW 51000, 'evergreen:payments-not-approved', 1;
        END
        """,
    ];
}
