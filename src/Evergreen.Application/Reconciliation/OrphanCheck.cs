using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Application.Storage.Guards;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evergreen.Application.Reconciliation;

/// <summary>Looks for posted rows whose co-op, member, entry, run … is gone. The database holds foreign keys itself, unless someone told it not to.</summary>
internal sealed class OrphanCheck(EvergreenDb db, Findings findings)
{
    private readonly ISqlGenerationHelper sql = db.GetService<ISqlGenerationHelper>();

    public void Run()
    {
        var guarded = GuardedTable.First.Select(table => table.Name).Append("Accounts").ToHashSet(StringComparer.Ordinal);
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => guarded.Contains(entity.GetTableName()!)).OrderBy(entity => entity.GetTableName(), StringComparer.Ordinal))
            foreach (var key in entity.GetForeignKeys())
                if (Orphans(key) is > 0 and var orphans)
                    findings.Add($"{orphans} rows of {entity.GetTableName()} point to {key.PrincipalEntityType.GetTableName()} that are not there ({string.Join(", ", key.Properties.Select(property => property.GetColumnName()))}).");
    }

    private long Orphans(IForeignKey key)
    {
        var columns = key.Properties.Select(property => sql.DelimitIdentifier(property.GetColumnName())).ToList();
        var principal = key.PrincipalKey.Properties.Select(property => sql.DelimitIdentifier(property.GetColumnName()));
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = $"""
            SELECT count(*) FROM {sql.DelimitIdentifier(key.DeclaringEntityType.GetTableName()!)} child
            WHERE {string.Join(" AND ", columns.Select(column => $"child.{column} IS NOT NULL"))}
              AND NOT EXISTS (SELECT 1 FROM {sql.DelimitIdentifier(key.PrincipalEntityType.GetTableName()!)} parent WHERE {string.Join(" AND ", principal.Zip(columns, (to, from) => $"parent.{to} = child.{from}"))})
            """;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
