using System.Collections;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Tests.Storage;

/// <summary>The databases that are present: SQLite always; PostgreSQL where <c>EVERGREEN_TEST_POSTGRES</c> names a server, and in CI in any case, failing loudly without one;
/// SQL Server where <c>EVERGREEN_TEST_SQLSERVER</c> names one.</summary>
public sealed class TestDatabases : IEnumerable
{
    public IEnumerator GetEnumerator()
    {
        yield return new TestDatabase(DatabaseKind.Sqlite, null);
        var postgres = Environment.GetEnvironmentVariable("EVERGREEN_TEST_POSTGRES");
        if (!string.IsNullOrEmpty(postgres)) yield return new TestDatabase(DatabaseKind.PostgreSql, postgres);
        else if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) yield return new TestDatabase(DatabaseKind.PostgreSql, null);
        var sqlServer = Environment.GetEnvironmentVariable("EVERGREEN_TEST_SQLSERVER");
        if (!string.IsNullOrEmpty(sqlServer)) yield return new TestDatabase(DatabaseKind.SqlServer, sqlServer);
    }
}
