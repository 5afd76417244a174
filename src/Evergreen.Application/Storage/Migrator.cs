using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Storage;

public static class Migrator
{
    public static void Run(DatabaseAddress address)
    {
        using var db = new EvergreenDb(address.Options());
        if (db.Database.GetPendingMigrations().Any()) db.Database.Migrate();
    }
}
