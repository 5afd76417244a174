using System.Data;
using System.Data.Common;
using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Evergreen.Application.Tests.Storage;

/// <summary>Runs code against SQL Server without a server: every query is translated by the real provider, recorded, parsed as T-SQL, and answered with no rows.</summary>
/// <example><code>
/// var asked = SqlServerTranslation.Of(db => new ShowRun().Query(db, 1).ToList());
/// </code></example>
public static class SqlServerTranslation
{
    /// <summary>The commands that the code sent. Code that stops for want of rows is fine: what it had asked until then is returned.</summary>
    /// <exception cref="InvalidOperationException">A query has no translation, or its SQL does not parse.</exception>
    public static IReadOnlyList<string> Of(Action<EvergreenDb> code)
    {
        var recorded = new List<string>();
        using var db = new EvergreenDb(DatabaseAddress.SqlServer("Server=nowhere;Database=none").Options(new NoConnection(), new NoTransaction(), new Answers(recorded)));
        try
        {
            code(db);
        }
        catch (InvalidOperationException none) when (none.Message.StartsWith("Sequence contains no", StringComparison.Ordinal))
        {
            // Single and First find nothing in an empty answer; their query was translated.
        }
        catch (DbUpdateConcurrencyException)
        {
            // Nothing was updated; the command was made.
        }
        foreach (var sql in recorded) Parse(sql);
        return recorded;
    }

    private static void Parse(string sql)
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        if (errors.Count > 0) throw new InvalidOperationException($"{string.Join("; ", errors.Select(e => $"{e.Line}:{e.Column} {e.Message}"))}\n{sql}");
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();
        public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();
    }

    private sealed class NoTransaction : DbTransactionInterceptor
    {
        public override InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result) =>
            InterceptionResult<DbTransaction>.SuppressWithResult(new Pretended(connection));

        public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();
        public override InterceptionResult TransactionRollingBack(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();
        public override InterceptionResult CreatingSavepoint(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();
        public override InterceptionResult RollingBackToSavepoint(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();
        public override InterceptionResult ReleasingSavepoint(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();
    }

    private sealed class Pretended(DbConnection connection) : DbTransaction
    {
        public override System.Data.IsolationLevel IsolationLevel => System.Data.IsolationLevel.Serializable;
        protected override DbConnection DbConnection => connection;
        public override void Commit() { }
        public override void Rollback() { }
    }

    private sealed class Answers(List<string> recorded) : DbCommandInterceptor
    {
        public override InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result) =>
            InterceptionResult<DbCommand>.SuppressWithResult(new Microsoft.Data.SqlClient.SqlCommand());

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            recorded.Add(command.CommandText);
            return InterceptionResult<DbDataReader>.SuppressWithResult(new DataTable().CreateDataReader());
        }

        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
        {
            recorded.Add(command.CommandText);
            return InterceptionResult<int>.SuppressWithResult(1);
        }

        public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
        {
            recorded.Add(command.CommandText);
            return InterceptionResult<object>.SuppressWithResult(0);
        }
    }
}
