using System.CommandLine;

namespace Evergreen.Cli;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public const string PersonVariable = "EVERGREEN_AS";

    public static readonly Option<string?> Database = new("--database") { HelpName = "ADDRESS", Recursive = true, Description = "A SQLite file, postgres://user@host/name, postgresql:Host=… or sqlserver:Server=…; else EVERGREEN_DATABASE, else the server chosen at the set-up, else evergreen.db." };
    public static readonly Option<string?> CoOp = new("--co-op") { HelpName = "CODE", Recursive = true, Description = "Which co-op, where the database holds several." };
    public static readonly Option<string?> Person = new("--as") { HelpName = "PERSON", Recursive = true, Description = "Who acts; else EVERGREEN_AS. Whatever writes needs it." };
    public static readonly Option<bool> Json = new("--json") { Recursive = true, Description = "Answer with one JSON document (errors too, on standard error)." };
    public static readonly Option<bool> DryRun = new("--dry-run") { Recursive = true, Description = "Do everything, then roll it back." };

    public static IEnumerable<Option> All => [Database, CoOp, Person, Json, DryRun];
}
