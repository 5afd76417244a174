using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>One commit in ten breaks: half before it takes effect, half after.</summary>
internal sealed class BrokenCommit(Random random) : DbTransactionInterceptor
{
    public int Before { get; private set; }
    public int After { get; private set; }

    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        if (random.Next(20) != 0) return result;
        Before++;
        throw new IOException("The line went dead before COMMIT.");
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        if (random.Next(20) != 0) return;
        After++;
        throw new IOException("The line went dead after COMMIT.");
    }
}
