using System.Globalization;
using System.Text;

namespace Evergreen.Application.Storage.Guards;

/// <summary>What SQLite itself refuses. Lines are written first and their header last, so that the header's trigger sees the whole entry.</summary>
public static class SqliteGuards
{
    /// <summary>The two ledger tables: EF cannot say DEFERRABLE, and one b-tree a table instead of two halves the writing.</summary>
    public const string LedgerTables = """
        CREATE TABLE "LedgerEntries" (
            "CoOpId" INTEGER NOT NULL,
            "Sequence" INTEGER NOT NULL,
            "Kind" INTEGER NOT NULL,
            "Source" INTEGER NOT NULL,
            "Item" INTEGER NOT NULL,
            "On" TEXT NOT NULL,
            "RecordedAt" TEXT NOT NULL,
            "Narration" TEXT NOT NULL,
            "Reverses" INTEGER NULL,
            "LineCount" INTEGER NOT NULL,
            "Hash" BLOB NOT NULL,
            CONSTRAINT "PK_LedgerEntries" PRIMARY KEY ("CoOpId", "Sequence"),
            CONSTRAINT "CK_LedgerEntries_LineCount" CHECK ("LineCount" >= 2),
            CONSTRAINT "CK_LedgerEntries_Reverses" CHECK ("Reverses" < "Sequence"),
            CONSTRAINT "FK_LedgerEntries_LedgerEntries_CoOpId_Reverses" FOREIGN KEY ("CoOpId", "Reverses") REFERENCES "LedgerEntries" ("CoOpId", "Sequence") ON DELETE RESTRICT
        ) WITHOUT ROWID;
        CREATE TABLE "LedgerLines" (
            "CoOpId" INTEGER NOT NULL,
            "Sequence" INTEGER NOT NULL,
            "LineNo" INTEGER NOT NULL,
            "AccountId" INTEGER NOT NULL,
            "MemberId" INTEGER NULL,
            "Lot" INTEGER NULL,
            "AmountCents" INTEGER NOT NULL,
            CONSTRAINT "PK_LedgerLines" PRIMARY KEY ("CoOpId", "Sequence", "LineNo"),
            CONSTRAINT "CK_LedgerLines_AmountCents" CHECK ("AmountCents" <> 0),
            CONSTRAINT "FK_LedgerLines_Accounts_AccountId" FOREIGN KEY ("AccountId") REFERENCES "Accounts" ("Id") ON DELETE RESTRICT,
            CONSTRAINT "FK_LedgerLines_LedgerEntries_CoOpId_Sequence" FOREIGN KEY ("CoOpId", "Sequence") REFERENCES "LedgerEntries" ("CoOpId", "Sequence") DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT "FK_LedgerLines_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
        ) WITHOUT ROWID;
        """;

    public static string First => string.Concat(GuardedTable.First.Select(AppendOnly)) + Rules;

    public static string Payments => string.Concat(GuardedTable.Payments.Select(AppendOnly));

    public static string Portal => string.Concat(GuardedTable.Portal.Select(AppendOnly));

    public static string AuditChain => string.Concat(GuardedTable.AuditChain.Select(AppendOnly));

    public static string Texts => string.Concat(GuardedTable.Texts.Select(AppendOnly));

    public static string Redemptions => string.Concat(GuardedTable.Redemptions.Select(AppendOnly));

    public static string PaymentRuns => string.Concat(GuardedTable.PaymentRuns.Select(AppendOnly)) + PaymentRules;

    public static string TaxFilings => string.Concat(GuardedTable.TaxFilings.Select(AppendOnly));

    /// <summary>No update, no delete, and no INSERT OR REPLACE, which deletes without asking the delete trigger.</summary>
    public static string AppendOnly(GuardedTable table)
    {
        var same = string.Join(" AND ", table.Key.Select(column => $"\"{column}\" = NEW.\"{column}\""));
        return new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
            CREATE TRIGGER "{table.Name}_no_update" BEFORE UPDATE ON "{table.Name}" BEGIN SELECT RAISE(ABORT, 'evergreen:posted-row'); END;
            CREATE TRIGGER "{table.Name}_no_delete" BEFORE DELETE ON "{table.Name}" BEGIN SELECT RAISE(ABORT, 'evergreen:posted-row'); END;
            CREATE TRIGGER "{table.Name}_no_replace" BEFORE INSERT ON "{table.Name}" WHEN EXISTS (SELECT 1 FROM "{table.Name}" WHERE {same})
            BEGIN SELECT RAISE(ABORT, 'evergreen:row-exists'); END;

            """).ToString();
    }

    private const string Rules = """
        CREATE TRIGGER "LedgerEntries_guard" BEFORE INSERT ON "LedgerEntries" BEGIN
            SELECT RAISE(ABORT, 'evergreen:sequence-gap')
                WHERE NEW."Sequence" <> 1 + coalesce((SELECT max("Sequence") FROM "LedgerEntries" WHERE "CoOpId" = NEW."CoOpId"), 0);
            SELECT RAISE(ABORT, 'evergreen:unbalanced-entry')
                FROM (SELECT count(*) AS n, sum("AmountCents") AS cents, min("LineNo") AS first, max("LineNo") AS last
                      FROM "LedgerLines" WHERE "CoOpId" = NEW."CoOpId" AND "Sequence" = NEW."Sequence")
                WHERE n < 2 OR n <> NEW."LineCount" OR cents <> 0 OR first <> 1 OR last <> n;
            SELECT RAISE(ABORT, 'evergreen:closed-year')
                WHERE EXISTS (SELECT 1 FROM "YearClosings" WHERE "CoOpId" = NEW."CoOpId" AND NEW."On" BETWEEN "StartsOn" AND "EndsOn");
            SELECT RAISE(ABORT, 'evergreen:already-posted')
                WHERE EXISTS (SELECT 1 FROM "LedgerEntries" WHERE "CoOpId" = NEW."CoOpId" AND "Kind" = NEW."Kind" AND "Source" = NEW."Source" AND "Item" = NEW."Item");
            SELECT RAISE(ABORT, 'evergreen:already-reversed')
                WHERE NEW."Reverses" IS NOT NULL AND EXISTS (SELECT 1 FROM "LedgerEntries" WHERE "CoOpId" = NEW."CoOpId" AND "Reverses" = NEW."Reverses");
        END;
        CREATE TRIGGER "LedgerLines_guard" BEFORE INSERT ON "LedgerLines"
            WHEN EXISTS (SELECT 1 FROM "LedgerEntries" WHERE "CoOpId" = NEW."CoOpId" AND "Sequence" = NEW."Sequence")
            BEGIN SELECT RAISE(ABORT, 'evergreen:entry-complete'); END;
        CREATE TRIGGER "DividendRuns_guard" BEFORE INSERT ON "DividendRuns" WHEN EXISTS (SELECT 1 FROM "DividendRuns" WHERE "Id" = NEW."Id")
            BEGIN SELECT RAISE(ABORT, 'evergreen:row-exists'); END;
        CREATE TRIGGER "PolicyVersions_guard" BEFORE INSERT ON "PolicyVersions" WHEN EXISTS (SELECT 1 FROM "PolicyVersions" WHERE "Id" = NEW."Id")
            BEGIN SELECT RAISE(ABORT, 'evergreen:row-exists'); END;
        CREATE TRIGGER "RunPools_guard" BEFORE INSERT ON "RunPools" WHEN EXISTS (SELECT 1 FROM "DividendApprovals" WHERE "RunId" = NEW."RunId")
            BEGIN SELECT RAISE(ABORT, 'evergreen:run-approved'); END;
        CREATE TRIGGER "Allocations_guard" BEFORE INSERT ON "Allocations" WHEN EXISTS (SELECT 1 FROM "DividendApprovals" WHERE "RunId" = NEW."RunId")
            BEGIN SELECT RAISE(ABORT, 'evergreen:run-approved'); END;
        CREATE TRIGGER "DividendApprovals_guard" BEFORE INSERT ON "DividendApprovals" BEGIN
            SELECT RAISE(ABORT, 'evergreen:pool-not-exhausted')
                FROM "RunPools" p WHERE p."RunId" = NEW."RunId" AND p."AmountCents" <> p."ResidueCents" +
                    coalesce((SELECT sum(a."DividendCents") FROM "Allocations" a WHERE a."RunId" = p."RunId" AND a."PoolNo" = p."PoolNo"), 0);
        END;
        CREATE TRIGGER "DividendPostings_guard" BEFORE INSERT ON "DividendPostings" BEGIN
            SELECT RAISE(ABORT, 'evergreen:not-approved') WHERE NOT EXISTS (SELECT 1 FROM "DividendApprovals" WHERE "RunId" = NEW."RunId");
            SELECT RAISE(ABORT, 'evergreen:not-this-run')
                WHERE NOT EXISTS (SELECT 1 FROM "DividendRuns" WHERE "Id" = NEW."RunId" AND "CoOpId" = NEW."CoOpId" AND "FiscalYear" = NEW."FiscalYear");
            SELECT RAISE(ABORT, 'evergreen:year-posted')
                WHERE EXISTS (SELECT 1 FROM "DividendPostings" p LEFT JOIN "DividendReversals" r ON r."RunId" = p."RunId"
                    WHERE p."CoOpId" = NEW."CoOpId" AND p."FiscalYear" = NEW."FiscalYear" AND r."RunId" IS NULL)
                OR NEW."Generation" <> (SELECT count(*) FROM "DividendPostings" WHERE "CoOpId" = NEW."CoOpId" AND "FiscalYear" = NEW."FiscalYear");
        END;
        """;

    /// <summary>A payment run holds what it says when it is approved, and nothing is added to it afterwards; a file or a settlement is of an approved one.</summary>
    private const string PaymentRules = """
        CREATE TRIGGER "PaymentRuns_guard" BEFORE INSERT ON "PaymentRuns" WHEN EXISTS (SELECT 1 FROM "PaymentRuns" WHERE "Id" = NEW."Id")
            BEGIN SELECT RAISE(ABORT, 'evergreen:row-exists'); END;
        CREATE TRIGGER "Payments_guard" BEFORE INSERT ON "Payments" BEGIN
            SELECT RAISE(ABORT, 'evergreen:row-exists') WHERE EXISTS (SELECT 1 FROM "Payments" WHERE "PaymentRunId" = NEW."PaymentRunId" AND "MemberId" = NEW."MemberId");
            SELECT RAISE(ABORT, 'evergreen:payments-approved') WHERE EXISTS (SELECT 1 FROM "PaymentApprovals" WHERE "PaymentRunId" = NEW."PaymentRunId");
        END;
        CREATE TRIGGER "PaymentApprovals_guard" BEFORE INSERT ON "PaymentApprovals" BEGIN
            SELECT RAISE(ABORT, 'evergreen:payments-differ')
                FROM "PaymentRuns" r WHERE r."Id" = NEW."PaymentRunId" AND (r."Members" <> (SELECT count(*) FROM "Payments" p WHERE p."PaymentRunId" = r."Id")
                    OR r."TotalCents" <> coalesce((SELECT sum(p."PatronageCents" + p."InterestCents") FROM "Payments" p WHERE p."PaymentRunId" = r."Id"), 0));
        END;
        CREATE TRIGGER "PaymentFiles_guard" BEFORE INSERT ON "PaymentFiles" BEGIN
            SELECT RAISE(ABORT, 'evergreen:payments-not-approved') WHERE NOT EXISTS (SELECT 1 FROM "PaymentApprovals" WHERE "PaymentRunId" = NEW."PaymentRunId");
            SELECT RAISE(ABORT, 'evergreen:row-exists') WHERE EXISTS (SELECT 1 FROM "PaymentFiles" WHERE "DividendRunId" = NEW."DividendRunId" AND "Round" = NEW."Round");
        END;
        CREATE TRIGGER "PaymentSettlements_guard" BEFORE INSERT ON "PaymentSettlements" BEGIN
            SELECT RAISE(ABORT, 'evergreen:payments-not-approved') WHERE NOT EXISTS (SELECT 1 FROM "PaymentApprovals" WHERE "PaymentRunId" = NEW."PaymentRunId");
            SELECT RAISE(ABORT, 'evergreen:row-exists') WHERE EXISTS (SELECT 1 FROM "PaymentSettlements" WHERE "DividendRunId" = NEW."DividendRunId" AND "Round" = NEW."Round");
        END;
        """;
}
