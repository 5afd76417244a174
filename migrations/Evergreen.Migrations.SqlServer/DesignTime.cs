using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore.Design;

namespace Evergreen.Migrations.SqlServer;

/// <summary>What <c>dotnet ef</c> asks for a context; the database it names is never opened.</summary>
public sealed class DesignTime : IDesignTimeDbContextFactory<EvergreenDb>
{
    public EvergreenDb CreateDbContext(string[] args) => new(DatabaseAddress.SqlServer("Server=localhost;Database=design").Options());
}
