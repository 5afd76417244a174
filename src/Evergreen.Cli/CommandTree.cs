using System.CommandLine;
using Evergreen.Cli.Access;
using Evergreen.Cli.CoOps;
using Evergreen.Cli.Database;
using Evergreen.Cli.Demo;
using Evergreen.Cli.Dividends;
using Evergreen.Cli.Equity;
using Evergreen.Cli.Health;
using Evergreen.Cli.Members;
using Evergreen.Cli.Periods;
using Evergreen.Cli.Reconciliation;
using Evergreen.Cli.Serve;
using Evergreen.Cli.Statements;

namespace Evergreen.Cli;

/// <summary>Every command, in the order of a year's work.</summary>
internal static class CommandTree
{
    private const string About = """
        Evergreen keeps a co-operative's membership and money: members, hours and purchases in; patronage dividends exact to the cent; statements out.

        Exit codes: 0 done · 1 refused, nothing was changed · 2 the command line could not be read · 3 fault.
        """;

    public static RootCommand Grow()
    {
        var root = new RootCommand(About)
        {
            new Command("co-op", "Found a co-op; list those there are; set the limit on shares.") { CreateCommand.Create(), ListCommand.Create(), ShareLimitCommand.Create() },
            new Command("member", "Record what changes in a membership; show the register as of a day.") { FactCommands.Status(), FactCommands.Class(), FactCommands.Consent(), RegisterCommand.Create(), NominationsCommand.Create() },
            Imports.ImportCommands.Create(),
            new Command("year", "Close the books of a year; count for its return.") { CloseCommand.Create(), ReasonCommand.Create(), AnnualReturnCommand.Create() },
            new Command("dividends", "Adopt a policy; calculate, approve, post and reverse a dividend run.")
            {
                PolicyCommand.Create(), CalculateCommand.Create(), ShowCommand.Create(), ApproveCommand.Create(), PostCommand.Create(), PayCommand.Create(), ReverseCommand.Create(), ExportCommand.Create(),
            },
            new Command("equity", "Pay members' capital back; take it back.") { RedeemCommand.Create(), RedemptionsCommand.Create(), ReverseRedemptionCommand.Create() },
            Payments.PaymentCommands.Create(),
            Imports.ExportCommands.Create(),
            new Command("explain", "Show the working behind a figure, to the last digit.") { ExplainDividendCommand.Create() },
            new Command("statements", "Issue the members' statements.") { IssueCommand.Create() },
            TaxFormCommands.Create(),
            CheckCommand.Create(),
            DoctorCommand.Create(),
            new Command("database", "Bring a database to this version; see where it stands.") { MigrateCommand.Create(), StatusCommand.Create() },
            new Command("keys", "The keys with which the site signs what it gives out.") { RotateCommand.Create() },
            ServeCommand.Create(),
            new Command("demo", "Two sample co-ops with three closed years each.") { LoadCommand.Create() },
        };
        foreach (var option in GlobalOptions.All) root.Add(option);
        return root;
    }
}
