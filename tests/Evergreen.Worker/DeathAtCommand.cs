using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Evergreen.Worker;

/// <summary>Ends the program with SIGKILL at one point of its work: before or after a command that is sent to the database, before or after COMMIT.</summary>
/// <param name="point">1, 2, 3 …; zero for none, so that all are counted.</param>
internal sealed class DeathAtCommand(int point) : DbCommandInterceptor
{
    /// <summary>How many points there were up to now.</summary>
    public int Points { get; private set; }

    public DbTransactionInterceptor OfTransactions => new AtCommit(this);

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Pass(result);
    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result) => Pass(result);
    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) => Pass(result);
    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result) => Pass(result);
    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Pass(result);
    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result) => Pass(result);

    private T Pass<T>(T result)
    {
        if (++Points == point) Process.GetCurrentProcess().Kill();
        return result;
    }

    private sealed class AtCommit(DeathAtCommand death) : DbTransactionInterceptor
    {
        public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) => death.Pass(result);
        public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => death.Pass(0);
    }
}
