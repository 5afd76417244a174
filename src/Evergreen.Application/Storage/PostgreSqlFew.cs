using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Evergreen.Application.Storage;

/// <summary>A few rows of whole numbers, sent along with one statement: an array for each column. A row that is there is found and added to in the same go.</summary>
internal static class PostgreSqlFew
{
    /// <returns>False where the table holds other things than whole numbers; nothing was written then.</returns>
    public static bool TryInsertOrAdd<T>(EvergreenDb db, BulkTable<T> table, T[] rows, IReadOnlyList<string> summed) where T : class
    {
        if (table.Columns.Any(column => column.Kind is not (BulkKind.Integer or BulkKind.BigInteger))) return false;
        using var command = BulkWriter.Postgres(db).CreateCommand();
        command.CommandText = $"""
            INSERT INTO "{table.Name}" AS t ({List(table.Key)}, {List(summed)})
            SELECT {List(table.Key)}, {string.Join(", ", summed.Select(column => $"CAST(SUM(\"{column}\") AS bigint)"))}
            FROM unnest({string.Join(", ", table.Columns.Select((_, i) => $"${i + 1}"))}) AS i ({List(table.Columns.Select(column => column.Name))})
            GROUP BY {List(table.Key)}
            ON CONFLICT ({List(table.Key)}) DO UPDATE SET {string.Join(", ", summed.Select(column => $"\"{column}\" = t.\"{column}\" + excluded.\"{column}\""))}
            """;
        foreach (var column in table.Columns) command.Parameters.Add(Values(column, rows));
        command.ExecuteNonQuery();
        return true;
    }

    private static NpgsqlParameter Values<T>(BulkColumn<T> column, T[] rows) => column.Kind == BulkKind.Integer
        ? new NpgsqlParameter<int?[]> { TypedValue = Array.ConvertAll(rows, row => (int?)column.Number!(row)), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer }
        : new NpgsqlParameter<long?[]> { TypedValue = Array.ConvertAll(rows, row => column.Number!(row)), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));
}
