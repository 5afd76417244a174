using System.CommandLine;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Database;

/// <summary><c>evergreen database migrate</c></summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database to this version's schema; make it where it is not there. A SQLite file that holds something is copied first.");
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var address = door.Address();
            if (address.IsRefused) return door.Refuse(address.Refusal!);
            Outcome<Migrated> migrated = door.DryRun ? new Migrated(SchemaStanding.Of(address.Value).Pending, null) : Migrator.Run(address.Value);
            return door.Answer(migrated, done => Say(address.Value, done));
        });
        return command;
    }

    private static Reply Say(DatabaseAddress address, Migrated done) => new(
        new { Database = address.ToString(), done.Applied, done.CopyBefore },
        screen => screen.Line(done.Applied.Count == 0 ? $"{address} is at this version already." : $"{address} is at this version now.")
            .Facts(("Applied", string.Join(", ", done.Applied)), ("Copy from before", done.CopyBefore)));
}
