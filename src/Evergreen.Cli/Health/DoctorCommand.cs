using System.CommandLine;
using Evergreen.Application.Health;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Health;

/// <summary><c>evergreen doctor</c>: something bad ends with exit code 1. It answers where the books cannot be opened too.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "See how the site is: database, disk, keys, mail, ledger, clock and framework, and what helps. Exit code 1 where something is bad.");
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var address = door.Address();
            if (address.IsRefused) return door.Refuse(address.Refusal!);
            var looked = new LookAtHealth(new Books(address.Value, TimeProvider.System)).Run(new(ServingFramework.AspNetCore, JobFiles.Of(address.Value)));
            return door.Answer((Outcome<HealthReport>)looked, Say);
        });
        return command;
    }

    private static Reply Say(HealthReport report) => new(
        new { report.State, Findings = report.Findings.Select(finding => new { finding.Code, finding.Name, finding.State, finding.Measured, finding.ToDo }) },
        screen =>
        {
            var width = report.Findings.Max(finding => finding.Name.Length);
            foreach (var finding in report.Findings)
            {
                screen.Line($"{finding.State.ToString().ToLowerInvariant(),-7}  {finding.Name.PadRight(width)}  {finding.Measured}");
                if (finding.ToDo is { } toDo) screen.Line($"{"",-7}  {"What to do".PadRight(width)}  {toDo}");
            }
            screen.Line().Line(report.Sentence);
        }) { Against = report.Bad == 0 ? null : Refusals.HealthBad(report.Bad) };
}
