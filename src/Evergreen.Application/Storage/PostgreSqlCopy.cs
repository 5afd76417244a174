using Npgsql;
using NpgsqlTypes;

namespace Evergreen.Application.Storage;

/// <summary>Binary COPY of rows into a table.</summary>
internal static class PostgreSqlCopy
{
    /// <param name="target">Quoted name from the model, or of a staging table.</param>
    /// <param name="ordinal">Whether a first column counts the rows 1, 2, 3 …</param>
    public static long Write<T>(NpgsqlConnection connection, string target, IReadOnlyList<BulkColumn<T>> columns, IEnumerable<T> rows, bool ordinal) where T : class
    {
        var names = columns.Select(c => $"\"{c.Name}\"");
        if (ordinal) names = names.Prepend("evergreen_ordinal");
        using var copy = connection.BeginBinaryImport($"COPY {target} ({string.Join(", ", names)}) FROM STDIN (FORMAT BINARY)");
        copy.Timeout = TimeSpan.FromMinutes(30);
        var writers = columns.Select(Writer).ToArray();
        long written = 0;
        foreach (var row in rows)
        {
            copy.StartRow();
            written++;
            if (ordinal) copy.Write(written, NpgsqlDbType.Bigint);
            foreach (var write in writers) write(copy, row);
        }
        copy.Complete();
        return written;
    }

    private static Action<NpgsqlBinaryImporter, T> Writer<T>(BulkColumn<T> column) => column.Kind switch
    {
        BulkKind.Integer when column.Number is { } get => (c, row) => { if (get(row) is { } v) c.Write((int)v, NpgsqlDbType.Integer); else c.WriteNull(); },
        BulkKind.BigInteger when column.Number is { } get => (c, row) => { if (get(row) is { } v) c.Write(v, NpgsqlDbType.Bigint); else c.WriteNull(); },
        BulkKind.Flag when column.Flag is { } get => (c, row) => { if (get(row) is { } v) c.Write(v, NpgsqlDbType.Boolean); else c.WriteNull(); },
        BulkKind.Text when column.Text is { } get => (c, row) => { if (get(row) is { } v) c.Write(v, NpgsqlDbType.Text); else c.WriteNull(); },
        BulkKind.Day when column.Day is { } get => (c, row) => { if (get(row) is { } v) c.Write(v, NpgsqlDbType.Date); else c.WriteNull(); },
        BulkKind.Moment when column.Moment is { } get => (c, row) => { if (get(row) is { } v) c.Write(v, NpgsqlDbType.TimestampTz); else c.WriteNull(); },
        BulkKind.Bytes when column.Bytes is { } get => (c, row) => { if (get(row) is { } v) c.Write(v, NpgsqlDbType.Bytea); else c.WriteNull(); },
        _ => throw new NotSupportedException(column.Kind.ToString()),
    };
}
