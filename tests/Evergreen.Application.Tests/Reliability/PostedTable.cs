using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evergreen.Application.Tests.Reliability;

/// <param name="Type">What the database holds: whole numbers, text, bytes, moments, dates.</param>
internal sealed record PostedColumn(string Name, Type Type, bool Nullable);

/// <summary>A table as the database holds it: its columns and its rows, read once.</summary>
internal sealed record PostedTable(string Name, IReadOnlyList<PostedColumn> Columns, IReadOnlyList<string> KeyColumns, IReadOnlyList<Dictionary<string, object?>> Rows)
{
    /// <summary>The columns whose change must be found: all, but of an account its code and currency, and not the number by which the database alone tells a row from its like.</summary>
    public IReadOnlyList<PostedColumn> Changeable { get; } = [.. Columns.Where(column => Name switch { "Accounts" => column.Name is "Code" or "Currency", "AuditRecords" or "HouseholdChanges" => column.Name != "Id", _ => true })];

    /// <summary>Finds one row; its parameters are those of <see cref="Key"/>.</summary>
    public string Where => string.Join(" AND ", KeyColumns.Select((column, i) => $"\"{column}\" = @k{i}"));

    public (string Name, object? Value)[] Key(Dictionary<string, object?> row) => [.. KeyColumns.Select((column, i) => ($"k{i}", row[column]))];

    public static PostedTable Read(EvergreenDb db, string name)
    {
        var entity = db.Model.GetEntityTypes().Single(entity => entity.GetTableName() == name);
        var columns = entity.GetProperties().Select(property => new PostedColumn(property.GetColumnName(), Stored(property.ClrType), property.IsNullable)).ToList();
        var used = name == "Accounts" ? " WHERE EXISTS (SELECT 1 FROM \"LedgerLines\" WHERE \"AccountId\" = \"Accounts\".\"Id\")" : "";
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => $"\"{column.Name}\""))} FROM \"{name}\"{used}";
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        using var reader = command.ExecuteReader();
        var rows = new List<Dictionary<string, object?>>();
        while (reader.Read()) rows.Add(columns.Select((column, i) => (column.Name, Value: reader.IsDBNull(i) ? null : Value(reader, i, column.Type))).ToDictionary(cell => cell.Name, cell => cell.Value, StringComparer.Ordinal));
        return new(name, columns, [.. entity.FindPrimaryKey()!.Properties.Select(property => property.GetColumnName())], rows);
    }

    private static Type Stored(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? typeof(int) : type;
    }

    private static object Value(System.Data.Common.DbDataReader reader, int at, Type type) =>
        type == typeof(int) ? reader.GetInt32(at) : type == typeof(long) ? reader.GetInt64(at) : type == typeof(string) ? reader.GetString(at) : type == typeof(byte[]) ? reader.GetFieldValue<byte[]>(at)
        : type == typeof(DateTime) ? DateTime.SpecifyKind(reader.GetDateTime(at), DateTimeKind.Utc) : type == typeof(DateOnly) ? reader.GetFieldValue<DateOnly>(at) : throw new NotSupportedException(type.Name);
}
