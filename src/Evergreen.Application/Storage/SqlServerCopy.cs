using Microsoft.Data.SqlClient;

namespace Evergreen.Application.Storage;

/// <summary>Bulk copy of rows into a table, as one batch, so that triggers see the whole.</summary>
internal static class SqlServerCopy
{
    public static long Write<T>(SqlConnection connection, SqlTransaction transaction, string target, IReadOnlyList<BulkColumn<T>> columns, IEnumerable<T> rows, bool ordinal) where T : class
    {
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints | SqlBulkCopyOptions.FireTriggers, transaction)
        {
            DestinationTableName = target,
            BatchSize = 0,
            BulkCopyTimeout = 1800,
            EnableStreaming = true,
        };
        using var reader = new RowReader<T>(columns, rows, ordinal);
        for (var i = 0; i < reader.FieldCount; i++) copy.ColumnMappings.Add(i, reader.GetName(i));
        copy.WriteToServer(reader);
        return reader.RowsRead;
    }
}
