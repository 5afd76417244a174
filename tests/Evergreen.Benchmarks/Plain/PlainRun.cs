using System.Data.Common;
using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Benchmarks.Stage;
using Evergreen.Domain.Dividends;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Evergreen.Benchmarks.Plain;

/// <summary>The limit of a run: scans the lines of purchases, sums them by member, divides, and stores the same rows in the same tables with their indexes but without their guards.</summary>
internal sealed class PlainRun(EvergreenDb db, TrialCoOp coOp, Ids ids)
{
    private static readonly string[] AllocationColumns = ["RunId", "PoolNo", "MemberId", "Units", "FloorCents", "ExtraCent", "DividendCents", "CashCents", "QualifiedCents", "NonqualifiedCents", "CapitalCents", "WithheldCents", "Treatment"];
    private static readonly string[] EntryColumns = ["CoOpId", "Sequence", "Kind", "Source", "Item", "On", "RecordedAt", "Narration", "Reverses", "LineCount", "Hash"];
    private static readonly string[] LineColumns = ["CoOpId", "Sequence", "LineNo", "AccountId", "MemberId", "Lot", "AmountCents"];
    private int run;
    private long last;

    /// <summary>Not timed: the rows that the run's rows refer to, and no triggers any more.</summary>
    public PlainRun Prepare()
    {
        db.Database.OpenConnection();
        if (db.Kind == DatabaseKind.Sqlite) SqliteSettings.PrepareToWrite(db.Database.GetDbConnection());
        var made = new DividendRun
        {
            CoOpId = ids.CoOp, FiscalYear = 2025, Number = 1, PolicyVersionId = db.PolicyVersions.Single(policy => policy.CoOpId == ids.CoOp).Id, CalculatedAt = DateTime.UnixEpoch, CalculatedBy = "plain",
            InputsSha256 = "", ResultSha256 = "", NetIncomeCents = coOp.NetCents, AllocatedCents = coOp.ToMembersCents, CashCents = 0, MembersAllocated = coOp.Members, WorkingJson = "",
        };
        db.Add(made);
        db.SaveChanges();
        run = made.Id;
        db.Add(new RunPool { RunId = run, PoolNo = 1, Code = "shop", Name = "Purchases", Unit = "purchases", TotalUnits = "0", UnitsScale = "1", AmountCents = coOp.ToMembersCents, LeftoverCents = 0, ResidueCents = 0 });
        db.SaveChanges();
        last = db.LedgerEntries.Where(entry => entry.CoOpId == ids.CoOp).Max(entry => entry.Sequence);
        foreach (var table in (string[])["Allocations", "LedgerEntries", "LedgerLines"])
        {
            if (db.Kind == DatabaseKind.PostgreSql) Execute($"ALTER TABLE \"{table}\" DISABLE TRIGGER USER");
            else foreach (var trigger in Texts($"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'")) Execute($"DROP TRIGGER \"{trigger}\"");
        }
        return this;
    }

    public void Run()
    {
        using var transaction = db.Database.GetDbConnection().BeginTransaction();
        var units = Sum();
        var (floors, extras, _) = PlainShares.Of(coOp.ToMembersCents, units);
        if (db.Kind == DatabaseKind.PostgreSql) Copy(units, floors, extras);
        else Insert(units, floors, extras);
        transaction.Commit();
    }

    private long[] Sum()
    {
        var units = new long[coOp.Members];
        using var command = Command($"SELECT \"MemberId\", \"AmountCents\", \"Eligibility\" FROM \"Purchases\" WHERE \"CoOpId\" = {ids.CoOp}");
        using var lines = command.ExecuteReader();
        while (lines.Read())
            if (lines.GetInt32(2) == 1) units[lines.GetInt32(0) - ids.MemberBefore - 1] += lines.GetInt64(1);
        return units;
    }

    private void Insert(long[] units, long[] floors, byte[] extras)
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        using var allocations = new PreparedInsert(connection, "Allocations", AllocationColumns);
        using var entries = new PreparedInsert(connection, "LedgerEntries", EntryColumns);
        using var lines = new PreparedInsert(connection, "LedgerLines", LineColumns);
        int payable = ids.Accounts["2000"], notices = ids.Accounts["3200"], income = ids.Accounts["3950"];
        Span<byte> hash = stackalloc byte[32], text = stackalloc byte[24];
        hash.Clear();
        var sequence = last;
        for (var i = 0; i < units.Length; i++)
        {
            if (units[i] <= 0) continue;
            var member = ids.MemberBefore + 1 + i;
            var entry = new PlainEntry(floors[i], extras[i]);
            units[i].TryFormat(text, out var digits, provider: CultureInfo.InvariantCulture);
            allocations.Number(run).Number(1).Number(member).Text(text[..digits]).Number(entry.Floor).Number(entry.Extra).Number(entry.Dividend).Number(entry.Cash).Number(entry.Notice).Number(0).Number(0).Number(0).Number(1).Go();
            if (entry.Dividend == 0) continue;
            entry.Link(hash, ++sequence, member);
            byte no = 0;
            if (entry.Cash != 0) lines.Number(ids.CoOp).Number(sequence).Number(++no).Number(payable).Number(member).Nothing().Number(-entry.Cash).Go();
            if (entry.Notice != 0) lines.Number(ids.CoOp).Number(sequence).Number(++no).Number(notices).Number(member).Number(2025).Number(-entry.Notice).Go();
            lines.Number(ids.CoOp).Number(sequence).Number(++no).Number(income).Nothing().Number(2025).Number(entry.Dividend).Go();
            entries.Number(ids.CoOp).Number(sequence).Number(4).Number(run).Number(member).Text("2026-02-14"u8).Text("2026-02-14 09:00:00"u8).Text("Patronage dividend FY2025, run 2025-1"u8).Nothing().Number(entry.Lines).Bytes(hash).Go();
        }
    }

    private void Copy(long[] units, long[] floors, byte[] extras)
    {
        using (var copy = Into("Allocations", AllocationColumns))
        {
            for (var i = 0; i < units.Length; i++)
            {
                if (units[i] <= 0) continue;
                var entry = new PlainEntry(floors[i], extras[i]);
                copy.StartRow();
                foreach (var key in (ReadOnlySpan<int>)[run, 1, ids.MemberBefore + 1 + i]) copy.Write(key, NpgsqlDbType.Integer);
                copy.Write(units[i].ToString(CultureInfo.InvariantCulture), NpgsqlDbType.Text);
                copy.Write(entry.Floor, NpgsqlDbType.Bigint);
                copy.Write((int)entry.Extra, NpgsqlDbType.Integer);
                foreach (var cents in (ReadOnlySpan<long>)[entry.Dividend, entry.Cash, entry.Notice, 0, 0, 0]) copy.Write(cents, NpgsqlDbType.Bigint);
                copy.Write(1, NpgsqlDbType.Integer);
            }
            copy.Complete();
        }
        var sequence = last;
        var hash = new byte[32];
        using (var copy = Into("LedgerEntries", EntryColumns))
        {
            for (var i = 0; i < units.Length; i++)
            {
                var entry = new PlainEntry(floors[i], extras[i]);
                if (entry.Dividend == 0) continue;
                var member = ids.MemberBefore + 1 + i;
                entry.Link(hash, ++sequence, member);
                copy.StartRow();
                copy.Write(ids.CoOp, NpgsqlDbType.Integer);
                copy.Write(sequence, NpgsqlDbType.Bigint);
                copy.Write(4, NpgsqlDbType.Integer);
                copy.Write((long)run, NpgsqlDbType.Bigint);
                copy.Write((long)member, NpgsqlDbType.Bigint);
                copy.Write(new DateOnly(2026, 2, 14), NpgsqlDbType.Date);
                copy.Write(new DateTime(2026, 2, 14, 9, 0, 0, DateTimeKind.Utc), NpgsqlDbType.TimestampTz);
                copy.Write(PlainEntry.Narration, NpgsqlDbType.Text);
                copy.WriteNull();
                copy.Write(entry.Lines, NpgsqlDbType.Integer);
                copy.Write(hash, NpgsqlDbType.Bytea);
            }
            copy.Complete();
        }
        sequence = last;
        int payable = ids.Accounts["2000"], notices = ids.Accounts["3200"], income = ids.Accounts["3950"];
        using (var copy = Into("LedgerLines", LineColumns))
        {
            for (var i = 0; i < units.Length; i++)
            {
                var entry = new PlainEntry(floors[i], extras[i]);
                if (entry.Dividend == 0) continue;
                sequence++;
                var no = 0;
                if (entry.Cash != 0) Line(copy, sequence, ++no, payable, ids.MemberBefore + 1 + i, null, -entry.Cash);
                if (entry.Notice != 0) Line(copy, sequence, ++no, notices, ids.MemberBefore + 1 + i, 2025, -entry.Notice);
                Line(copy, sequence, ++no, income, null, 2025, entry.Dividend);
            }
            copy.Complete();
        }
    }

    private void Line(NpgsqlBinaryImporter copy, long sequence, int no, int account, int? member, int? lot, long cents)
    {
        copy.StartRow();
        copy.Write(ids.CoOp, NpgsqlDbType.Integer);
        copy.Write(sequence, NpgsqlDbType.Bigint);
        copy.Write(no, NpgsqlDbType.Integer);
        copy.Write(account, NpgsqlDbType.Integer);
        foreach (var optional in (ReadOnlySpan<int?>)[member, lot])
            if (optional is { } value) copy.Write(value, NpgsqlDbType.Integer);
            else copy.WriteNull();
        copy.Write(cents, NpgsqlDbType.Bigint);
    }

    private NpgsqlBinaryImporter Into(string table, string[] columns) =>
        ((NpgsqlConnection)db.Database.GetDbConnection()).BeginBinaryImport($"COPY \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) FROM STDIN (FORMAT BINARY)");

    private DbCommand Command(string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private List<string> Texts(string sql)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }
}
