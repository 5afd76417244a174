using System.CommandLine;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Cli.Dividends;

/// <summary><c>evergreen dividends policy</c>: the form of a policy, the policy in force, or a new one.</summary>
internal static class PolicyCommand
{
    public static Command Create()
    {
        var year = new Argument<int>("YEAR") { Description = "The fiscal year.", Arity = ArgumentArity.ZeroOrOne };
        var file = Ask.MaybeText("--file", "FILE", "Adopt this policy for the year. The same document again changes nothing.");
        var example = new Option<bool>("--example") { Description = "Print a policy with every setting explained." };
        var schema = new Option<bool>("--schema") { Description = "Print the JSON Schema of policies." };
        var command = new Command("policy", "Show the policy in force for a year; adopt one with --file.") { year, file, example, schema };
        command.Validators.Add(given =>
        {
            var wanted = (given.GetResult(year) is { Tokens.Count: > 0 } ? 1 : 0) + (given.GetValue(example) ? 1 : 0) + (given.GetValue(schema) ? 1 : 0);
            if (wanted != 1) given.AddError("Give a year, --example or --schema.");
        });
        command.SetAction(parse =>
        {
            if (parse.GetValue(example)) return Print(PolicyDocument.Example);
            if (parse.GetValue(schema)) return Print(PolicyDocument.Schema);
            var door = new Door(parse);
            var of = parse.GetValue(year);
            if (parse.GetValue(file) is not { } path) return door.Read(books => new PolicyInForce(books).Run(door.CoOp, of), InForce);
            return door.Write((books, by) =>
            {
                var json = Files.ReadText(path);
                return json.IsRefused ? json.Refusal! : new AdoptPolicy(books).Run(new(door.CoOp, of, json.Value, by, door.DryRun));
            }, Adopted);
        });
        return command;
    }

    private static int Print(string document)
    {
        Console.Out.WriteLine(document.TrimEnd());
        return ExitCode.Done;
    }

    private static Reply InForce(PolicyVersion policy) => new(
        new { policy.FiscalYear, policy.Version, policy.Sha256, policy.By, policy.At, Policy = policy.Json },
        screen => screen.Line($"Policy of {policy.FiscalYear}, version {policy.Version}, adopted by {policy.By} on {RunWords.Day(policy.At)}").Line().Line(policy.Json.TrimEnd()));

    private static Reply Adopted(AdoptPolicy.Result result) => new(
        new { result.Year, result.Version, result.Sha256, result.AlreadyThere },
        screen => screen.Line(result.AlreadyThere ? $"Version {result.Version} of {result.Year} is this very document; nothing changed." : $"Adopted as version {result.Version} of {result.Year}."));
}
