using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Data.Common;
using System.Text;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;

namespace Evergreen.Cli;

/// <summary>Reads the command line, runs the command, and turns whatever happens into an exit code.</summary>
internal static class CommandLine
{
    public static int Run(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        Whence.Begin("command line");
        // A member's name may begin with @, so no argument stands for a file of arguments.
        var parse = CommandTree.Grow().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Action is ParseErrorAction) return Usage(parse);
        // What the command above takes by itself is none of this one's.
        if (parse.Action is HelpAction)
            foreach (var argument in parse.CommandResult.Command.Parents.OfType<Command>().SelectMany(above => above.Arguments)) argument.Hidden = true;
        var json = parse.GetValue(GlobalOptions.Json);
        try
        {
            return parse.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (StorageFault fault) when (fault.Code is "schema-missing" or "schema-newer")
        {
            Complaint.Say(fault.Code, fault.Message, json, fault);
            return ExitCode.Refused;
        }
        catch (StorageFault fault)
        {
            Complaint.Say(fault.Code, fault.Message, json, fault);
        }
        catch (OperationCanceledException stopped)
        {
            Complaint.Say("stopped", "Stopped. What was done before stays; run the command again to go on.", json, stopped);
        }
        catch (Exception broken) when (Root(broken) is DbException database)
        {
            Complaint.Say("database-fault", $"The database could not be used: {FirstLine(database)}", json, broken);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            Complaint.Say("file-fault", FirstLine(broken), json, broken);
        }
        catch (Exception broken)
        {
            Complaint.Say("fault", $"Something in Evergreen broke: {FirstLine(broken)} Set {Complaint.TraceVariable}=1 to see where.", json, broken);
        }
        return ExitCode.Fault;
    }

    private static int Usage(ParseResult parse)
    {
        var sentence = string.Join(' ', parse.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal));
        var path = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? result = parse.CommandResult; result is System.CommandLine.Parsing.CommandResult command; result = command.Parent) path.Insert(0, command.Command.Name);
        Complaint.Say("usage", $"{sentence} See: {string.Join(' ', path)} --help", parse.Tokens.Any(token => token.Value == "--json"));
        return ExitCode.Usage;
    }

    private static Exception Root(Exception fault)
    {
        while (fault is not DbException && fault.InnerException is { } inner) fault = inner;
        return fault;
    }

    private static string FirstLine(Exception fault) => fault.Message.Split('\n')[0].TrimEnd();
}
