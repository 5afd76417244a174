using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Evergreen.Application.Storage;

/// <summary>A table as the model maps it, ready for bulk writing: every name in its SQL comes from the model, none from input.</summary>
public sealed class BulkTable<T> where T : class
{
    private static readonly ConcurrentDictionary<IModel, BulkTable<T>> Known = new();

    private BulkTable(IModel model)
    {
        var entity = model.FindEntityType(typeof(T)) ?? throw new NotSupportedException($"{typeof(T).Name} is not stored.");
        Name = entity.GetTableName()!;
        var table = StoreObjectIdentifier.Table(Name, entity.GetSchema());
        Columns = [.. entity.GetProperties().Where(p => p.ValueGenerated == ValueGenerated.Never).Select(p => new BulkColumn<T>(p, p.GetColumnName(table)!))];
        var primary = entity.FindPrimaryKey()!.Properties;
        var unique = entity.GetIndexes().Where(i => i.IsUnique && i.GetFilter() is null).Select(i => i.Properties).FirstOrDefault();
        var key = primary.All(p => p.ValueGenerated == ValueGenerated.Never) ? primary : unique ?? primary;
        Key = [.. key.Select(p => p.GetColumnName(table)!)];
    }

    public static BulkTable<T> Of(EvergreenDb db) => Known.GetOrAdd(db.Model, model => new BulkTable<T>(model));

    public string Name { get; }

    /// <summary>Every column that the database does not number by itself.</summary>
    public IReadOnlyList<BulkColumn<T>> Columns { get; }

    /// <summary>What makes a row one of a kind: the primary key, or the first unique index where the database numbers the rows.</summary>
    public IReadOnlyList<string> Key { get; }

    /// <summary>Columns that are neither key nor named here.</summary>
    public IReadOnlyList<BulkColumn<T>> Content(IEnumerable<string> beside)
    {
        var left = new HashSet<string>(beside, StringComparer.Ordinal);
        return [.. Columns.Where(c => !Key.Contains(c.Name, StringComparer.Ordinal) && !left.Contains(c.Property))];
    }
}
