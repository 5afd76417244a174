using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Benchmarks.Stage;
using Evergreen.Benchmarks.Workload;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Evergreen.Benchmarks.Plain;

/// <summary>The limit of an import: rows that need no reading and no checking, put into the same table with its indexes in one transaction.</summary>
internal static class PlainImport
{
    private static readonly string[] Columns = ["SourceId", "SourceRef", "CoOpId", "MemberId", "On", "AmountCents", "VolumeHundredths", "CategoryId", "Eligibility", "Store", "ImportId", "Row"];

    public static void Run(EvergreenDb db, Ids ids, TillJournal journal)
    {
        db.Database.OpenConnection();
        if (db.Kind == DatabaseKind.Sqlite) Insert((SqliteConnection)db.Database.GetDbConnection(), ids, journal);
        else Copy((NpgsqlConnection)db.Database.GetDbConnection(), ids, journal);
    }

    private static void Insert(SqliteConnection connection, Ids ids, TillJournal journal)
    {
        SqliteSettings.PrepareToWrite(connection);
        using var transaction = connection.BeginTransaction();
        using var insert = new PreparedInsert(connection, "Purchases", Columns);
        Span<byte> reference = stackalloc byte[24], day = stackalloc byte[10];
        reference[0] = (byte)'r';
        var today = DateOnly.MinValue;
        long row = 0;
        foreach (var line in journal.Lines())
        {
            (++row).TryFormat(reference[1..], out var digits, provider: CultureInfo.InvariantCulture);
            if (line.On != today) (today = line.On).TryFormat(day, out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            insert.Number(ids.CoOp).Text(reference[..(1 + digits)]).Number(ids.CoOp).Number(ids.MemberBefore + line.Member).Text(day).Number(line.AmountCents).Nothing()
                .Number(1).Number(line.Eligible ? 1 : 2).Nothing().Number(1).Number(row + 1).Go();
        }
        transaction.Commit();
    }

    private static void Copy(NpgsqlConnection connection, Ids ids, TillJournal journal)
    {
        using var copy = connection.BeginBinaryImport($"COPY \"Purchases\" ({string.Join(", ", Columns.Select(column => $"\"{column}\""))}) FROM STDIN (FORMAT BINARY)");
        copy.Timeout = TimeSpan.FromHours(1);
        long row = 0;
        foreach (var line in journal.Lines())
        {
            copy.StartRow();
            copy.Write(ids.CoOp, NpgsqlDbType.Integer);
            copy.Write($"r{++row}", NpgsqlDbType.Text);
            copy.Write(ids.CoOp, NpgsqlDbType.Integer);
            copy.Write(ids.MemberBefore + line.Member, NpgsqlDbType.Integer);
            copy.Write(line.On, NpgsqlDbType.Date);
            copy.Write((long)line.AmountCents, NpgsqlDbType.Bigint);
            copy.WriteNull();
            copy.Write(1, NpgsqlDbType.Integer);
            copy.Write(line.Eligible ? 1 : 2, NpgsqlDbType.Integer);
            copy.WriteNull();
            copy.Write(1, NpgsqlDbType.Integer);
            copy.Write(row + 1, NpgsqlDbType.Bigint);
        }
        copy.Complete();
    }
}
