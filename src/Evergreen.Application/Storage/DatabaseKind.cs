namespace Evergreen.Application.Storage;

/// <summary>The databases that Evergreen keeps its books in.</summary>
public enum DatabaseKind
{
    Sqlite = 1,
    PostgreSql = 2,
    SqlServer = 3,
}
