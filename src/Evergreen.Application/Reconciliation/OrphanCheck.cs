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

    /// <summary>Of the office's facts those that are asked for by their run or member elsewhere: a row of a run that is not there would not be met.</summary>
    private static readonly string[] AlsoHeld = ["Accounts", "DividendPayments", "EquityRedemptions", "EquityRedemptionReversals", "DividendReviews", "FindingSignOffs", "StatementIssues", "StatementCopies", "MemberMerges", "HouseholdChanges", .. GuardedTable.PaymentRuns.Select(table => table.Name), .. GuardedTable.TaxFilings.Select(table => table.Name)];

    public void Run()
    {
        var held = GuardedTable.First.Select(table => table.Name).Concat(AlsoHeld).ToHashSet(StringComparer.Ordinal);
        var keys = db.Model.GetEntityTypes().Where(entity => held.Contains(entity.GetTableName()!)).OrderBy(entity => entity.GetTableName(), StringComparer.Ordinal).SelectMany(entity => entity.GetForeignKeys()).ToList();
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        // One question for all: on a server each costs a way there and back.
        command.CommandText = string.Join(" UNION ALL ", keys.Select(Orphans)) + " ORDER BY 1";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (Convert.ToInt64(reader.GetValue(1), CultureInfo.InvariantCulture) is > 0 and var orphans && keys[Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture)] is var key)
                findings.Add($"{orphans} rows of {key.DeclaringEntityType.GetTableName()} point to {key.PrincipalEntityType.GetTableName()} that are not there ({string.Join(", ", key.Properties.Select(property => property.GetColumnName()))}).");
        }
    }

    private string Orphans(IForeignKey key, int at)
    {
        var columns = key.Properties.Select(property => sql.DelimitIdentifier(property.GetColumnName())).ToList();
        var principal = key.PrincipalKey.Properties.Select(property => sql.DelimitIdentifier(property.GetColumnName()));
        return string.Create(CultureInfo.InvariantCulture, $"""
            SELECT {at}, count(*) FROM {sql.DelimitIdentifier(key.DeclaringEntityType.GetTableName()!)} child
            WHERE {string.Join(" AND ", columns.Select(column => $"child.{column} IS NOT NULL"))}
              AND NOT EXISTS (SELECT 1 FROM {sql.DelimitIdentifier(key.PrincipalEntityType.GetTableName()!)} parent WHERE {string.Join(" AND ", principal.Zip(columns, (to, from) => $"parent.{to} = child.{from}"))})
            """);
    }
}
