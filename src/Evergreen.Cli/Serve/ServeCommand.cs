using System.CommandLine;
using Evergreen.Application.Storage;
using Evergreen.Cli.Demo;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web;

namespace Evergreen.Cli.Serve;

/// <summary><c>evergreen serve [--demo] [--urls ADDRESSES]</c></summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { HelpName = "ADDRESSES", Description = "Where the site listens, separated by semicolons.", DefaultValueFactory = _ => "http://localhost:5000" };
        var demo = new Option<bool>("--demo") { Description = "Show the two sample co-ops, loading them first if they are not there, under a banner and with demo accounts." };
        var command = new Command("serve", "Serve the site until it is stopped. In an empty folder it asks, in the browser, what it needs to begin.") { urls, demo };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var address = parse.GetValue(demo) ? LoadCommand.Address(parse) : door.Address();
            if (address.IsRefused) return door.Refuse(address.Refusal!);
            if (door.DryRun) return door.Answer(address, books => Say(parse.GetRequiredValue(urls), books, parse.GetValue(demo)));
            if (parse.GetValue(demo) && Show(address.Value) is { } refusal) return door.Refuse(refusal);
            // Books that nobody names are found by the site itself, which may let the set-up choose others.
            string[] books = parse.GetValue(demo) || parse.GetValue(GlobalOptions.Database) is { Length: > 0 } ? [$"--{DatabaseAddress.Variable}={Whole(address.Value)}"] : [];
            return Site.Run([$"--urls={parse.GetValue(urls)}", .. books, $"--{Site.DemoKey}={parse.GetValue(demo)}"]);
        });
        return command;
    }

    private static Reply Say(string urls, DatabaseAddress books, bool demo) => new(
        new { Urls = urls, Database = books.ToString(), Demo = demo, Schema = SchemaStanding.Of(books).State },
        screen => screen.Line($"The site would be at {urls}, with the {(demo ? "demo" : "books")} in {books}."));

    // Stays in this process; a server's address may hold its password.
    private static string Whole(DatabaseAddress address) => address.Path ?? (address.Kind == DatabaseKind.PostgreSql ? "postgresql:" : "sqlserver:") + address.ConnectionString;

    private static Refusal? Show(DatabaseAddress address)
    {
        var loaded = LoadCommand.Load(address, LoadCommand.StatementsFolder);
        return loaded.IsRefused ? loaded.Refusal : null;
    }
}
