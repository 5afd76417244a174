using System.CommandLine;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;

namespace Evergreen.Cli.Imports;

/// <summary><c>evergreen import …</c></summary>
internal static class ImportCommands
{
    public static Command Create() => new("import", "Take in members, hours, purchases and equity from CSV or XLSX; look at imports, and withdraw one.")
    {
        FileCommand.Create("members", "Members: new ones, and changes to those there are.", books => new ImportMembers(books).Run),
        FileCommand.Create("hours", "Hours worked and wages.", books => new ImportHours(books).Run),
        FileCommand.Create("purchases", "Purchases and returns.", books => new ImportPurchases(books).Run),
        FileCommand.Create("equity", "Opening balances and contributions of capital.", books => new ImportEquity(books).Run),
        ListCommand.Create(), ShowCommand.Create(), UndoCommand.Create(), HeldCommand.Create(), ResolveCommand.Create(),
    };
}
