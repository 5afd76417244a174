using System.Collections;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>The databases that can be copied in an instant and written to past their guards: SQLite and PostgreSQL.</summary>
public sealed class CopyableDatabases : IEnumerable
{
    public IEnumerator GetEnumerator() => new TestDatabases().Cast<TestDatabase>().Where(database => database.Kind != DatabaseKind.SqlServer).GetEnumerator();
}
