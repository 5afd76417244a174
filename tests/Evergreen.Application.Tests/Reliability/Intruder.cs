using System.Data.Common;
using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>What was done to the books behind their back.</summary>
/// <param name="CoOp">Whose ledger was broken; null where it was something else.</param>
/// <param name="FirstSequence">The first entry that is no longer what was posted.</param>
internal sealed record Edit(string Kind, string What, string? CoOp = null, long? FirstSequence = null);

/// <summary>Someone with the database's own tools and all rights, who first takes the guards away. Everything happens in one transaction.</summary>
internal sealed class Intruder : IDisposable
{
    private const string Savepoint = "edit";
    private static readonly string[] Tables = ["LedgerEntries", "LedgerEntries", "LedgerLines", "LedgerLines", "LedgerHeads", "Allocations", "Allocations", "DividendRuns", "RunPools", "DividendApprovals", "DividendPostings", "DividendReversals", "YearClosings", "PolicyVersions", "Accounts",
        "AuditRecords", "AuditSeals", "DividendPayments", "DividendReviews", "FindingSignOffs", "StatementIssues", "StatementCopies", "MemberMerges", "HouseholdChanges"];
    private readonly EvergreenDb db;
    private readonly Random random;
    private readonly IDbContextTransaction transaction;
    private readonly Dictionary<int, string> coOps;
    private readonly Dictionary<string, PostedTable> tables = new(StringComparer.Ordinal);

    public Intruder(EvergreenDb db, Random random)
    {
        (this.db, this.random) = (db, random);
        db.Database.OpenConnection();
        if (db.Kind == DatabaseKind.Sqlite) Execute("PRAGMA foreign_keys = OFF");
        transaction = db.Database.BeginTransaction();
        if (db.Kind == DatabaseKind.Sqlite)
            foreach (var trigger in Column("SELECT name FROM sqlite_master WHERE type = 'trigger'")) Execute($"DROP TRIGGER \"{trigger}\"");
        else
            Execute("SET LOCAL session_replication_role = replica");
        coOps = db.CoOps.ToDictionary(coOp => coOp.Id, coOp => coOp.Code);
    }

    public void Keep() => transaction.Commit();

    public void Dispose() => transaction.Dispose();

    /// <summary>One random edit, of a kind the database lets through.</summary>
    public Edit Edit()
    {
        for (; ; )
        {
            transaction.CreateSavepoint(Savepoint);
            try
            {
                if (TryEdit() is { } done) return done;
            }
            catch (DbException)
            {
                // A key or a rule of the table is in the way: something else is tried.
            }
            Undo();
        }
    }

    public void Undo()
    {
        transaction.RollbackToSavepoint(Savepoint);
        transaction.ReleaseSavepoint(Savepoint);
    }

    private Edit? TryEdit()
    {
        if (random.Next(20) == 0) return CutTail();
        var table = TableOf(Tables[random.Next(Tables.Length)]);
        var row = table.Rows[random.Next(table.Rows.Count)];
        return random.Next(10) switch
        {
            < 6 => Change(table, row),
            6 => Delete(table, row),
            7 or 8 => Swap(table, row, table.Rows[random.Next(table.Rows.Count)]),
            _ => Insert(table, row),
        };
    }

    private Edit? Change(PostedTable table, Dictionary<string, object?> row)
    {
        var column = table.Changeable[random.Next(table.Changeable.Count)];
        var value = Other(column, row[column.Name]);
        if (Equals(value, row[column.Name])) return null;
        Execute($"UPDATE \"{table.Name}\" SET \"{column.Name}\" = @v WHERE {table.Where}", [("v", value), .. table.Key(row)]);
        var after = new Dictionary<string, object?>(row, StringComparer.Ordinal) { [column.Name] = value };
        return Done("changed", table, $"{column.Name} from {row[column.Name] ?? "null"} to {value ?? "null"}", row, column.Name == "Sequence" ? after : row);
    }

    private Edit Delete(PostedTable table, Dictionary<string, object?> row)
    {
        Execute($"DELETE FROM \"{table.Name}\" WHERE {table.Where}", table.Key(row));
        return Done("deleted", table, "", row);
    }

    private Edit? Swap(PostedTable table, Dictionary<string, object?> a, Dictionary<string, object?> b)
    {
        var columns = table.Changeable.Where(column => !table.KeyColumns.Contains(column.Name) && !Equals(a[column.Name], b[column.Name]) && Same(a, b)).ToList();
        if (columns.Count == 0) return null;
        var column = columns[random.Next(columns.Count)];
        Execute($"UPDATE \"{table.Name}\" SET \"{column.Name}\" = @v WHERE {table.Where}", [("v", b[column.Name]), .. table.Key(a)]);
        Execute($"UPDATE \"{table.Name}\" SET \"{column.Name}\" = @v WHERE {table.Where}", [("v", a[column.Name]), .. table.Key(b)]);
        return Done("swapped", table, $"{column.Name} of two rows", a, b);
    }

    private static bool Same(Dictionary<string, object?> a, Dictionary<string, object?> b) => Equals(a.GetValueOrDefault("CoOpId"), b.GetValueOrDefault("CoOpId"));

    private Edit Insert(PostedTable table, Dictionary<string, object?> like)
    {
        var row = new Dictionary<string, object?>(like, StringComparer.Ordinal);
        foreach (var column in table.Columns.Where(column => column.Name is "Item" or "Number" or "Version" or "Id" or "Generation" || (column.Name == table.KeyColumns[^1] && column.Name != "CoOpId")))
            row[column.Name] = row[column.Name] is string text ? text + random.Next(1, 30).ToString(CultureInfo.InvariantCulture) : Convert.ChangeType(Convert.ToInt64(row[column.Name], CultureInfo.InvariantCulture) + random.Next(1, 30), column.Type, CultureInfo.InvariantCulture);
        if (row.ContainsKey("Reverses")) row["Reverses"] = null;
        Execute($"INSERT INTO \"{table.Name}\" ({string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""))}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@c{i}"))})",
            [.. table.Columns.Select((column, i) => ($"c{i}", row[column.Name]))]);
        return Done("inserted", table, "", row);
    }

    private Edit? CutTail()
    {
        var entries = TableOf("LedgerEntries").Rows;
        var from = entries[random.Next(entries.Count)];
        Execute("DELETE FROM \"LedgerLines\" WHERE \"CoOpId\" = @c AND \"Sequence\" >= @s", [("c", from["CoOpId"]), ("s", from["Sequence"])]);
        Execute("DELETE FROM \"LedgerEntries\" WHERE \"CoOpId\" = @c AND \"Sequence\" >= @s", [("c", from["CoOpId"]), ("s", from["Sequence"])]);
        // The ledger then ends with the entry before.
        return new Edit("cut LedgerEntries", $"the ledger from entry {from["Sequence"]} on", coOps[(int)from["CoOpId"]!], Sequence(from) - 1);
    }

    /// <summary>Any other edit.</summary>
    public void Do(string sql) => Execute(sql);

    /// <summary>Makes the hash and the totals of a run's allocations anew, as one who knows their form can.</summary>
    public void SealAnew(int run)
    {
        var rows = db.Allocations.AsNoTracking().Where(row => row.RunId == run).ToList();
        rows.Sort((a, b) => (a.PoolNo, a.MemberId).CompareTo((b.PoolNo, b.MemberId)));
        var result = DividendProposal.ResultSha256(rows.Select(row => (row.PoolNo, row.MemberId, row.Units, row.FloorCents, row.ExtraCent, row.DividendCents, row.CashCents, row.QualifiedCents, row.NonqualifiedCents, row.CapitalCents, row.WithheldCents, row.Treatment)));
        Execute("UPDATE \"DividendRuns\" SET \"ResultSha256\" = @h, \"CashCents\" = @c, \"AllocatedCents\" = @a WHERE \"Id\" = @r", ("h", result), ("c", rows.Sum(row => row.CashCents)), ("a", rows.Sum(row => row.DividendCents)), ("r", run));
    }

    /// <summary>Moves cents from one entry's second line to another's, so that both still sum to zero.</summary>
    public void Move(CoOp coOp, long from, long to, long cents)
    {
        foreach (var (sequence, moved) in ((long, long)[])[(from, cents), (to, -cents)])
        {
            Execute("UPDATE \"LedgerLines\" SET \"AmountCents\" = \"AmountCents\" - @m WHERE \"CoOpId\" = @c AND \"Sequence\" = @s AND \"LineNo\" = 1", [("m", moved), ("c", coOp.Id), ("s", sequence)]);
            Execute("UPDATE \"LedgerLines\" SET \"AmountCents\" = \"AmountCents\" + @m WHERE \"CoOpId\" = @c AND \"Sequence\" = @s AND \"LineNo\" = 2", [("m", moved), ("c", coOp.Id), ("s", sequence)]);
        }
    }

    /// <summary>Makes every hash of a ledger anew, as one who knows its form can.</summary>
    public void ChainAnew(CoOp coOp)
    {
        var codes = db.Accounts.AsNoTracking().ToDictionary(account => account.Id, account => account.Code);
        var lines = db.LedgerLines.AsNoTracking().Where(line => line.CoOpId == coOp.Id).OrderBy(line => line.LineNo).ToLookup(line => line.Sequence);
        var hash = LedgerChain.Genesis;
        foreach (var entry in db.LedgerEntries.AsNoTracking().Where(entry => entry.CoOpId == coOp.Id).OrderBy(entry => entry.Sequence).ToList())
        {
            var next = new byte[32];
            EntryLine[] ofEntry = [.. lines[entry.Sequence].Select(line => new EntryLine(codes[line.AccountId], line.MemberId, line.Lot, line.AmountCents))];
            LedgerChain.Link(hash, coOp.Code, coOp.Currency, entry.Sequence, entry.RecordedAt, entry.Kind, entry.Source, entry.Item, entry.On, entry.Reverses, entry.Narration, ofEntry, next);
            Execute("UPDATE \"LedgerEntries\" SET \"Hash\" = @h WHERE \"CoOpId\" = @c AND \"Sequence\" = @s", [("h", next), ("c", coOp.Id), ("s", entry.Sequence)]);
            hash = next;
        }
        Execute("UPDATE \"LedgerHeads\" SET \"Hash\" = @h WHERE \"CoOpId\" = @c", [("h", hash), ("c", coOp.Id)]);
    }

    private object? Other(PostedColumn column, object? value)
    {
        if (column.Nullable && value is not null && random.Next(4) == 0) return null;
        return value switch
        {
            null when column.Type == typeof(string) => "x",
            null => Convert.ChangeType(random.Next(1, 20), column.Type, CultureInfo.InvariantCulture),
            int number => random.Next(3) switch { 0 => number + random.Next(1, 5), 1 => -number, _ => number - 1 },
            long number => random.Next(4) switch { 0 => number + random.Next(1, 5), 1 => -number, 2 => number * 100, _ => number - 1 },
            string text => random.Next(3) switch { 0 => text.Length == 0 ? "x" : text[..^1] + "~", 1 => text.Length == 0 ? "x" : text[1..], _ => text.ToUpperInvariant() },
            byte[] bytes => Flipped(bytes),
            DateTime at => random.Next(3) switch { 0 => at.AddMicroseconds(1), 1 => at.AddMilliseconds(-1), _ => at.AddDays(random.Next(1, 400)) },
            DateOnly on => on.AddDays(random.Next(2) == 0 ? -1 : random.Next(1, 400)),
            _ => throw new NotSupportedException($"{column.Name} holds a {value.GetType().Name}."),
        };
    }

    private byte[] Flipped(byte[] bytes)
    {
        var other = bytes.ToArray();
        other[random.Next(other.Length)] ^= (byte)(1 << random.Next(8));
        return other;
    }

    private Edit Done(string kind, PostedTable table, string what, params Dictionary<string, object?>[] rows)
    {
        var inLedger = table.Name is "LedgerEntries" or "LedgerLines";
        var of = string.Join(", ", table.KeyColumns.Select(column => $"{column} {rows[0][column]}"));
        return new Edit($"{kind} {table.Name}", $"{kind} {table.Name} {what} ({of})", inLedger ? coOps[(int)rows[0]["CoOpId"]!] : null, inLedger ? rows.Select(Sequence).Where(sequence => sequence > 0).Min() : null);
    }

    private static long Sequence(Dictionary<string, object?> row) => (long)row["Sequence"]!;

    private PostedTable TableOf(string name)
    {
        if (!tables.TryGetValue(name, out var table)) tables[name] = table = PostedTable.Read(db, name);
        return table;
    }

    private List<string> Column(string sql)
    {
        using var command = Command(sql, []);
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read()) values.Add(reader.GetString(0));
        return values;
    }

    private void Execute(string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    private DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
