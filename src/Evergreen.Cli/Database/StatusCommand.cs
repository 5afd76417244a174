using System.CommandLine;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Database;

/// <summary><c>evergreen database status</c></summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Where the books are, and whether their schema is this version's.");
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var address = door.Address();
            return address.IsRefused ? door.Refuse(address.Refusal!) : door.Answer((Outcome<SchemaStanding>)SchemaStanding.Of(address.Value), standing => Say(address.Value, standing));
        });
        return command;
    }

    private static Reply Say(DatabaseAddress address, SchemaStanding standing) => new(
        new { Database = address.ToString(), address.Kind, Schema = standing.State, standing.Applied, standing.Pending, standing.Unknown },
        screen => screen.Facts(("Database", address.ToString()), ("Kind", address.Kind.ToString()), ("Schema", InWords(standing)), ("Applied", string.Join(", ", standing.Applied)), ("Pending", string.Join(", ", standing.Pending))));

    private static string InWords(SchemaStanding standing) => standing.State switch
    {
        "current" => "this version's",
        "newer" => "of a later version of Evergreen: use that version",
        "missing" => "not there yet: evergreen database migrate",
        _ => "of an earlier version: evergreen database migrate",
    };
}
