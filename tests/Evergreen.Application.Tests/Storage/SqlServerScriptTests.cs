using System.Text.RegularExpressions;
using Evergreen.Application.Storage;
using Evergreen.Application.Storage.Guards;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

/// <summary>The script that makes the SQL Server database, checked without a server: every table, column and trigger it speaks of must resolve.</summary>
public sealed partial class SqlServerScriptTests
{
    private static IEnumerable<string> Batches()
    {
        using var db = new EvergreenDb(DatabaseAddress.SqlServer("Server=nowhere;Database=none").Options());
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);
        return Go().Split(script).Select(batch => batch.Trim()).Where(batch => batch.Length > 0);
    }

    /// <summary>The statements that define something; rows of the migration history are no part of a model.</summary>
    private static List<string> Definitions()
    {
        var definitions = new List<string>();
        foreach (var batch in Batches().SelectMany(Split).Where(b => !b.Contains("INSERT INTO [__EFMigrationsHistory]", StringComparison.Ordinal)))
        {
            // Rows that are brought up to date: as a procedure, so that their names are looked up too.
            if (batch.StartsWith("UPDATE ", StringComparison.Ordinal))
            {
                definitions.Add($"CREATE PROCEDURE [Rows{definitions.Count}] AS {batch}");
                continue;
            }
            if (ChangedColumn().Match(batch) is { Success: true } changed)
            {
                var changing = definitions.FindIndex(definition => definition.StartsWith($"CREATE TABLE {changed.Groups["table"].Value} (", StringComparison.Ordinal));
                var column = new Regex($@"(?<=^ *){Regex.Escape(changed.Groups["column"].Value)} [^\n]*(?=,$)", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
                Assert.That(column.Matches(definitions[changing]), Has.Count.EqualTo(1), batch);
                definitions[changing] = column.Replace(definitions[changing], $"{changed.Groups["column"].Value} {changed.Groups["form"].Value}");
                continue;
            }
            // A model describes a table once: a column that a later migration adds belongs into the table's definition.
            if (AddedColumn().Match(batch) is not { Success: true } added)
            {
                definitions.Add(batch);
                continue;
            }
            var table = definitions.FindIndex(definition => definition.StartsWith($"CREATE TABLE {added.Groups["table"].Value} (", StringComparison.Ordinal));
            var open = definitions[table].IndexOf('(', StringComparison.Ordinal) + 1;
            definitions[table] = definitions[table].Insert(open, $"{added.Groups["column"].Value},");
        }
        return definitions;
    }

    /// <summary>EF guards the making of its history table with IF; a model takes the plain definition.</summary>
    private static IEnumerable<string> Split(string batch)
    {
        var guard = HistoryGuard().Match(batch);
        return guard.Success ? [guard.Groups["table"].Value] : [batch];
    }

    private static List<string> Errors(IEnumerable<string> statements)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql150, new TSqlModelOptions());
        foreach (var statement in statements) model.AddObjects(statement);
        return [.. model.Validate().Where(m => m.MessageType == DacMessageType.Error).Select(m => m.ToString())];
    }

    [Test]
    public void ScriptResolvesEveryNameItUses()
    {
        var definitions = Definitions();
        Assert.That(definitions.Count(d => d.Contains("CREATE TRIGGER", StringComparison.Ordinal)), Is.EqualTo(GuardedTable.First.Count + GuardedTable.Payments.Count + GuardedTable.Portal.Count + GuardedTable.AuditChain.Count + GuardedTable.Texts.Count + GuardedTable.Redemptions.Count + GuardedTable.PaymentRuns.Count + GuardedTable.TaxFilings.Count + 10), "the append-only tables and ten rules");
        Assert.That(Errors(definitions), Is.Empty);
    }

    [Test]
    public void ForeignKeyToAMissingColumnIsReported() =>
        Assert.That(Errors([.. Definitions(), "CREATE TABLE [Planted] ([Id] int NOT NULL CONSTRAINT [FK_Planted] FOREIGN KEY REFERENCES [Members] ([Nummer]))"]), Is.Not.Empty);

    [Test]
    public void TriggerThatNamesAMissingColumnIsReported() =>
        Assert.That(Errors([.. Definitions(), "CREATE TRIGGER [Planted] ON [Members] AFTER INSERT AS BEGIN IF EXISTS (SELECT 1 FROM [CoOps] WHERE [CoOps].[Kode] = 'x') THROW 51000, 'x', 1; END"]), Is.Not.Empty);

    [GeneratedRegex(@"^ALTER TABLE (?<table>\[\w+\]) ADD (?<column>\[\w+\] [^;]+);?$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddedColumn();

    [GeneratedRegex(@"ALTER TABLE (?<table>\[\w+\]) ALTER COLUMN (?<column>\[\w+\]) (?<form>[^;]+);?$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ChangedColumn();

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Go();

    [GeneratedRegex(@"^IF OBJECT_ID\(N'\[__EFMigrationsHistory\]'\) IS NULL\s+BEGIN\s+(?<table>CREATE TABLE .*)\s+END;?$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HistoryGuard();
}
