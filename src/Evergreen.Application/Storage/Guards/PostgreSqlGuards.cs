namespace Evergreen.Application.Storage.Guards;

/// <summary>What PostgreSQL itself refuses. Headers are written first; each statement's lines are checked together, and at COMMIT every header must have its lines.</summary>
public static class PostgreSqlGuards
{
    public static string First => Shared + string.Concat(GuardedTable.First.Select(AppendOnly)) + Rules;

    public static string Payments => string.Concat(GuardedTable.Payments.Select(AppendOnly));

    public static string Portal => string.Concat(GuardedTable.Portal.Select(AppendOnly));

    public static string AuditChain => string.Concat(GuardedTable.AuditChain.Select(AppendOnly));

    public static string Texts => string.Concat(GuardedTable.Texts.Select(AppendOnly));

    public static string Redemptions => string.Concat(GuardedTable.Redemptions.Select(AppendOnly));

    public static string PaymentRuns => string.Concat(GuardedTable.PaymentRuns.Select(AppendOnly)) + PaymentRules;

    public static string TaxFilings => string.Concat(GuardedTable.TaxFilings.Select(AppendOnly));

    /// <summary>The guards that look for rows find them by their keys, however few rows the server believes there are.</summary>
    /// <remarks>
    /// A session keeps the plan of a guard. One made while a table held a handful of rows read the whole table, and went on to do so for each of a hundred thousand entries that came in one transaction.
    /// </remarks>
    public static string ByKey => Lines + string.Concat(Looking.Select(guard => $"ALTER FUNCTION {guard}() SET enable_seqscan = off;\n"));

    /// <summary>Takes <see cref="ByKey"/> back; that the lines' guard asks entry by entry is no harm.</summary>
    public static string ByWhateverSeemsCheap => string.Concat(Looking.Select(guard => $"ALTER FUNCTION {guard}() RESET enable_seqscan;\n"));

    private static readonly string[] Looking =
        ["evergreen_lines", "evergreen_entries", "evergreen_entry_has_lines", "evergreen_approval", "evergreen_run_open", "evergreen_posting", "evergreen_payments_open", "evergreen_payments_approved", "evergreen_payment_approval"];

    /// <summary>No update, no delete, no truncate.</summary>
    public static string AppendOnly(GuardedTable table) => $"""
        CREATE TRIGGER "{table.Name}_no_change" BEFORE UPDATE OR DELETE ON "{table.Name}" FOR EACH ROW EXECUTE FUNCTION evergreen_posted_row();
        CREATE TRIGGER "{table.Name}_no_truncate" BEFORE TRUNCATE ON "{table.Name}" FOR EACH STATEMENT EXECUTE FUNCTION evergreen_posted_row();

        """;

    private const string Shared = """
        CREATE FUNCTION evergreen_posted_row() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'evergreen:posted-row'; END $$;

        """;

    private const string Lines = """
        CREATE OR REPLACE FUNCTION evergreen_lines() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            -- Numbers run 1 to n without a gap, so a second set of lines for the same entry meets the primary key.
            IF EXISTS (SELECT 1 FROM (SELECT "CoOpId", "Sequence", count(*) AS n, sum("AmountCents") AS cents, min("LineNo") AS first, max("LineNo") AS last
                    FROM fresh GROUP BY "CoOpId", "Sequence") f
                WHERE f.n < 2 OR f.cents <> 0 OR f.first <> 1 OR f.last <> f.n
                   OR f.n IS DISTINCT FROM (SELECT e."LineCount" FROM "LedgerEntries" e WHERE e."CoOpId" = f."CoOpId" AND e."Sequence" = f."Sequence")) THEN
                RAISE EXCEPTION 'evergreen:unbalanced-entry';
            END IF;
            RETURN NULL;
        END $$;

        """;

    private const string Rules = """
        CREATE FUNCTION evergreen_entries() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM (SELECT "CoOpId", min("Sequence") AS first, max("Sequence") AS last, count(*) AS n FROM fresh GROUP BY "CoOpId") f
                WHERE f.n <> f.last - f.first + 1
                   OR f.last <> (SELECT max(e."Sequence") FROM "LedgerEntries" e WHERE e."CoOpId" = f."CoOpId")
                   OR f.first <> 1 + coalesce((SELECT max(e."Sequence") FROM "LedgerEntries" e WHERE e."CoOpId" = f."CoOpId" AND e."Sequence" < f.first), 0)) THEN
                RAISE EXCEPTION 'evergreen:sequence-gap';
            END IF;
            IF EXISTS (SELECT 1 FROM (SELECT DISTINCT "CoOpId", "On" FROM fresh) f JOIN "YearClosings" c ON c."CoOpId" = f."CoOpId" AND f."On" BETWEEN c."StartsOn" AND c."EndsOn") THEN
                RAISE EXCEPTION 'evergreen:closed-year';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER "LedgerEntries_guard" AFTER INSERT ON "LedgerEntries" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION evergreen_entries();

        CREATE FUNCTION evergreen_lines() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            -- Numbers run 1 to n without a gap, so a second set of lines for the same entry meets the primary key.
            IF EXISTS (SELECT 1 FROM (SELECT "CoOpId", "Sequence", count(*) AS n, sum("AmountCents") AS cents, min("LineNo") AS first, max("LineNo") AS last
                    FROM fresh GROUP BY "CoOpId", "Sequence") f
                LEFT JOIN "LedgerEntries" e ON e."CoOpId" = f."CoOpId" AND e."Sequence" = f."Sequence"
                WHERE f.n < 2 OR f.cents <> 0 OR f.first <> 1 OR f.last <> f.n OR f.n IS DISTINCT FROM e."LineCount") THEN
                RAISE EXCEPTION 'evergreen:unbalanced-entry';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER "LedgerLines_guard" AFTER INSERT ON "LedgerLines" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION evergreen_lines();

        CREATE FUNCTION evergreen_entry_has_lines() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM "LedgerLines" l WHERE l."CoOpId" = NEW."CoOpId" AND l."Sequence" = NEW."Sequence" AND l."LineNo" = NEW."LineCount") THEN
                RAISE EXCEPTION 'evergreen:unbalanced-entry';
            END IF;
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER "LedgerEntries_lines" AFTER INSERT ON "LedgerEntries" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION evergreen_entry_has_lines();

        CREATE FUNCTION evergreen_run_open() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM (SELECT DISTINCT "RunId" FROM fresh) f JOIN "DividendApprovals" a ON a."RunId" = f."RunId") THEN
                RAISE EXCEPTION 'evergreen:run-approved';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER "RunPools_guard" AFTER INSERT ON "RunPools" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION evergreen_run_open();
        CREATE TRIGGER "Allocations_guard" AFTER INSERT ON "Allocations" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION evergreen_run_open();

        CREATE FUNCTION evergreen_approval() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM "RunPools" p WHERE p."RunId" = NEW."RunId" AND p."AmountCents" <> p."ResidueCents" +
                coalesce((SELECT sum(a."DividendCents") FROM "Allocations" a WHERE a."RunId" = p."RunId" AND a."PoolNo" = p."PoolNo"), 0)) THEN
                RAISE EXCEPTION 'evergreen:pool-not-exhausted';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER "DividendApprovals_guard" BEFORE INSERT ON "DividendApprovals" FOR EACH ROW EXECUTE FUNCTION evergreen_approval();

        CREATE FUNCTION evergreen_posting() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM "DividendApprovals" WHERE "RunId" = NEW."RunId") THEN
                RAISE EXCEPTION 'evergreen:not-approved';
            END IF;
            IF NOT EXISTS (SELECT 1 FROM "DividendRuns" WHERE "Id" = NEW."RunId" AND "CoOpId" = NEW."CoOpId" AND "FiscalYear" = NEW."FiscalYear") THEN
                RAISE EXCEPTION 'evergreen:not-this-run';
            END IF;
            IF EXISTS (SELECT 1 FROM "DividendPostings" WHERE "RunId" = NEW."RunId") THEN
                RAISE EXCEPTION 'evergreen:row-exists';
            END IF;
            IF EXISTS (SELECT 1 FROM "DividendPostings" p LEFT JOIN "DividendReversals" r ON r."RunId" = p."RunId"
                    WHERE p."CoOpId" = NEW."CoOpId" AND p."FiscalYear" = NEW."FiscalYear" AND r."RunId" IS NULL)
                OR NEW."Generation" <> (SELECT count(*) FROM "DividendPostings" WHERE "CoOpId" = NEW."CoOpId" AND "FiscalYear" = NEW."FiscalYear") THEN
                RAISE EXCEPTION 'evergreen:year-posted';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER "DividendPostings_guard" BEFORE INSERT ON "DividendPostings" FOR EACH ROW EXECUTE FUNCTION evergreen_posting();
        """;

    /// <summary>A payment run holds what it says when it is approved, and nothing is added to it afterwards; a file or a settlement is of an approved one.</summary>
    private const string PaymentRules = """
        CREATE FUNCTION evergreen_payments_open() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM (SELECT DISTINCT "PaymentRunId" FROM fresh) f JOIN "PaymentApprovals" a ON a."PaymentRunId" = f."PaymentRunId") THEN
                RAISE EXCEPTION 'evergreen:payments-approved';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER "Payments_guard" AFTER INSERT ON "Payments" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION evergreen_payments_open();

        CREATE FUNCTION evergreen_payment_approval() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM "PaymentRuns" r WHERE r."Id" = NEW."PaymentRunId" AND (r."Members" <> (SELECT count(*) FROM "Payments" p WHERE p."PaymentRunId" = r."Id")
                    OR r."TotalCents" <> coalesce((SELECT sum(p."PatronageCents" + p."InterestCents") FROM "Payments" p WHERE p."PaymentRunId" = r."Id"), 0))) THEN
                RAISE EXCEPTION 'evergreen:payments-differ';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER "PaymentApprovals_guard" BEFORE INSERT ON "PaymentApprovals" FOR EACH ROW EXECUTE FUNCTION evergreen_payment_approval();

        CREATE FUNCTION evergreen_payments_approved() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM "PaymentApprovals" WHERE "PaymentRunId" = NEW."PaymentRunId") THEN
                RAISE EXCEPTION 'evergreen:payments-not-approved';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER "PaymentFiles_guard" BEFORE INSERT ON "PaymentFiles" FOR EACH ROW EXECUTE FUNCTION evergreen_payments_approved();
        CREATE TRIGGER "PaymentSettlements_guard" BEFORE INSERT ON "PaymentSettlements" FOR EACH ROW EXECUTE FUNCTION evergreen_payments_approved();
        """;
}
