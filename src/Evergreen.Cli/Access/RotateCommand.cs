using System.CommandLine;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;

namespace Evergreen.Cli.Access;

/// <summary><c>evergreen keys rotate</c></summary>
internal static class RotateCommand
{
    public static Command Create()
    {
        var command = new Command("rotate", "Give the OpenID provider new keys. They sign from now on (a running site takes them within a minute); what the old ones signed stays good until it runs out, 30 days at most.");
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, person) => new RotateConnectKeys(books, new SealingKeys(() => KeyFile.Of(books.Address))).Run(person, door.DryRun), key => new Reply(new { Key = key }, screen => screen.Line($"Key {key} signs from now on.")));
        });
        return command;
    }
}
