using System.Data.Common;
using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>The first page that every member opens asks little: three queries, each by an index, so that it does not grow with the co-op. The plans are SQLite's.</summary>
public sealed class MyStakePlanTests
{
    [Test]
    public void MyStakeIsFoundByIndexesAlone()
    {
        using var database = new TestDatabase(DatabaseKind.Sqlite, null).Create();
        var bakery = Bakery.In(database, Bakery.SevenWorkers).UpToApproval();
        bakery.Post();
        var asked = new Asked();
        new MyStake(new Books(database.Address, database.Clock, null, asked)).Run(new(bakery.CoOp, bakery.Members[0].Id));

        Assert.That(asked.Commands, Has.Count.EqualTo(3));
        var plans = asked.Commands.SelectMany(command => PlanOf(database, command)).ToList();
        Assert.That(plans.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("CONSTANT ROW", StringComparison.Ordinal)), Is.Empty);
        Assert.That(plans, Has.Some.Contains("IX_LedgerLines_AccountId_MemberId (AccountId=? AND MemberId=?)"));
        Assert.That(plans, Has.Some.Contains("IX_Allocations_MemberId (MemberId=?)"));
    }

    private static List<string> PlanOf(OpenTestDatabase database, (string Text, List<(string Name, object? Value)> Parameters) asked)
    {
        using var connection = new SqliteConnection(database.Address.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + asked.Text;
        foreach (var (name, value) in asked.Parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read()) steps.Add(reader.GetString(3));
        return steps;
    }

    private sealed class Asked : DbCommandInterceptor
    {
        public List<(string Text, List<(string Name, object? Value)> Parameters)> Commands { get; } = [];

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Commands.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
            return result;
        }
    }
}
